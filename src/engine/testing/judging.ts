/** What rules over resources say, as tests compare it. */
import { resourceGraph } from '../ec2/graph';
import type { Resource } from '../ec2/model';
import { NO_GRAMMARS } from '../grammar/grammars';
import { plainScript } from '../hosts/shell-script/host';
import {
  fixesOf,
  type OwnedProgram,
  type ResourceFinding,
  type ResourceFix,
  type ResourceRule,
} from '../rules/resource-rule';
import { DEFAULT_SETTINGS, type NetworkSettings } from '../settings';
import { shell } from '../shell/program';
import type { Range } from '../text/range';
import { labelOf } from './data';

/** Scripts stand where nothing else does. */
const SCRIPTS_AT = 1_000_000;

export interface JudgeOptions {
  /** The user data of resources, by address. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** The user data of resources that stands in other files. */
  readonly elsewhere?: Readonly<Record<string, { readonly uri: string; readonly text: string }>>;
  readonly network?: Partial<NetworkSettings>;
}

function ownedProgram(text: string): OwnedProgram {
  const { program } = shell.understand(plainScript(text), { grammars: NO_GRAMMARS, files: new Map() });
  const shift = ({ start, end }: Range): Range => ({ start: start + SCRIPTS_AT, end: end + SCRIPTS_AT });
  return {
    program,
    toDocument: shift,
    editsInDocument: (rewrite) => rewrite?.edits.map(({ range, newText }) => ({ range: shift(range), newText })),
  };
}

/** A finding with the fixes that it has. */
export type Judged = ResourceFinding & { readonly fixes: readonly ResourceFix[] };

/** The findings of a rule. */
export function findings(
  rule: ResourceRule,
  resources: readonly Resource[],
  { scripts = {}, elsewhere = {}, network = {} }: JudgeOptions = {},
): readonly Judged[] {
  const programs = new Map(Object.entries(scripts).map(([address, text]) => [address, [ownedProgram(text)]]));
  const distant = new Map(
    Object.entries(elsewhere).map(([address, { uri, text }]) => [address, [{ ...ownedProgram(text), uri }]]),
  );
  return rule
    .check({
      graph: resourceGraph(resources),
      settings: { ...DEFAULT_SETTINGS, network: { ...DEFAULT_SETTINGS.network, ...network } },
      programsOf: (address) => programs.get(address) ?? [],
      programsElsewhere: (address) => distant.get(address) ?? [],
    })
    .filter(({ silenced }) => !silenced?.has(rule.meta.id))
    .map((finding) => ({ ...finding, fixes: fixesOf(finding) }));
}

/** Each finding as `RESOURCE at WHAT`, with the severity in front where it is not the rule's own. */
export function judge(rule: ResourceRule, resources: readonly Resource[], options?: JudgeOptions): readonly string[] {
  return findings(rule, resources, options).map(({ severity, resource, range }) => {
    const at = range.start >= SCRIPTS_AT ? 'its script' : labelOf(range);
    return `${severity === undefined || severity === rule.meta.severity ? '' : `${severity}: `}${resource} at ${at}`;
  });
}

/** The messages of the findings. */
export function messages(
  rule: ResourceRule,
  resources: readonly Resource[],
  options?: JudgeOptions,
): readonly string[] {
  return findings(rule, resources, options).map(({ message }) => message);
}

/** What is offered for each finding, with what its first edit writes. */
export function offers(
  rule: ResourceRule,
  resources: readonly Resource[],
  options?: JudgeOptions,
  input?: string,
): readonly string[] {
  return findings(rule, resources, options).flatMap(({ fixes }) =>
    fixes.map((fix) => {
      const written = fix.edits(input)?.map(({ newText }) => newText);
      return `${fix.safety}: ${fix.title} -> ${written?.join(', ') ?? 'nothing'}`;
    }),
  );
}

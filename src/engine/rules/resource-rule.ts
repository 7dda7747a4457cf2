import type { LaunchChain, ResourceGraph } from '../ec2/graph';
import type { FixInput, Severity } from '../finding';
import type { Program, Rewrite } from '../program/program';
import type { Settings } from '../settings';
import type { Range, TextEdit } from '../text/range';
import type { RuleMeta } from './rule';

/** A program with the way from its own coordinates to the document's. */
export interface OwnedProgram {
  readonly program: Program;
  toDocument(range: Range): Range;
  editsInDocument(rewrite: Rewrite | undefined): readonly TextEdit[] | undefined;
}

/** What a rule over resources is given. */
export interface ResourceContext {
  readonly graph: ResourceGraph;
  readonly settings: Settings;
  /** The programs in the user data of a resource. */
  programsOf(address: string): readonly OwnedProgram[];
}

/** The programs in the user data that a launch runs: its own, or that of its template. */
export function programsIn({ settings }: LaunchChain, context: ResourceContext): readonly OwnedProgram[] {
  for (const { address, hasUserData } of settings) {
    const programs = context.programsOf(address);
    if (hasUserData || programs.length > 0) return programs;
  }
  return [];
}

export interface ResourceFix {
  readonly title: string;
  readonly safety: 'safe' | 'suggestion';
  readonly input?: FixInput;
  edits(input?: string): readonly TextEdit[] | undefined;
}

/** A finding in coordinates of the document. */
export interface ResourceFinding {
  readonly range: Range;
  readonly message: string;
  readonly resource: string;
  readonly severity?: Severity;
  readonly related?: readonly { readonly range: Range; readonly message: string }[];
  readonly fixes?: readonly ResourceFix[];
  /** Comments of other scanners that silence it, by rule id. */
  readonly silenced?: ReadonlyMap<string, string>;
}

/** A rule over resources, wherever they come from. A value that is not known gives no finding. */
export interface ResourceRule {
  readonly meta: RuleMeta;
  check(context: ResourceContext): readonly ResourceFinding[];
}

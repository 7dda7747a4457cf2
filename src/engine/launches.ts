/** What a document says of the instances that will be launched by it, so that those which live can be told. */
import { checkPrograms } from './check-programs';
import { mayBeUnknown, possibilities, text, type Datum } from './ec2/datum';
import { launches, type ResourceGraph } from './ec2/graph';
import { hostOf, type DistantProgram, type Examined, type LocatedProgram } from './examine';
import type { Embedded, HostDocument } from './hosts/host';
import type { Surroundings } from './hosts/surroundings';
import { DEFAULT_SETTINGS } from './settings';
import { contains, isHere, type Range } from './text/range';

/** One of the metadata options as it is declared. */
export interface DeclaredOption {
  /** Undefined where it is not known before it is deployed, or differs by a condition. */
  readonly value: string | undefined;
  readonly range: Range;
}

/** An instance, or what instances are launched from. */
export interface DeclaredLaunch {
  readonly kind: 'instance' | 'launch-template' | 'launch-configuration';
  /** Logical id or Terraform address. */
  readonly address: string;
  /** What makes its instances: itself, or the Auto Scaling groups that use it. */
  readonly launchers: readonly string[];
  /** The tag `Name` that its instances get, where it is known. */
  readonly name: string | undefined;
  readonly head: Range;
  /** Where the metadata options as a whole are written, if they are. */
  readonly options: Range | undefined;
  readonly tokens: DeclaredOption | undefined;
  readonly endpoint: DeclaredOption | undefined;
  readonly hopLimit: DeclaredOption | undefined;
}

/** A text that will be user data. */
export interface DeclaredUserData {
  /** The address of the launch that it belongs to; undefined for a document that is user data itself. */
  readonly owner: string | undefined;
  /** The file beside the document that it stands in, where it does. */
  readonly uri: string | undefined;
  /** Where it stands. */
  readonly range: Range;
  /** What is known of it in order; undefined stands for what somebody puts in later. */
  readonly parts: readonly (string | undefined)[];
  /** Its calls of IMDSv1. */
  readonly calls: readonly { readonly range: Range; readonly message: string }[];
}

export interface Declared {
  readonly launches: readonly DeclaredLaunch[];
  readonly userData: readonly DeclaredUserData[];
}

export const NOTHING_DECLARED: Declared = { launches: [], userData: [] };

export function declaredIn(document: HostDocument, surroundings: Surroundings, examined: Examined): Declared {
  const host = hostOf(document);
  if (!host) return NOTHING_DECLARED;
  const { graph } = examined;
  const embedded = host.documents?.(document, surroundings) ?? [];
  const owned = embedded.filter(({ owner }) => owner !== undefined);
  const own = owned.length > 0 || host.resources ? [] : [wholeOf(document, embedded)];
  const calls = [...callsIn(examined.programs), ...callsIn(examined.elsewhere())];
  return {
    // What stands in another file is told of there.
    launches: launches(graph)
      .filter(({ head }) => isHere(head))
      .map((launch) => describe(launch, graph)),
    userData: [...owned, ...own].map(({ document: { text: written, placeholders }, map, owner, elsewhere: uri }) => {
      const range = map.toHost({ start: 0, end: written.length });
      return {
        owner,
        uri,
        range,
        parts: partsOf(written, placeholders ?? new Map()),
        calls: calls.filter((call) => call.uri === uri && contains(range, call.range)),
      };
    }),
  };
}

/** A document that is user data itself, as it is once a template is rendered. */
function wholeOf(document: HostDocument, embedded: readonly Embedded[]): Embedded {
  const rendered = embedded.find(({ document: { text: inner }, map }) => {
    const range = map.toHost({ start: 0, end: inner.length });
    return range.start <= 1 && range.end >= document.text.length;
  });
  return rendered ?? { document, map: { toHost: (range) => range, toHostEdits: (edits) => edits } };
}

function describe(launch: ReturnType<typeof launches>[number], graph: ResourceGraph): DeclaredLaunch {
  const { kind, address, head, metadataOptions } = launch;
  const groups = graph
    .of('auto-scaling-group')
    .filter(({ launchTemplate, launchConfiguration }) =>
      kind === 'launch-template'
        ? graph.target(launchTemplate, 'launch-template')?.address === address
        : graph.target(launchConfiguration, 'launch-configuration')?.address === address,
    );
  return {
    kind,
    address,
    launchers: kind === 'instance' ? [address] : groups.map((group) => group.address),
    name: text(launch.nameTag?.()),
    head,
    options: metadataOptions.range,
    tokens: option(metadataOptions.httpTokens),
    endpoint: option(metadataOptions.httpEndpoint),
    hopLimit: option(metadataOptions.hopLimit),
  };
}

function option(datum: Datum | undefined): DeclaredOption | undefined {
  if (!datum) return undefined;
  const [only, ...others] = possibilities(datum);
  const isOne = others.length === 0 && !mayBeUnknown(datum);
  return { value: isOne ? text(only?.datum) : undefined, range: datum.range };
}

/** The text between its placeholders; what is put in stands between two parts. */
function partsOf(written: string, placeholders: ReadonlyMap<string, unknown>): readonly (string | undefined)[] {
  const parts: (string | undefined)[] = [];
  let known = '';
  for (const character of written) {
    if (!placeholders.has(character)) {
      known += character;
      continue;
    }
    if (known !== '') parts.push(known);
    known = '';
    if (parts.at(-1) !== undefined || parts.length === 0) parts.push(undefined);
  }
  return known === '' ? parts : [...parts, known];
}

interface PlacedCall {
  readonly uri: string | undefined;
  readonly range: Range;
  readonly message: string;
}

function callsIn(programs: readonly (LocatedProgram | DistantProgram)[]): readonly PlacedCall[] {
  return programs.flatMap((located) => {
    const { results } = checkPrograms([located], DEFAULT_SETTINGS);
    const uri = 'uri' in located ? located.uri : undefined;
    return results
      .filter(({ rule }) => rule.meta.id === 'imdsv1-call')
      .flatMap(({ findings, script }) =>
        findings.map(({ range, message }) => ({ uri, range: script.map.toHost(range), message })),
      );
  });
}

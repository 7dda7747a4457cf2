/** What the rules over open ports have in common: a rule of a security group gives one finding, told by the worst that it opens. */
import { parseCidr } from '../ec2/cidr';
import { items, truth } from '../ec2/datum';
import { exposures, type Exposure, type ExposureRule, type OpenSource } from '../ec2/exposure';
import type { ResourceEditor } from '../ec2/model';
import { describePorts, SERVICES } from '../ec2/ports';
import type { FileEdits, FixInput } from '../finding';
import { isHere, isSame, type Range, type TextEdit } from '../text/range';
import { fileName } from './file-name';
import type { ResourceContext, ResourceFinding, ResourceFix } from './resource-rule';

const EXAMPLES = { 4: '203.0.113.0/24', 6: '2001:db8::/48' } as const;

/** Of those that an address comes from, no more are pointed to. */
const MAX_PLACES = 5;

/** Asks for a block of the only family that the rule has a place for, or of either. */
function cidrInput(sources: readonly OpenSource[]): FixInput {
  const families = new Set(sources.map(({ family }) => family));
  const placeholder = EXAMPLES[families.has(4) ? 4 : 6];
  return {
    prompt: 'The address block that may connect, in CIDR notation',
    placeholder,
    problem: (value) => {
      const block = parseCidr(value);
      if (!block || !value.includes('/')) return `That is no address block such as ${EXAMPLES[4]} or ${EXAMPLES[6]}.`;
      if (block.prefix === 0) return 'That is the whole internet.';
      const only = families.has(4) ? 'IPv4' : 'IPv6';
      return families.has(block.family) ? undefined : `The rule is for ${only}: a block such as ${placeholder}.`;
    },
  };
}

interface Narrowed {
  readonly here: readonly TextEdit[];
  readonly elsewhere: readonly FileEdits[];
}

/** The block in place of the sources of its family; those of the other one have no place any more, nor has the second half of the internet. */
function narrowed(edit: ResourceEditor, sources: readonly OpenSource[], block: string): Narrowed | undefined {
  const family = parseCidr(block)?.family;
  const own = sources.filter((source) => source.family === family);
  const [half] = own.filter(({ jointly }) => jointly);
  if (own.length === 0) return undefined;
  const here: TextEdit[] = [];
  const elsewhere: FileEdits[] = [];
  for (const source of sources) {
    const stays = own.includes(source) && (!source.jointly || source === half);
    const edits = stays ? edit.replace(source.datum, block) : edit.drop(source.datum);
    if (edits) {
      here.push(...edits);
      continue;
    }
    const inFile = stays ? edit.replaceElsewhere?.(source.datum, block) : undefined;
    if (!inFile) return undefined;
    elsewhere.push(inFile);
  }
  return { here, elsewhere: byFile(elsewhere) };
}

/** Each file once, and in it each edit once: two sources may come from the same default. */
function byFile(all: readonly FileEdits[]): readonly FileEdits[] {
  return [...new Set(all.map(({ uri }) => uri))].map((uri) => {
    const edits = all.filter((file) => file.uri === uri).flatMap((file) => file.edits);
    return {
      uri,
      edits: edits.filter((edit, index) => edits.findIndex(({ range }) => isSame(range, edit.range)) === index),
    };
  });
}

/** "TCP 22 (SSH)". */
export function describeOpening({ protocol, managementPorts }: Exposure): string {
  const services = managementPorts.map((port) => SERVICES[port] ?? String(port));
  const ports = describePorts(protocol);
  return services.length > 0 ? `${ports} (${services.join(', ')})` : ports;
}

/** "where IsProduction and not UseVpn". */
export function describeConditions(when: readonly string[]): string {
  return when.length > 0 ? ` where ${[...new Set(when)].join(' and ')}` : '';
}

/** True where others may connect by the rule too. */
function hasOthers({ sources, placed: { permission } }: Exposure): boolean {
  const open = sources.map(({ datum }) => datum);
  return permission.sources.some(({ is, datum }) =>
    is === 'self'
      ? truth(datum) === true
      : datum.kind === 'reference' ||
        items(datum).items.some(({ datum: item }) => item !== undefined && !open.includes(item)),
  );
}

function removing({ rule, protocol }: Exposure): { readonly title: string; readonly comment: string } {
  if (rule === 'open-management-port' || rule === 'open-all-ports')
    return {
      title: 'Remove the rule and connect through Session Manager',
      comment: 'Connect through AWS Systems Manager Session Manager: no open port is needed.',
    };
  return {
    title: 'Remove the rule',
    comment: `Let in the security groups that need ${describePorts(protocol)}, not addresses.`,
  };
}

function fixesOf(exposure: Exposure): readonly ResourceFix[] {
  const {
    sources,
    placed: { permission, owner },
  } = exposure;
  const { edit } = owner;
  if (!edit) return [];
  const fixes: ResourceFix[] = [];
  if (sources.length > 0) {
    const input = cidrInput(sources);
    const files = narrowed(edit, sources, input.placeholder)?.elsewhere ?? [];
    const names = files.map(({ uri }) => fileName(uri)).join(' and ');
    fixes.push({
      title: `Let only one address block connect${names === '' ? '' : ` (${names})`}…`,
      safety: 'suggestion',
      input,
      edits: (typed = input.placeholder) => narrowed(edit, sources, typed)?.here,
      elsewhere: (typed = input.placeholder) => narrowed(edit, sources, typed)?.elsewhere,
    });
  }
  if (hasOthers(exposure)) {
    fixes.push({
      title: 'Let only its other sources connect',
      safety: 'suggestion',
      edits: () => all(sources.map(({ datum }) => edit.drop(datum))),
    });
  }
  const { title, comment } = removing(exposure);
  fixes.push({ title, safety: 'suggestion', edits: () => edit.remove(permission.range, comment) });
  return fixes;
}

function all(edits: readonly (readonly TextEdit[] | undefined)[]): readonly TextEdit[] | undefined {
  return edits.every((each) => each !== undefined) ? edits.flat() : undefined;
}

export function exposureFindings(
  rule: ExposureRule,
  { graph, settings }: ResourceContext,
  message: (exposure: Exposure, to: string) => string,
): readonly ResourceFinding[] {
  return exposures(graph, settings.network)
    .filter((exposure) => exposure.rule === rule)
    .map((exposure): ResourceFinding => {
      const { sources, placed, when } = exposure;
      const written = [...new Set(sources.map((source) => source.written))].join(', ');
      const [first] = sources;
      const { head, fromPort, toPort, protocol } = placed.permission;
      const source = first?.datum.range ?? head;
      const isShown = (range: Range): boolean => isHere(range) && !isSame(range, head);
      // A module that is called has the addresses, and is given the port.
      const given = isShown(source)
        ? undefined
        : [fromPort, toPort, protocol].find((datum) => datum && isShown(datum.range));
      return {
        range: given?.range ?? source,
        message: `${message(exposure, written)}${describeConditions(when)}.`,
        resource: placed.group?.address ?? placed.owner.address,
        related: [
          ...(given && !isHere(source) ? [{ range: source, message: `${written} is let in here.` }] : []),
          ...sources.slice(0, MAX_PLACES).flatMap((each) => {
            const origin = each.datum.kind === 'scalar' ? each.datum.origin : undefined;
            return origin ? [{ range: origin.range, message: `${each.written} is ${origin.what}.` }] : [];
          }),
        ],
        fixes: () => fixesOf(exposure),
        silenced: placed.permission.silenced,
      };
    });
}

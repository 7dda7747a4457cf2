/** What ties a declaration in a file to an instance that lives. Pure: it knows texts, tags and names, and asks nobody. */
import type { ShownDeclarations, ShownLaunch, ShownUserData } from '../../server/protocol';

/** What is known of an instance that lives. */
export interface Live {
  /** The tag `Name`. */
  readonly name: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Decoded; undefined where there is none, or where nobody has read it. */
  readonly userData: string | undefined;
}

/** The strongest first. */
export type Tie =
  /** The script is the instance's user data; probably, where somebody put something into it that is not known. */
  | { readonly by: 'user-data'; readonly sure: boolean }
  /** CloudFormation says which resource of which stack it is. The stack may be of another template that has such a resource, too. */
  | { readonly by: 'stack'; readonly stack: string; readonly logicalId: string }
  /** Its name is the one that the declaration gives. */
  | { readonly by: 'name'; readonly name: string };

/** Fewer known characters than these could be in any script. */
const LEAST_KNOWN = 24;

/** Line ends, a byte order mark and blanks at the end are nobody's business. */
function plain(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}

/**
 * Whether a script with unknown parts is a text: `sure` where all of it is known and the same. With unknown parts the known ones must be all of the text, in
 * order, from its beginning to its end. Takes time in proportion to the text.
 */
export function tieOfUserData(parts: readonly (string | null)[], live: string): { readonly sure: boolean } | undefined {
  const text = plain(live).trimEnd();
  const known = parts.map((part) => (part === null ? null : plain(part)));
  const last = known.at(-1);
  if (typeof last === 'string') known[known.length - 1] = last.trimEnd();
  const solid = known.reduce((sum, part) => sum + (part?.replaceAll(/\s/g, '').length ?? 0), 0);
  if (solid === 0) return undefined;
  if (!known.includes(null)) return known.join('') === text ? { sure: true } : undefined;
  if (solid < LEAST_KNOWN) return undefined;
  let at = 0;
  for (const [index, part] of known.entries()) {
    if (part === null) continue;
    if (index === known.length - 1)
      return text.length - part.length >= at && text.endsWith(part) ? { sure: false } : undefined;
    const found = index === 0 ? (text.startsWith(part) ? 0 : -1) : text.indexOf(part, at);
    if (found === -1) return undefined;
    at = found + part.length;
  }
  return { sure: false };
}

/** Names that everybody gives, and that tell nothing. */
const ANYBODYS = /^(?:this|main|default|example|instance|server|test|web|app)$/i;
const TERRAFORM_INSTANCE = /(?:^|\.)aws_(?:instance|spot_instance_request)\.([\w-]+)(?:\[.*\])?$/;

/** What ties an instance to a launch, by what AWS and the owner say of it. */
function tieOfLaunch({ address, launchers, name }: ShownLaunch, live: Live): Tie | undefined {
  const logicalId = live.tags['aws:cloudformation:logical-id'];
  const stack = live.tags['aws:cloudformation:stack-name'];
  if (logicalId !== undefined && stack !== undefined && launchers.includes(logicalId)) {
    return { by: 'stack', stack, logicalId };
  }
  // What CloudFormation made is no other resource.
  if (live.name === undefined || logicalId !== undefined) return undefined;
  if (name !== null) return name === live.name ? { by: 'name', name } : undefined;
  const label = TERRAFORM_INSTANCE.exec(address)?.[1];
  return label !== undefined && !ANYBODYS.test(label) && label === live.name ? { by: 'name', name: label } : undefined;
}

/** Whose user data a text is: that of the launch, or of each instance that `count` and `for_each` make. */
export function belongsTo({ owner }: ShownUserData, { address }: ShownLaunch): boolean {
  return owner !== null && (owner === address || address.startsWith(`${owner}[`));
}

/** How strong a tie is: less is stronger. */
export function rankOf(tie: Tie): number {
  switch (tie.by) {
    case 'user-data':
      return tie.sure ? 0 : 2;
    case 'stack':
      return 1;
    case 'name':
      return 3;
  }
}

/** The strongest tie between an instance and some launches and texts of user data; undefined where there is none. */
export function tieTo({ launches, userData }: ShownDeclarations, live: Live): Tie | undefined {
  const ties: Tie[] = launches.flatMap((launch) => tieOfLaunch(launch, live) ?? []);
  const { userData: text } = live;
  if (text !== undefined) {
    for (const { parts } of userData) {
      const tie = tieOfUserData(parts, text);
      if (tie) ties.push({ by: 'user-data', ...tie });
    }
  }
  return ties.sort((a, b) => rankOf(a) - rankOf(b))[0];
}

/**
 * The tie between an instance and one launch with its own user data: what says that the instance is another one counts. Several launches may run the same
 * script.
 */
export function tieToLaunch(launch: ShownLaunch, own: readonly ShownUserData[], live: Live): Tie | undefined {
  const tie = tieTo({ launches: [launch], userData: own }, live);
  if (tie?.by !== 'user-data' || tieOfLaunch(launch, live)) return tie;
  const isOfStack = live.tags['aws:cloudformation:logical-id'] !== undefined;
  return isOfStack || (launch.name !== null && launch.name !== live.name) ? undefined : tie;
}

/** Ids of resources in texts: `i-0abc...` in a script, `sg-0abc...` in a template. */
import type { RecordKind } from '../../aws';

export interface Mention {
  readonly kind: RecordKind;
  readonly id: string;
  /** Where it begins in the line. */
  readonly start: number;
}

const KINDS: Readonly<Record<string, RecordKind>> = {
  i: 'instance',
  eni: 'network-interface',
  sg: 'security-group',
};

/** EC2 User Guide, "Resource IDs": 8 or 17 hexadecimal digits behind the prefix. */
const ID = /(?<![\w-])(i|eni|sg)-(?:[0-9a-f]{17}|[0-9a-f]{8})(?![\w-])/g;

/** An id is no longer than this. */
const REACH = 24;

/** The id at a place of a line. */
export function mentionAt(line: string, character: number): Mention | undefined {
  const from = Math.max(0, character - REACH);
  for (const match of line.slice(from, character + REACH).matchAll(ID)) {
    const [id, prefix = ''] = match;
    const start = from + match.index;
    const kind = KINDS[prefix];
    if (kind !== undefined && start <= character && character <= start + id.length) return { kind, id, start };
  }
  return undefined;
}

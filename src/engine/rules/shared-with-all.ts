/** Snapshots and images that are shared with everybody. */
import { items, text, type Datum } from '../ec2/datum';
import type { ResourceRule } from './resource-rule';
import { rulePage } from './rule';

/** The datum that shares with everybody: the group `all` (EBS User Guide, "Share a snapshot"; EC2 User Guide, "Make your AMI public"). */
function sharedWithAll(sharedWith: Datum | undefined): Datum | undefined {
  return items(sharedWith).items.find(({ datum }) => text(datum)?.toLowerCase() === 'all')?.datum;
}

/** The rule that none of a kind is shared with everybody. */
export function notSharedWithAll(kind: 'snapshot' | 'image'): ResourceRule {
  const id = `${kind}-public`;
  return {
    meta: {
      id,
      title: `Public ${kind}`,
      description: `${kind === 'image' ? 'An' : 'A'} ${kind} that every AWS account may use. Whatever lies on its volumes, keys and passwords among it, can be read by anybody.`,
      severity: 'warning',
      fix: 'suggestion',
      url: rulePage(id),
    },
    check: ({ graph }) =>
      graph.of(kind).flatMap(({ sharedWith, address, silenced, edit }) => {
        const all = sharedWithAll(sharedWith);
        if (!all) return [];
        return [
          {
            range: all.range,
            message: `Every AWS account may use this ${kind}, and read what lies on it.`,
            resource: address,
            silenced,
            fixes: edit
              ? [
                  {
                    title: 'Stop sharing it with everybody',
                    safety: 'suggestion' as const,
                    edits: () => edit.remove(all.range, 'Share it with the accounts that need it.') ?? edit.drop(all),
                  },
                ]
              : [],
          },
        ];
      }),
  };
}

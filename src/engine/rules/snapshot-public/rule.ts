import type { ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';
import { sharedWithAll } from '../shared-with-all';

export const snapshotPublic: ResourceRule = {
  meta: {
    id: 'snapshot-public',
    title: 'Public snapshot',
    description:
      'A snapshot that every AWS account may use. Whatever lies on its volumes, keys and passwords among it, can be read by anybody.',
    severity: 'warning',
    fix: 'suggestion',
    url: rulePage('snapshot-public'),
  },
  check: ({ graph }) =>
    graph.of('snapshot').flatMap((resource) => {
      const all = sharedWithAll(resource.sharedWith);
      if (!all) return [];
      return [
        {
          range: all.range,
          message: 'Every AWS account may use this snapshot, and read what lies on it.',
          resource: resource.address,
          silenced: resource.silenced,
          fixes: resource.edit
            ? [
                {
                  title: 'Stop sharing it with everybody',
                  safety: 'suggestion' as const,
                  edits: () => resource.edit?.remove(all.range, 'Share it with the accounts that need it.'),
                },
              ]
            : [],
        },
      ];
    }),
};

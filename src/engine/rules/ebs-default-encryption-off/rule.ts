import { possibilities, truth } from '../../ec2/datum';
import type { ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';

export const ebsDefaultEncryptionOff: ResourceRule = {
  meta: {
    id: 'ebs-default-encryption-off',
    title: 'Encryption by default is turned off',
    description:
      "The account's setting that encrypts every new EBS volume and snapshot copy in a region is turned off. It costs nothing and needs no change elsewhere.",
    severity: 'warning',
    fix: 'suggestion',
    url: rulePage('ebs-default-encryption-off'),
  },
  check: ({ graph }) =>
    graph.of('account-defaults').flatMap((defaults) => {
      const off = possibilities(defaults.ebsEncryption).find(({ datum }) => truth(datum) === false);
      if (!off?.datum) return [];
      const { datum } = off;
      return [
        {
          range: datum.range,
          message: 'New EBS volumes of this account are not encrypted by default.',
          resource: defaults.address,
          silenced: defaults.silenced,
          fixes: defaults.edit
            ? [
                {
                  title: 'Turn encryption by default on',
                  safety: 'suggestion' as const,
                  edits: () => defaults.edit?.replace(datum, true),
                },
              ]
            : [],
        },
      ];
    }),
};

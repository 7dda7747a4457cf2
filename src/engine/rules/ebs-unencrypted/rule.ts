import { mayBeUnknown, possibilities, truth, type Datum } from '../../ec2/datum';
import { launches, type ResourceGraph } from '../../ec2/graph';
import type { BlockDevice, ResourceEditor, Volume } from '../../ec2/model';
import { describeConditions } from '../exposure-findings';
import {
  setOrReplace,
  type ResourceContext,
  type ResourceFinding,
  type ResourceFix,
  type ResourceRule,
} from '../resource-rule';
import { rulePage } from '../rule';
import type { Range } from '../../text/range';

interface Storage {
  readonly encrypted: Datum | undefined;
  readonly snapshot: Datum | undefined;
  readonly kmsKey: Datum | undefined;
  readonly head: Range;
  readonly isRoot?: boolean;
}

/** True where the account encrypts every new volume, whatever is written (EBS User Guide, "Encryption by default"). */
function encryptedByDefault(graph: ResourceGraph): boolean {
  return graph
    .of('account-defaults')
    .some(({ ebsEncryption }) => possibilities(ebsEncryption).some(({ datum }) => truth(datum) === true));
}

/** True where nobody can tell what the account does about volumes that say nothing. */
function defaultIsUnknown(graph: ResourceGraph): boolean {
  return graph.of('account-defaults').some(({ ebsEncryption }) => mayBeUnknown(ebsEncryption));
}

function judge({
  encrypted,
  snapshot,
  kmsKey,
  head,
  isRoot = false,
}: Storage): (Pick<ResourceFinding, 'range' | 'message' | 'severity'> & { readonly off?: Datum }) | undefined {
  const off = possibilities(encrypted).find(({ datum }) => truth(datum) === false);
  if (off?.datum) {
    const message = `This volume is not encrypted${describeConditions(off.when)}.`;
    return { range: off.datum.range, message, off: off.datum };
  }
  // A volume of a snapshot is encrypted as that is; a key makes no sense without encryption, so what was meant is clear enough.
  if (encrypted !== undefined || snapshot !== undefined || kmsKey !== undefined) return undefined;
  return {
    range: head,
    severity: 'information',
    message: `Nothing here encrypts this volume: it is not encrypted unless ${isRoot ? 'its image is, or ' : ''}the account encrypts every volume by default.`,
  };
}

function volumeFinding(volume: Volume): ResourceFinding | undefined {
  const judged = judge(volume);
  if (!judged) return undefined;
  const { off, ...found } = judged;
  return {
    ...found,
    resource: volume.address,
    silenced: volume.silenced,
    fixes: volume.edit ? [encrypt(volume.edit, ['encrypted'], off)] : [],
  };
}

function encrypt(edit: ResourceEditor, path: readonly string[], off: Datum | undefined): ResourceFix {
  return {
    title: 'Encrypt the volume',
    safety: 'suggestion',
    edits: () => setOrReplace(edit, path, true, off),
  };
}

function deviceFindings({ graph }: ResourceContext): readonly ResourceFinding[] {
  const owners = [...launches(graph), ...graph.of('image')];
  return owners.flatMap((owner) =>
    owner.blockDevices
      .filter(({ isEphemeral }) => !isEphemeral)
      .flatMap((device: BlockDevice): ResourceFinding[] => {
        const judged = judge(device);
        if (!judged) return [];
        const { off, ...found } = judged;
        const fixes = owner.edit ? [encrypt(owner.edit, [...device.path, 'encrypted'], off)] : [];
        return [{ ...found, resource: owner.address, silenced: owner.silenced, fixes }];
      }),
  );
}

export const ebsUnencrypted: ResourceRule = {
  meta: {
    id: 'ebs-unencrypted',
    title: 'Volume without encryption',
    description:
      'An EBS volume, or one in a block device mapping, that is not encrypted. Whoever gets hold of its snapshot, by sharing or by a stolen credential, reads all of it.',
    severity: 'warning',
    fix: 'suggestion',
    url: rulePage('ebs-unencrypted'),
  },
  check: (context) =>
    encryptedByDefault(context.graph)
      ? []
      : [
          ...context.graph.of('volume').flatMap((volume) => volumeFinding(volume) ?? []),
          ...deviceFindings(context),
        ].filter(({ severity }) => severity === undefined || !defaultIsUnknown(context.graph)),
};

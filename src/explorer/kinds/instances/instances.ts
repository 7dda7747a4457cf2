import type { InstanceRecord } from '../../../aws';
import { abilitiesOf } from '../../enforce/groups/abilities';
import { l10n } from '../../l10n';
import type { Icon } from '../../model/node';
import type { Kind, RecordView } from '../kind';
import { ageInWords, arnName, present } from '../words';
import { instanceChildren } from './children';
import { postureInWords, postureOf } from './metadata';

export const INSTANCES: Kind<InstanceRecord> = {
  id: 'instance',
  title: () => l10n.t('Instances'),
  none: (region) => l10n.t('No instances in {0}', region),
  icon: 'vm',
  usedBy: [],
  view: (record, inventory): RecordView => {
    const { session } = inventory;
    const posture = postureOf(record);
    const { metadata } = record;
    // Most telling first: a sidebar is narrow.
    const details = present([
      ...(isGone(record) ? [] : [postureInWords(posture)]),
      metadata.state === 'pending' && !isGone(record) ? l10n.t('metadata options are changing') : undefined,
      stateInWords(record.state),
      present([record.type, record.architecture]).join(' '),
      record.publicAddress,
      record.privateAddress,
      record.name === undefined ? undefined : record.id,
    ]);
    return {
      label: record.name ?? record.id,
      details,
      icon: iconOf(record.state),
      abilities: [
        record.state,
        `imds-${posture}`,
        'user-data',
        ...abilitiesOf(record, inventory),
        ...(record.privateAddress === undefined && record.publicAddress === undefined ? [] : ['address']),
        ...(record.platform?.toLowerCase().startsWith('windows') === true || !isReachable(record) ? [] : ['ssh']),
      ],
      facts: [
        [l10n.t('State'), present([stateInWords(record.state), record.stateReason]).join(': ')],
        [l10n.t('Type'), present([record.type, record.architecture, record.platform, record.lifecycle]).join(', ')],
        [l10n.t('Metadata'), postureInWords(posture)],
        [l10n.t('Hop limit'), metadata.hopLimit?.toString()],
        [l10n.t('Private address'), record.privateAddress],
        [l10n.t('Public address'), record.publicAddress],
        [l10n.t('IPv6'), record.ipv6Addresses.join(', ')],
        [l10n.t('Role'), record.instanceProfileArn === undefined ? l10n.t('none') : arnName(record.instanceProfileArn)],
        [l10n.t('Key pair'), record.keyName ?? l10n.t('none')],
        [l10n.t('Launched'), present([record.launchTime, ageInWords(record.launchTime, Date.now())]).join(', ')],
        [l10n.t('Image'), record.image],
        [l10n.t('VPC'), present([record.vpc, record.subnet, record.availabilityZone]).join(', ')],
        [l10n.t('Auto Scaling group'), record.autoScalingGroup],
        [l10n.t('Account'), `${session.account}, ${session.region}`],
      ],
    };
  },
  words: (record) => [
    record.state,
    record.type,
    record.architecture,
    record.privateAddress,
    record.publicAddress,
    record.publicName,
    ...record.ipv6Addresses,
    record.keyName,
    record.image,
    record.vpc,
    record.subnet,
    record.autoScalingGroup,
    postureInWords(postureOf(record)),
    ...record.securityGroups.flatMap(({ id, name }) => [id, name]),
    ...record.networkInterfaces,
    ...record.volumes.map(({ id }) => id),
    record.instanceProfileArn === undefined ? undefined : arnName(record.instanceProfileArn),
  ],
  children: instanceChildren,
};

/** Its metadata can be read by nobody any more. */
function isGone({ state }: InstanceRecord): boolean {
  return state === 'terminated' || state === 'shutting-down';
}

function isReachable({ publicAddress, privateAddress, state }: InstanceRecord): boolean {
  return state === 'running' && (publicAddress ?? privateAddress) !== undefined;
}

/** AWS's own words. */
function stateInWords(state: string): string {
  switch (state) {
    case 'pending':
      return l10n.t('pending');
    case 'running':
      return l10n.t('running');
    case 'stopping':
      return l10n.t('stopping');
    case 'stopped':
      return l10n.t('stopped');
    case 'shutting-down':
      return l10n.t('shutting down');
    case 'terminated':
      return l10n.t('terminated');
    default:
      return state;
  }
}

function iconOf(state: string): Icon {
  switch (state) {
    case 'running':
      return { id: 'vm-running', color: 'testing.iconPassed' };
    case 'pending':
    case 'stopping':
    case 'shutting-down':
      return { id: 'sync', color: 'charts.yellow' };
    case 'terminated':
      return { id: 'circle-slash', color: 'disabledForeground' };
    default:
      return { id: 'vm-outline', color: 'disabledForeground' };
  }
}

/** Where the AWS console shows something, in every partition. */
import type { Session } from '../identity/session';
import type { RecordKind } from './records';

/** Domains of the console by partition (AWS General Reference and the guides of the partitions). */
const DOMAINS: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
};

const LISTS: Readonly<Record<RecordKind, string>> = {
  instance: 'Instances',
  'network-interface': 'NIC',
  'security-group': 'SecurityGroups',
  'key-pair': 'KeyPairs',
  volume: 'Volumes',
};

const DETAILS: Readonly<Record<RecordKind, string>> = {
  instance: 'InstanceDetails:instanceId=',
  'network-interface': 'NetworkInterface:networkInterfaceId=',
  'security-group': 'SecurityGroup:groupId=',
  'key-pair': 'KeyPairs:keyPairId=',
  volume: 'VolumeDetails:volumeId=',
};

/** How a profile gets into its account in the browser. */
export interface Portal {
  readonly startUrl: string;
  readonly account: string;
  readonly role: string;
}

/** A portal's start page, of https and nothing else: what is opened must not be chosen freely by a file. */
function portalPage(startUrl: string): string | undefined {
  try {
    const url = new URL(startUrl);
    return url.protocol === 'https:' ? `${url.origin}${url.pathname.replace(/\/$/, '')}` : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The page of a resource, or the list of a kind. With a portal the link first opens that account (IAM Identity Center User Guide, "Create shortcut links to AWS
 * Management Console destinations"); without one the browser shows the account that it is logged in to.
 */
export function consoleLink(
  { region, partition }: Pick<Session, 'region' | 'partition'>,
  kind: RecordKind,
  id: string | undefined,
  portal: Portal | undefined,
): string {
  const domain = DOMAINS[partition] ?? DOMAINS['aws'] ?? '';
  const place = id === undefined ? `${LISTS[kind]}:` : `${DETAILS[kind]}${encodeURIComponent(id)}`;
  const query = new URLSearchParams({ region });
  const destination = `https://${encodeURIComponent(region)}.${domain}/ec2/home?${query.toString()}#${place}`;
  const page = portal && portal.startUrl !== '' ? portalPage(portal.startUrl) : undefined;
  if (!portal || page === undefined) return destination;
  const parameters = new URLSearchParams({ account_id: portal.account, role_name: portal.role, destination });
  return `${page}/#/console?${parameters.toString()}`;
}

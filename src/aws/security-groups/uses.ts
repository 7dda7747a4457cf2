/** What has a security group, and what names it: read anew, by filters, without a list of everything. */
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { ListOptions } from '../aws';
import { partOf, type Part } from '../clients/part';
import type { Session } from '../identity/session';
import { KINDS, type Listing } from '../inventory/lists';
import type { NetworkInterfaceRecord, SecurityGroupRecord } from '../inventory/records';
import { plainName } from '../inventory/plain-name';
import { latestAndDefaultVersions } from '../sources/read';

/** A version of a launch template that names a group. */
export interface TemplateUse {
  readonly id: string;
  readonly name: string;
  /** A number. */
  readonly version: string;
}

export interface GroupUses {
  readonly networkInterfaces: Part<readonly NetworkInterfaceRecord[]>;
  /** Groups with a rule that names it as its source or target, itself apart. */
  readonly groups: Part<readonly SecurityGroupRecord[]>;
  /** Of each launch template the default and the latest version. AWS deletes a group all the same. */
  readonly templates: Part<readonly TemplateUse[]>;
}

async function all<T>(
  listing: Listing<T>,
  client: Pick<EC2Client, 'send'>,
  session: Session,
  options: ListOptions,
): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const { items } of listing.list(client, session, options)) found.push(...items);
  return found;
}

/** EC2 API Reference, DescribeSecurityGroups: filters by the groups that rules name, one for each direction. */
const NAMED_BY = ['ip-permission.group-id', 'egress.ip-permission.group-id'] as const;

async function groupsNaming(
  client: Pick<EC2Client, 'send'>,
  session: Session,
  group: string,
  options: ListOptions,
): Promise<readonly SecurityGroupRecord[]> {
  const found = await Promise.all(
    NAMED_BY.map((name) =>
      all(KINDS['security-group'], client, session, { ...options, filters: [{ name, values: [group] }] }),
    ),
  );
  const byId = new Map(found.flat().map((each) => [each.id, each]));
  byId.delete(group);
  return [...byId.values()].sort((a, b) => a.name.localeCompare(b.name));
}

async function templatesNaming(
  client: Pick<EC2Client, 'send'>,
  group: string,
  signal: AbortSignal | undefined,
): Promise<readonly TemplateUse[]> {
  const versions = await latestAndDefaultVersions(client, signal);
  const found = versions.flatMap(
    ({ LaunchTemplateId: id = '', LaunchTemplateName: name = id, VersionNumber, LaunchTemplateData }) => {
      const interfaces = LaunchTemplateData?.NetworkInterfaces ?? [];
      const named = [
        ...(LaunchTemplateData?.SecurityGroupIds ?? []),
        ...interfaces.flatMap(({ Groups = [] }) => Groups),
      ];
      return named.includes(group) ? [{ id, name: plainName(name), version: String(VersionNumber) }] : [];
    },
  );
  // Where the default is the latest it may come twice.
  return [...new Map(found.map((each) => [`${each.id} ${each.version}`, each])).values()];
}

/**
 * Four lists at once, each of which may fail by itself.
 * @throws AwsFailure of kind `cancelled`
 */
export async function usesOf(
  client: Pick<EC2Client, 'send'>,
  session: Session,
  group: string,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<GroupUses> {
  const options = signal ? { signal } : {};
  const filters = [{ name: 'group-id', values: [group] }];
  const [networkInterfaces, groups, templates] = await Promise.all([
    partOf(session, 'ec2:DescribeNetworkInterfaces', () =>
      all(KINDS['network-interface'], client, session, { ...options, filters }),
    ),
    partOf(session, 'ec2:DescribeSecurityGroups', () => groupsNaming(client, session, group, options)),
    partOf(session, 'ec2:DescribeLaunchTemplateVersions', () => templatesNaming(client, group, signal)),
  ]);
  return { networkInterfaces, groups, templates };
}

/** What keeps AWS from deleting a group: network interfaces, and rules of its own VPC (EC2 API Reference, DeleteSecurityGroup). What could not be read keeps nothing. */
export function blockersOf(
  { networkInterfaces, groups }: Pick<GroupUses, 'networkInterfaces' | 'groups'>,
  vpc: string | undefined,
): { readonly networkInterfaces: readonly NetworkInterfaceRecord[]; readonly groups: readonly SecurityGroupRecord[] } {
  return {
    networkInterfaces: networkInterfaces.is === 'read' ? networkInterfaces.value : [],
    groups: groups.is === 'read' ? groups.value.filter((each) => each.vpc === vpc) : [],
  };
}

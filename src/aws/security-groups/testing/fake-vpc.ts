/** A VPC of the tests' own, as far as security groups and network interfaces go: as EC2 documents them, with the faults that happen on the way. */
import {
  type DeleteSecurityGroupCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  ModifyNetworkInterfaceAttributeCommand,
  type EC2Client,
  type Filter,
  type SecurityGroup,
} from '@aws-sdk/client-ec2';
import type { ChangeLog } from '../../change-log/change-log';
import { toSecurityGroup } from '../../inventory/to-records';
import type { GroupTools } from '../set-groups';

export const SESSION = {
  profile: 'work',
  region: 'eu-west-1',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/me',
  partition: 'aws',
};

/** What happens to the next request that changes something. */
export type Fault = 'none' | 'refused' | 'lost before' | 'lost after' | 'silent' | 'done at the first try';

interface Interface {
  groups: string[];
  instance?: string | undefined;
  owner?: string;
  isManaged?: boolean;
}

const named = (name: string, message = name): Error => Object.assign(new Error(message), { name });
const valuesOf = (filters: readonly Filter[] | undefined, name: string): readonly string[] | undefined =>
  filters?.find(({ Name }) => Name === name)?.Values;

/** Groups by their names, `@other` lets another one in; interfaces by their ids. */
export function fakeVpc() {
  const log: string[] = [];
  const vpc = {
    groups: new Map<string, SecurityGroup>(),
    interfaces: new Map<string, Interface>(),
    templates: [] as { id: string; version: number; groups: string[] }[],
    fault: 'none' as Fault,
    isSilent: false,
    /** Actions that may not be used. */
    denied: new Set<string>(),
    /** What AWS answers to the next change instead. */
    answer: undefined as Error | undefined,
    /** Called just before the guard is asked for the n-th time. */
    onGuard: (_times: number): void => undefined,
    /** Commands that changed something or tried to, dry runs apart, with what was in the log then. */
    sent: [] as { readonly input: object; readonly logged: string }[],
    log,
    addGroup: (name: string, sources: readonly string[] = [], more: Partial<SecurityGroup> = {}) => {
      vpc.groups.set(`sg-${name}`, {
        ...{ GroupId: `sg-${name}`, GroupName: name, VpcId: 'vpc-1', OwnerId: SESSION.account },
        IpPermissions: sources.map((source) => ({
          ...{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22 },
          ...(source.startsWith('@')
            ? { UserIdGroupPairs: [{ GroupId: `sg-${source.slice(1)}` }] }
            : { IpRanges: [{ CidrIp: source }] }),
        })),
        ...more,
      });
    },
    group: (name: string) => toSecurityGroup(vpc.groups.get(`sg-${name}`) ?? {}, SESSION),
    groupsOf: (id: string) => vpc.interfaces.get(id)?.groups.join(' '),
  };

  const users = (group: string) => [...vpc.interfaces].filter(([, { groups }]) => groups.includes(group));
  const naming = (group: string) =>
    [...vpc.groups.values()].filter(({ IpPermissions = [] }) =>
      IpPermissions.some(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.some(({ GroupId }) => GroupId === group)),
    );

  function change(command: ModifyNetworkInterfaceAttributeCommand | DeleteSecurityGroupCommand): unknown {
    const { input } = command;
    if (vpc.fault === 'refused') throw named('UnauthorizedOperation');
    if (input.DryRun === true) throw named('DryRunOperation');
    vpc.sent.push({ input, logged: log.at(-1) ?? '' });
    const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    if (vpc.fault === 'lost before') throw lost;
    if (vpc.answer) throw vpc.answer;
    if (command instanceof ModifyNetworkInterfaceAttributeCommand) {
      const found = vpc.interfaces.get(command.input.NetworkInterfaceId ?? '');
      if (!found) throw named('InvalidNetworkInterfaceID.NotFound', 'It does not exist');
      const groups = command.input.Groups ?? [];
      const gone = groups.find((id) => !vpc.groups.has(id));
      if (gone !== undefined) throw named('InvalidGroup.NotFound', `The security group '${gone}' does not exist`);
      found.groups = groups;
    } else {
      const id = command.input.GroupId ?? '';
      // In its own VPC: one in another VPC leads nowhere then.
      const { VpcId: vpcId } = vpc.groups.get(id) ?? {};
      const isNamed = naming(id).some(({ GroupId, VpcId }) => GroupId !== id && VpcId === vpcId);
      if (users(id).length > 0 || isNamed) throw named('DependencyViolation', `resource ${id} has a dependent object`);
      if (!vpc.groups.delete(id)) throw named('InvalidGroup.NotFound', `The security group '${id}' does not exist`);
    }
    if (vpc.fault === 'silent') vpc.isSilent = true;
    if (vpc.fault === 'lost after' || vpc.fault === 'silent') throw lost;
    // The answer to the first try was lost, and to the second AWS said that there is no such group.
    if (vpc.fault === 'done at the first try')
      throw Object.assign(named('InvalidGroup.NotFound', 'gone'), { $metadata: { attempts: 2 } });
    return {};
  }

  function answer(command: unknown): unknown {
    if (vpc.isSilent) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    const action = (command as object).constructor.name.replace(/Command$/, '');
    if (vpc.denied.has(action)) throw named('UnauthorizedOperation');
    if (command instanceof DescribeNetworkInterfacesCommand) {
      const ids = valuesOf(command.input.Filters, 'network-interface-id');
      const groups = valuesOf(command.input.Filters, 'group-id');
      const instances = valuesOf(command.input.Filters, 'attachment.instance-id');
      const chosen = [...vpc.interfaces].filter(
        ([id, each]) =>
          ids?.includes(id) !== false &&
          (groups?.some((group) => each.groups.includes(group)) ?? true) &&
          instances?.includes(each.instance ?? '') !== false,
      );
      return {
        NetworkInterfaces: chosen.map(
          ([id, { groups: own, instance, owner = SESSION.account, isManaged = false }]) => ({
            ...{ NetworkInterfaceId: id, OwnerId: owner, RequesterManaged: isManaged },
            Groups: own.map((GroupId) => ({ GroupId, GroupName: vpc.groups.get(GroupId)?.GroupName })),
            ...(instance === undefined ? {} : { Attachment: { InstanceId: instance } }),
          }),
        ),
      };
    }
    if (command instanceof DescribeSecurityGroupsCommand) {
      const { Filters } = command.input;
      const [by] = valuesOf(Filters, 'ip-permission.group-id') ?? [];
      if (by !== undefined) return { SecurityGroups: naming(by) };
      const ids = valuesOf(Filters, 'group-id') ?? [];
      return { SecurityGroups: ids.flatMap((id) => vpc.groups.get(id) ?? []) };
    }
    if (command instanceof DescribeLaunchTemplateVersionsCommand) {
      return {
        LaunchTemplateVersions: vpc.templates.map(({ id, version, groups }) => ({
          ...{ LaunchTemplateId: id, LaunchTemplateName: id, VersionNumber: version },
          LaunchTemplateData: { NetworkInterfaces: [{ Groups: groups }] },
        })),
      };
    }
    return change(command as DeleteSecurityGroupCommand);
  }

  const changeLog: ChangeLog = {
    append: (line) => {
      log.push(line);
      return Promise.resolve();
    },
    read: () => Promise.resolve(log.join('')),
  };
  let guarded = 0;
  const tools: GroupTools = {
    session: SESSION,
    client: { send: ((command: unknown) => Promise.resolve().then(() => answer(command))) as EC2Client['send'] },
    log: changeLog,
    now: () => new Date('2026-11-22T12:00:00Z'),
    wait: () => Promise.resolve(),
    guard: () => Promise.resolve().then(() => vpc.onGuard((guarded += 1))),
  };
  return { vpc, tools };
}

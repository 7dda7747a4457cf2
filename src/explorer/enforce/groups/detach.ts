/**
 * Detaches a security group from one network interface: which one is chosen, then asked for. One session goes through all of it, the one of the node that was clicked;
 * and the interface must have the groups still that the question showed.
 */
import type { InstanceRecord, InterfaceResult, NetworkInterfaceRecord, ResourceRecord, Session } from '../../../aws';
import { l10n } from '../../l10n';
import { isRefused } from '../enforce';
import { readInstance } from '../evidence';
import { attachmentsOf, choicesOf, type Attachment } from './attachments';
import { detachQuestion, readSurroundings } from './detach-question';
import { collect, type GroupTools } from './tools';
import { groupInWords, groupsInWords, holderInWords, interfaceInWords, listInWords } from './words';

/** The filter by which the interfaces of a resource are found; undefined for what has none. */
function filterOf({
  kind,
  id,
}: ResourceRecord): { readonly name: string; readonly values: readonly string[] } | undefined {
  switch (kind) {
    case 'instance':
      return { name: 'attachment.instance-id', values: [id] };
    case 'network-interface':
      return { name: 'network-interface-id', values: [id] };
    case 'security-group':
      return { name: 'group-id', values: [id] };
    default:
      return undefined;
  }
}

/** A filter takes so many values (EC2 API Reference, "Filter"). */
const MOST_VALUES = 200;

/** The instances that interfaces are attached to, by their ids; those beyond what one request takes are known by their ids alone. */
async function instancesOf(
  { aws }: GroupTools,
  session: Session,
  interfaces: readonly NetworkInterfaceRecord[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, InstanceRecord>> {
  const ids = [...new Set(interfaces.flatMap(({ instance }) => instance ?? []))];
  if (ids.length === 0) return new Map();
  const filters = [{ name: 'instance-id', values: ids.slice(0, MOST_VALUES) }];
  const found = await collect(aws.instances(session, { filters, signal }));
  return new Map(found.map((each) => [each.id, each]));
}

/** @returns what became of it; undefined where nothing was changed @throws AwsFailure, with the words to tell */
export async function detachSecurityGroup(
  tools: GroupTools,
  session: Session,
  from: ResourceRecord,
): Promise<InterfaceResult | undefined> {
  const { aws, ui } = tools;
  const filter = filterOf(from);
  if (filter === undefined || isRefused(tools, session)) return undefined;
  const { interfaces, instances } = await ui.progress(
    l10n.t('Looking at the network interfaces of {0}', from.id),
    async (_report, signal) => {
      const found = await collect(aws.networkInterfaces(session, { filters: [filter], signal }));
      return { interfaces: found, instances: await instancesOf(tools, session, found, signal) };
    },
  );
  const attachments = attachmentsOf(session, interfaces, from.kind === 'security-group' ? from.id : undefined);
  const chosen = await choose(tools, session, from, attachments, instances);
  return chosen && confirmAndDetach(tools, session, chosen, instances, interfaces);
}

/** The only one that can be detached, or one of a list; undefined where there is none, which is told, or where the list was closed. */
async function choose(
  { ui, findingsOf }: GroupTools,
  session: Session,
  from: ResourceRecord,
  attachments: readonly Attachment[],
  instances: ReadonlyMap<string, InstanceRecord>,
): Promise<Attachment | undefined> {
  const [first, ...more] = attachments;
  if (first === undefined) {
    ui.refuse(l10n.t('{0} is on no network interface.', from.id));
    return undefined;
  }
  if (attachments.every(({ why }) => why !== undefined)) {
    ui.refuse(listInWords([...new Set(attachments.flatMap(({ why }) => why ?? []))]));
    return undefined;
  }
  if (more.length === 0) return first;
  const choices = choicesOf(attachments, instances, (group) => findingsOf(session, group));
  const chosen = await ui.pick(
    l10n.t('Detach a security group'),
    l10n.t('Choose which group goes from which network interface'),
    choices,
  );
  if (chosen?.attachment.why === undefined) return chosen?.attachment;
  ui.refuse(chosen.attachment.why);
  return undefined;
}

async function confirmAndDetach(
  tools: GroupTools,
  session: Session,
  { networkInterface, group }: Attachment,
  instances: ReadonlyMap<string, InstanceRecord>,
  others: readonly NetworkInterfaceRecord[],
): Promise<InterfaceResult | undefined> {
  const { aws, ui } = tools;
  const { id, securityGroups } = networkInterface;
  const groups = securityGroups.filter((each) => each.id !== group.id);
  const instance = instances.get(networkInterface.instance ?? '');
  const title = l10n.t('Looking at the groups of {0}', holderInWords(networkInterface, instances));
  const [surroundings, alias] = await ui.progress(title, (_report, signal) =>
    Promise.all([
      readSurroundings(tools, session, networkInterface, group, signal),
      aws.accountAlias(session, { signal }).catch(() => undefined),
      aws.checkInterfaceGroups(session, { networkInterface: id, groups }),
    ]),
  );
  const question = detachQuestion({ session, alias, networkInterface, group, groups, instance, others, surroundings });
  if ((await ui.ask(question)) !== 'yes') return undefined;
  const change = {
    ...{ networkInterface: id, groups, expect: securityGroups.map((each) => each.id) },
    ...(instance === undefined ? {} : { attachedTo: { id: instance.id, name: instance.name } }),
  };
  return apply(tools, session, l10n.t('Detaching {0}', groupInWords(group)), (signal) =>
    aws.setInterfaceGroups(session, change, { signal }),
  );
}

/** Does what was agreed to, and draws what it is by then: the interface, and the instance that has it. @throws AwsFailure */
export async function apply(
  { aws, ui, show, refresh }: GroupTools,
  session: Session,
  title: string,
  change: (signal: AbortSignal) => Promise<InterfaceResult>,
): Promise<InterfaceResult> {
  return ui.progress(title, async (_report, signal) => {
    const result = await change(signal);
    show(session, result.networkInterface);
    const { instance } = result.networkInterface;
    const read = instance === undefined ? undefined : await readInstance(aws, session, instance).catch(() => undefined);
    if (read !== undefined) show(session, read);
    const { before, sent } = result.entry;
    refresh(session, [...new Set([...before.groups, ...sent.groups].map(({ id }) => id))]);
    return result;
  });
}

/** By what was read back. */
export function outcomeInWords({ state, entry, networkInterface }: InterfaceResult): string {
  const of = interfaceInWords(entry);
  const has = groupsInWords(networkInterface.securityGroups);
  const lost =
    entry.error === undefined ? '' : ` ${l10n.t('AWS was asked again, as its answer was lost: {0}', entry.error)}`;
  switch (state) {
    case 'unchanged':
      return l10n.t('Nothing was sent: {0} is as it was wanted.', of);
    case 'pending':
      return `${l10n.t('{0}: AWS took it, and did not show it yet when it was read back.', of)}${lost}`;
    case 'done':
      return `${l10n.t('The security groups of {0} are now: {1}.', of, has)}${lost}`;
  }
}

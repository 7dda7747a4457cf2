/**
 * Deletes a security group: what uses it, a question, the deletion. One session goes through all of it, the one of the node that was clicked; and the group that the
 * question showed must be there still, with the same rules.
 */
import type { DeletionResult, GroupUses, SecurityGroupRecord, Session } from '../../../aws';
import { obstacleToDeleting } from '../../../aws/security-groups/deletable';
import { l10n } from '../../l10n';
import { isRefused } from '../enforce';
import { sessionInWords, type Question } from '../question';
import { collect, type GroupTools } from './tools';
import { allRules, firstOf, groupInWords, holderInWords, listInWords, ruleCounts } from './words';

/** @returns what became of it; undefined where nothing was deleted @throws AwsFailure, with the words to tell */
export async function deleteSecurityGroup(
  tools: GroupTools,
  session: Session,
  id: string,
): Promise<DeletionResult | undefined> {
  const { aws, ui } = tools;
  if (isRefused(tools, session)) return undefined;
  const found = await ui.progress(l10n.t('Looking at what uses {0}', id), async (_report, signal) => {
    const filters = [{ name: 'group-id', values: [id] }];
    const [group] = await collect(aws.securityGroups(session, { filters, signal }));
    if (group === undefined) return { why: goneInWords(tools, session, id) };
    const obstacle = obstacleInWords(session, group);
    if (obstacle !== undefined) return { why: obstacle };
    const [uses, alias] = await Promise.all([
      aws.securityGroupUses(session, id, { signal }),
      aws.accountAlias(session, { signal }).catch(() => undefined),
      aws.checkSecurityGroupDeletion(session, group),
    ]);
    const blocked = blockedInWords(group, uses);
    return blocked === undefined ? { group, uses, alias, why: undefined } : { why: blocked };
  });
  if (found.why !== undefined) {
    ui.refuse(found.why);
    return undefined;
  }
  const { group, uses, alias } = found;
  if ((await ui.ask(questionOf(session, alias, group, uses))) !== 'yes') return undefined;
  const templates = templatesOf(uses);
  if (templates.length > 0 && !(await ui.askToType(breaksInWords(group, templates), group.id))) return undefined;
  return ui
    .progress(l10n.t('Deleting {0}', groupInWords(group)), (_report, signal) =>
      aws.deleteSecurityGroup(session, group, { signal }),
    )
    .finally(() => {
      tools.readAgain(session, 'security-group');
      tools.refresh(session, [id]);
    });
}

/** Tells what became of it. */
export async function tellDeletion({ ui, openLog }: GroupTools, { entry, state }: DeletionResult): Promise<void> {
  const log = l10n.t('Open the Change Log');
  const name = groupInWords({ id: entry.securityGroup, name: entry.name });
  const message =
    state === 'done'
      ? l10n.t('{0} is deleted. The change log keeps what it held.', name)
      : l10n.t('{0}: AWS took it, and did not show it yet when it was read back.', name);
  const lost =
    entry.error === undefined ? '' : ` ${l10n.t('AWS was asked again, as its answer was lost: {0}', entry.error)}`;
  if ((await ui.offer(message + lost, [log])) === log) openLog();
}

function goneInWords({ readAgain }: GroupTools, session: Session, id: string): string {
  readAgain(session, 'security-group');
  return l10n.t('{0} is not in {1} of account {2} any more.', id, session.region, session.account);
}

/** Why it is nobody's, or not this account's, to delete. */
function obstacleInWords(session: Session, group: SecurityGroupRecord): string | undefined {
  switch (obstacleToDeleting(group, session)) {
    case 'default':
      return l10n.t('{0} is the default group of its VPC: AWS deletes it for nobody.', groupInWords(group));
    case 'foreign':
      return l10n.t(
        '{0} belongs to account {1}: only its owner can delete it.',
        groupInWords(group),
        group.owner ?? '',
      );
    case undefined:
      return undefined;
  }
}

/** What keeps AWS from deleting it; undefined where nothing that can be seen does. */
function blockedInWords(group: SecurityGroupRecord, { networkInterfaces, groups }: GroupUses): string | undefined {
  const having = networkInterfaces.is === 'read' ? networkInterfaces.value : [];
  const naming = groups.is === 'read' ? groups.value.filter(({ vpc }) => vpc === group.vpc) : [];
  if (having.length === 0 && naming.length === 0) return undefined;
  const names = new Map<string, never>();
  return [
    l10n.t(
      '{0} cannot be deleted yet: AWS refuses while something uses it (DependencyViolation).',
      groupInWords(group),
    ),
    ...(having.length === 0
      ? []
      : [
          l10n.t(
            'These network interfaces have it: {0}.',
            listInWords(having.map((each) => [...new Set([each.id, holderInWords(each, names)])].join(' · '))),
          ),
        ]),
    ...(naming.length === 0
      ? []
      : [
          l10n.t(
            'Rules of these groups name it: {0}. Take those rules away first.',
            listInWords(naming.map(groupInWords)),
          ),
        ]),
  ].join(' ');
}

function templatesOf({ templates }: GroupUses): readonly string[] {
  const found = templates.is === 'read' ? templates.value : [];
  return found.map(({ name, version }) => l10n.t('{0} (version {1})', name, version));
}

function breaksInWords(group: SecurityGroupRecord, templates: readonly string[]): string {
  return l10n.t(
    '{0} will start no instance any more. To delete {1} all the same, type {2}',
    listInWords(templates),
    groupInWords(group),
    group.id,
  );
}

/** What is certain of its uses, and what could not be seen. */
function usesInWords(group: SecurityGroupRecord, uses: GroupUses): readonly string[] {
  const { networkInterfaces, groups } = uses;
  const templates = templatesOf(uses);
  const elsewhere = groups.is === 'read' ? groups.value.filter(({ vpc }) => vpc !== group.vpc) : [];
  const isSeen = networkInterfaces.is === 'read' && groups.is === 'read';
  return [
    ...(isSeen
      ? [l10n.t('No network interface has it, and no rule of another group in its VPC names it, as of now.')]
      : []),
    ...[networkInterfaces, groups].flatMap((part) =>
      part.is === 'failed'
        ? [
            l10n.t(
              'What uses it is not known: {0} AWS refuses to delete it while a network interface has it or a rule names it.',
              part.failure.message,
            ),
          ]
        : [],
    ),
    ...(elsewhere.length === 0
      ? []
      : [l10n.t('Rules in other VPCs name it, and lead nowhere then: {0}.', listInWords(elsewhere.map(groupInWords)))]),
    ...(templates.length === 0
      ? []
      : [
          l10n.t(
            'Something will break: launch templates name it, and start no instance without it: {0}.',
            listInWords(templates),
          ),
        ]),
    ...(uses.templates.is === 'failed'
      ? [l10n.t('Whether launch templates name it is not known: {0}', uses.templates.failure.message)]
      : []),
    ...madeByInWords(group),
  ];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html */
function madeByInWords({ tags }: SecurityGroupRecord): readonly string[] {
  const stack = tags['aws:cloudformation:stack-name'];
  if (stack === undefined) return [];
  return [
    l10n.t('The CloudFormation stack {0} made it: take it out of its template instead, or the stack drifts.', stack),
  ];
}

function questionOf(
  session: Session,
  alias: string | undefined,
  group: SecurityGroupRecord,
  uses: GroupUses,
): Question {
  const name = groupInWords(group);
  const detail = [
    l10n.t('Security group: {0}', name),
    ...(group.vpc === undefined ? [] : [l10n.t('VPC: {0}', group.vpc)]),
    ...sessionInWords(session, alias),
    '',
    ruleCounts(group),
    ...firstOf(allRules(group)).map((line) => `• ${line}`),
    '',
    ...usesInWords(group, uses).map((line) => `• ${line}`),
    `• ${l10n.t('IT CANNOT BE UNDONE: a group that is made again has another id, also with the same name and rules. The change log keeps what it held.')}`,
  ];
  return {
    message: l10n.t('Delete the security group {0}?', name),
    detail: detail.join('\n'),
    action: l10n.t('Delete'),
  };
}

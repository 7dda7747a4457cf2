/** What went wrong, as nodes that say what and what to do. */
import type { AwsFailure, FailureFacts } from '../../aws';
import { l10n } from '../l10n';
import { NO_CHILDREN, type Action, type Icon, type TreeNode } from './node';

/** A node that only says something. */
export function messageNode(
  parent: TreeNode,
  key: string,
  said: {
    readonly label: string;
    readonly description?: string;
    readonly icon: Icon;
    readonly tooltip?: readonly string[];
    readonly click?: Action;
    readonly abilities?: readonly string[];
    readonly value?: string;
  },
): TreeNode {
  const { value, abilities = [], ...view } = said;
  const spoken = [said.label, said.description].filter((part) => part !== undefined).join(', ');
  return {
    id: `${parent.id}/${key}`,
    parent,
    profile: parent.profile,
    session: parent.session,
    ...(value === undefined ? {} : { value }),
    view: () => ({ ...view, collapsible: 'none', abilities: ['message', ...abilities], spoken }),
    children: NO_CHILDREN,
  };
}

/** Duck-typed, as the class lives in a bundle that is loaded late. */
export function factsOf(error: unknown): FailureFacts | undefined {
  if (!(error instanceof Error) || !('facts' in error)) return undefined;
  return (error as AwsFailure).facts;
}

export function isCancellation(error: unknown): boolean {
  return factsOf(error)?.kind === 'cancelled';
}

/** @param what is missing because of it, for a list that broke off: "312 are shown, and there may be more" */
export function failureNode(parent: TreeNode, error: unknown, retry: Action, what?: string): TreeNode {
  const facts = factsOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const click = facts === undefined ? retry : actionOf(facts, parent, retry);
  const tooltip = [
    message,
    what ?? '',
    facts?.advice ?? '',
    facts?.code === undefined ? '' : `${facts.code} ${facts.requestId ?? ''}`,
    click === undefined ? '' : l10n.t('Click: {0}', click.title),
  ].filter((line) => line !== '');
  const description = [what, click?.title ?? facts?.advice].filter((part) => part !== undefined).join(' · ');
  return messageNode(parent, 'failure', {
    // A sidebar is narrow: what is missing comes first, whose it is where stands around it and in the tooltip.
    label: facts?.permission === undefined ? message : l10n.t('No permission: {0}', facts.permission),
    description,
    icon: iconOf(facts),
    tooltip,
    ...(click === undefined ? {} : { click }),
    abilities: facts?.policy === undefined ? [] : ['policy'],
    ...(facts?.policy === undefined ? {} : { value: facts.policy }),
  });
}

function iconOf(facts: FailureFacts | undefined): Icon {
  switch (facts?.kind) {
    case 'denied':
      return { id: 'lock', color: 'list.warningForeground' };
    case 'throttled':
      return { id: 'watch', color: 'list.warningForeground' };
    case 'mfa-cancelled':
    case 'expired':
    case 'sso-expired':
      return { id: 'key', color: 'list.warningForeground' };
    case 'cancelled':
      return { id: 'circle-slash' };
    default:
      return { id: 'error', color: 'list.errorForeground' };
  }
}

function actionOf(facts: FailureFacts, parent: TreeNode, retry: Action): Action | undefined {
  switch (facts.action) {
    case 'retry':
      return retry;
    case 'login':
      return {
        command: 'ec2Warden.account.login',
        title: l10n.t('Log in'),
        args: [facts.login ?? parent.profile ?? ''],
      };
    case 'connect':
      return { command: 'ec2Warden.account.connect', title: l10n.t('Connect again'), args: [parent.profile ?? ''] };
    case 'open-profile':
      return facts.place === undefined
        ? retry
        : { command: 'ec2Warden.account.openPlace', title: l10n.t('Open the profile'), args: [facts.place] };
    case 'copy-policy':
      return {
        command: 'ec2Warden.account.copyText',
        title: l10n.t('Copy a policy that allows it'),
        args: [facts.policy ?? ''],
      };
    case 'none':
      return undefined;
  }
}

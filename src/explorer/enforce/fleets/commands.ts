/** Writes documents for AWS's own engines, shows them with their meaning, and hands over the command that sends them. */
import {
  commands,
  env,
  l10n,
  Range,
  Uri,
  ViewColumn,
  window,
  workspace,
  WorkspaceEdit,
  type Disposable,
  type TextDocument,
} from 'vscode';
import type { Session } from '../../../aws';
import type { CommandContext } from '../../commands/context';
import { showFailure } from '../../commands/identity';
import type { TreeNode } from '../../model/node';
import { isSame } from '../../view/documents';
import { SCHEME } from '../../view/places';
import { chooseRegion } from '../sources/commands';
import { ui } from '../ui';
import { automationDocument } from './automation';
import { chooseAutomation, chooseDeclarative, chooseServiceControl, type FleetUi } from './choose';
import { declarativeDocument } from './declarative-policy';
import type { FleetDocument } from './document';
import { serviceControlDocument } from './service-control-policy';

export function registerFleets(context: CommandContext): Disposable {
  return commands.registerCommand('ec2Warden.rollOut', (node?: TreeNode, nodes?: readonly TreeNode[]) =>
    rollOut(context, nodes ?? (node === undefined ? [] : [node])).catch(showFailure),
  );
}

const fleetUi: FleetUi = {
  pick: (title, placeHolder, choices) => ui.pick(title, placeHolder, choices),
  pickMany: async (title, choices) =>
    window.showQuickPick(
      choices.map((choice) => ({ ...choice, picked: true })),
      { title, canPickMany: true },
    ),
  askFor: async (title, prompt, value, wrong) =>
    window.showInputBox({ title, prompt, value, ignoreFocusOut: true, validateInput: wrong }),
};

async function rollOut(context: CommandContext, nodes: readonly TreeNode[]): Promise<void> {
  const [first] = nodes;
  const session = first?.session ?? (await chooseRegion(context, l10n.t('Roll out IMDSv2: from where?')));
  if (session === undefined) return;
  const made = await choose(session, selectedIds(nodes, session));
  if (made === undefined) return;
  const document = await open(context, made);
  await offer(made, document);
}

function selectedIds(nodes: readonly TreeNode[], session: Session): readonly string[] {
  return nodes.flatMap((node) => {
    const record = node.resource?.();
    const isOwn = node.session !== undefined && isSame(node.session, session);
    return isOwn && record?.kind === 'instance' ? [record.id] : [];
  });
}

async function choose(session: Session, ids: readonly string[]): Promise<FleetDocument | undefined> {
  const kinds = [
    {
      make: async () => {
        const choice = await chooseAutomation(fleetUi, session, ids);
        return choice && automationDocument(choice, session);
      },
      label: `$(run-all) ${l10n.t('Systems Manager Automation')}`,
      detail: l10n.t(
        'Requires tokens on instances that are there, by tag or resource group, in several accounts and regions',
      ),
    },
    {
      make: async () => {
        const choice = await chooseDeclarative(fleetUi);
        return choice && declarativeDocument(choice);
      },
      label: `$(organization) ${l10n.t('Declarative policy for EC2')}`,
      detail: l10n.t('Sets the default for new instances in accounts of an organization, and may enforce it'),
    },
    {
      make: async () => {
        const choice = await chooseServiceControl(fleetUi, session);
        return choice && serviceControlDocument(choice);
      },
      label: `$(circle-slash) ${l10n.t('Service control policy')}`,
      detail: l10n.t('Denies launches, changes and credentials of IMDSv1 in accounts of an organization'),
    },
  ];
  const title = l10n.t('Roll Out IMDSv2');
  const placeHolder = l10n.t('A document is written and shown with its meaning. Nothing is sent.');
  return (await ui.pick(title, placeHolder, kinds))?.make();
}

/** The document, to be edited and saved, and beside it what it means. */
async function open({ documents }: CommandContext, { text, fileName, meaning }: FleetDocument): Promise<TextDocument> {
  const document = await workspace.openTextDocument(Uri.from({ scheme: 'untitled', path: fileName }));
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(0, 0, document.lineCount, 0), text);
  await workspace.applyEdit(edit);
  const uri = Uri.from({ scheme: SCHEME, path: `/${l10n.t('What it means: {0}', fileName)}.md` });
  documents.keep(uri, meaning);
  const beside = { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: true };
  await window.showTextDocument(document, { viewColumn: ViewColumn.Active, preview: false });
  await window.showTextDocument(await workspace.openTextDocument(uri), beside);
  return document;
}

/** Nothing is sent by us: the command is typed into a terminal, and whoever sits there presses Enter. */
async function offer(made: FleetDocument, document: TextDocument): Promise<void> {
  const save = l10n.t('Save, Then Terminal…');
  const copy = l10n.t('Copy Commands');
  const message = l10n.t(
    'Nothing has been sent. Read what {0} means, change it where it must be, then save it. The command is typed into a terminal, where you start it.',
    made.fileName,
  );
  const chosen = await window.showInformationMessage(message, save, copy);
  if (chosen === copy) await env.clipboard.writeText(commandsFor(made, made.fileName).join('\n'));
  if (chosen !== save) return;
  const uri = await workspace.saveAs(document.uri);
  if (uri === undefined) return;
  const terminal = window.createTerminal(l10n.t('Roll Out IMDSv2'));
  terminal.show();
  const [first = ''] = commandsFor(made, uri.fsPath);
  terminal.sendText(first, false);
}

function commandsFor({ commands: all }: FleetDocument, path: string): readonly string[] {
  return all.map((command) => command.replace('FILE', path));
}

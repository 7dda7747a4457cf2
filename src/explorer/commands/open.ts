/** Opening resources, user data, and what the linter would make of it. */
import {
  type CodeAction,
  commands,
  l10n,
  languages,
  Range,
  Selection,
  TextEditorRevealType,
  type Uri,
  ViewColumn,
  window,
  workspace,
  type WorkspaceEdit,
} from 'vscode';
import { FIX_ALL_KIND } from '../../server/protocol';
import type { TreeNode } from '../model/node';
import { placeUri } from '../view/places';
import type { CommandContext, NodeCommand } from './context';
import { readableParts } from '../view/mime-text';

export const openResource: NodeCommand = async ({ session, resource }) => {
  const record = resource?.();
  if (session === undefined || record === undefined) return;
  const uri = placeUri({ session, kind: record.kind, id: record.id, what: 'resource' }, `${record.id}.yaml`);
  const editor = await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  // The document is long, and what is wrong is what one comes for.
  const [first] = languages.getDiagnostics(uri).sort((a, b) => a.range.start.line - b.range.start.line);
  if (first === undefined) return;
  editor.revealRange(first.range, TextEditorRevealType.InCenterIfOutsideViewport);
  editor.selection = new Selection(first.range.start, first.range.start);
};

/** Reads user data and shows it under a name that says what it is. Undefined where there is none to show. */
async function showUserData(
  { aws, documents }: CommandContext,
  { session, resource }: TreeNode,
  show: boolean,
): Promise<Uri | undefined> {
  const record = resource?.();
  if (session === undefined || record === undefined) return undefined;
  const { text: whole, unreadable } = await (await aws()).userData(session, record.id);
  if (whole === undefined) {
    void window.showInformationMessage(unreadable ?? l10n.t('{0} has no user data.', record.name ?? record.id));
    return undefined;
  }
  const text = readableParts(whole);
  const place = { session, kind: record.kind, id: record.id, what: 'user-data' } as const;
  const uri = placeUri(place, `user-data-${record.id}.${extensionOf(text)}`);
  documents.keep(uri, text);
  const document = await workspace.openTextDocument(uri);
  if (show) await window.showTextDocument(document, { preview: true, viewColumn: ViewColumn.Active });
  return uri;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html, and cloud-init's "User data formats" */
export function extensionOf(text: string): string {
  if (/^\s*<(powershell|script)>/i.test(text)) return 'ps1';
  if (/^#(cloud-config|cloud-config-archive|template)\b|^##/.test(text)) return 'yaml';
  return text.startsWith('#!') ? 'sh' : 'txt';
}

export function openUserData(context: CommandContext): NodeCommand {
  return async (node) => {
    await showUserData(context, node, true);
  };
}

/** How long the language server may take to start and to read a script. */
const WAIT_MS = 20_000;

/** User data beside what it would be after all safe fixes. */
export function showUserDataFix(context: CommandContext): NodeCommand {
  return async (node) => {
    const uri = await showUserData(context, node, false);
    const record = node.resource?.();
    const { session } = node;
    if (uri === undefined || record === undefined || session === undefined) return;
    const document = await workspace.openTextDocument(uri);
    const edit = await window.withProgress({ location: { viewId: 'ec2Warden.account' } }, () =>
      fixOf(uri, context.isLinted),
    );
    if (edit === undefined) {
      await window.showTextDocument(document);
      void window.showInformationMessage(l10n.t('There is nothing in this user data that can be fixed safely.'));
      return;
    }
    const place = { session, kind: record.kind, id: record.id, what: 'fixed-user-data' } as const;
    const fixed = placeUri(place, uri.path.slice(uri.path.lastIndexOf('/') + 1));
    context.documents.keep(
      fixed,
      applied(document.getText(), uri, edit, (range) => offsets(document, range)),
    );
    const title = l10n.t('User data of {0}: as it is ↔ as it would be', record.name ?? record.id);
    await commands.executeCommand('vscode.diff', uri, fixed, title, { preview: true });
  };
}

/** What fixing everything would change; the language server may still be on its way. */
async function fixOf(uri: Uri, isLinted: (uri: Uri) => boolean): Promise<WorkspaceEdit | undefined> {
  const everywhere = new Range(0, 0, Number.MAX_SAFE_INTEGER, 0);
  const deadline = Date.now() + WAIT_MS;
  /** At which version of the document the linter had nothing to fix. A question that was given up has no answer either, so it is asked twice. */
  let nothingAt: number | undefined;
  for (;;) {
    const document = await workspace.openTextDocument(uri);
    const linted = isLinted(uri);
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      document.validateRange(everywhere),
      FIX_ALL_KIND,
      // Edits are found when an action is resolved, and other extensions may have actions of the kind that come first.
      10,
    );
    const edit = actions.find(({ kind }) => kind?.value === FIX_ALL_KIND)?.edit;
    if (edit !== undefined || Date.now() > deadline || (linted && nothingAt === document.version)) return edit;
    nothingAt = linted ? document.version : undefined;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

type Offsets = (range: Range) => { readonly start: number; readonly end: number };

function offsets(
  document: { offsetAt: (position: Range['start']) => number },
  { start, end }: Range,
): { readonly start: number; readonly end: number } {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

function applied(text: string, uri: Uri, edit: WorkspaceEdit, offsetsOf: Offsets): string {
  const edits = edit
    .get(uri)
    .map(({ range, newText }) => ({ ...offsetsOf(range), newText }))
    .sort((a, b) => b.start - a.start);
  let result = text;
  for (const { start, end, newText } of edits) result = result.slice(0, start) + newText + result.slice(end);
  return result;
}

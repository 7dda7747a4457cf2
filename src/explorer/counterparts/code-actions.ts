/** "Show the instances this script runs on", in the menu of a call of IMDSv1. */
import {
  CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Disposable,
  l10n,
  languages,
  type TextDocument,
  type Range,
  type CodeActionContext,
} from 'vscode';
import { SCHEME } from '../view/places';

export const SHOW_INSTANCES_COMMAND = 'ec2Warden.showInstances';

/** What is said of a call that IMDSv1 answers, or refuses where tokens are required. */
const CALLS = new Set(['imdsv1-call', 'imdsv1-fallback']);

function isCall({ source, code }: Diagnostic): boolean {
  const id = typeof code === 'object' ? code.value : code;
  return source === 'ec2-warden' && typeof id === 'string' && CALLS.has(id);
}

export function registerShowInstancesAction(): Disposable {
  const provideCodeActions = (
    { uri }: TextDocument,
    _range: Range,
    { diagnostics, only }: CodeActionContext,
  ): CodeAction[] => {
    const call = diagnostics.find(isCall);
    // A live script is an instance's own.
    if (call === undefined || uri.scheme === SCHEME) return [];
    if (only !== undefined && !only.contains(CodeActionKind.QuickFix)) return [];
    const title = l10n.t('Show the instances this script runs on');
    const action = new CodeAction(title, CodeActionKind.QuickFix);
    const { line, character } = call.range.start;
    action.command = { command: SHOW_INSTANCES_COMMAND, title, arguments: [uri, { line, character }] };
    action.diagnostics = [call];
    return [action];
  };
  return languages.registerCodeActionsProvider(
    { pattern: '**' },
    { provideCodeActions },
    { providedCodeActionKinds: [CodeActionKind.QuickFix] },
  );
}

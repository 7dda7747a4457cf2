import { type CodeAction, commands, l10n, Range, window, workspace } from 'vscode';
import { FIX_ALL_KIND } from '../server/protocol';

/** The command "Fix All Safe Problems in File": what fixing on save does, when asked. */
export async function fixAllInActiveEditor(): Promise<void> {
  const document = window.activeTextEditor?.document;
  if (document === undefined) {
    void window.showInformationMessage(l10n.t('Open a script first: EC2 Warden fixes the file in the active editor.'));
    return;
  }
  const everywhere = document.validateRange(new Range(0, 0, Number.MAX_SAFE_INTEGER, 0));
  const actions = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    everywhere,
    FIX_ALL_KIND,
    1,
  );
  const edit = actions.find(({ kind }) => kind?.value === FIX_ALL_KIND)?.edit;
  if (edit === undefined) {
    void window.showInformationMessage(l10n.t('EC2 Warden finds nothing in this file that it can fix safely.'));
  } else if (!(await workspace.applyEdit(edit))) {
    void window.showWarningMessage(l10n.t('The file could not be changed: it is read-only, or it changed meanwhile.'));
  }
}

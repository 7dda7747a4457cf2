import { l10n, window, workspace } from 'vscode';
import { FIX_WITH_VALUE_METHOD, type FixAnswer, type FixQuestion, type ValuedFix } from '../server/protocol';
import type { ServerSession } from './server-session';

/** What a code action does whose fix wants something that only the user knows: asks for it, and applies the fix with the answer. */
export async function askForValue(session: ServerSession, question: FixQuestion): Promise<void> {
  const { title, prompt, placeholder, action } = question;
  const ask = (value: string): Promise<FixAnswer> => {
    const params: ValuedFix = { action, value };
    return session.request<FixAnswer>(FIX_WITH_VALUE_METHOD, params);
  };
  const value = await window.showInputBox({
    title: title.replace(/(?:…|\.{3})$/, ''),
    prompt,
    placeHolder: l10n.t('For example {0}', placeholder),
    // The editor may be looked at meanwhile: whose address is it?
    ignoreFocusOut: true,
    validateInput: async (typed) => (typed.trim() === '' ? undefined : (await ask(typed)).problem),
  });
  if (value === undefined || value.trim() === '') return;
  const { edit } = await ask(value);
  const applied = edit !== undefined && (await workspace.applyEdit(await session.toWorkspaceEdit(edit)));
  if (!applied) {
    void window.showWarningMessage(l10n.t('The file could not be changed: it is read-only, or it changed meanwhile.'));
  }
}

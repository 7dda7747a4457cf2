/** Questions and answers in VS Code. */
import { l10n, ProgressLocation, window } from 'vscode';
import type { EnforceUi } from './enforce';

export const ui: Omit<EnforceUi, 'showCalls'> = {
  progress: async (title, work) =>
    window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      async (progress, token) => {
        const abort = new AbortController();
        const cancelling = token.onCancellationRequested(() => abort.abort());
        try {
          return await work((message) => progress.report({ message }), abort.signal);
        } finally {
          cancelling.dispose();
        }
      },
    ),
  ask: async ({ message, detail, action, showCalls }) => {
    const actions = showCalls === undefined ? [action] : [action, showCalls];
    const chosen = await window.showWarningMessage(message, { modal: true, detail }, ...actions);
    if (chosen === undefined) return undefined;
    return chosen === action ? 'yes' : 'show-calls';
  },
  askToType: async (prompt, word) => {
    const typed = await window.showInputBox({
      title: l10n.t('Something will break'),
      prompt,
      placeHolder: word,
      ignoreFocusOut: true,
      validateInput: (value) => (value === word ? undefined : l10n.t('Type {0} to confirm', word)),
    });
    return typed === word;
  },
  tell: async (message, action) => {
    if (action === undefined) {
      void window.showInformationMessage(message);
      return false;
    }
    return (await window.showInformationMessage(message, action)) === action;
  },
  refuse: (message) => void window.showInformationMessage(message),
};

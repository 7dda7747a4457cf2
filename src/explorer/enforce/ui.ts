/** Questions and answers in VS Code. */
import { l10n, ProgressLocation, window } from 'vscode';
import type { ChoiceUi } from './choose-options';
import type { EnforceUi } from './enforce';
import type { OfferUi } from './tell';

export const ui: Omit<EnforceUi, 'showEvidence'> & ChoiceUi & OfferUi = {
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
  ask: async ({ message, detail, action, alternative, show }) => {
    const actions = [action, alternative, show].filter((each) => each !== undefined);
    const chosen = await window.showWarningMessage(message, { modal: true, detail }, ...actions);
    if (chosen === undefined) return undefined;
    if (chosen === action) return 'yes';
    return chosen === alternative ? 'also' : 'show';
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
  refuse: (message) => void window.showInformationMessage(message),
  pick: async (title, placeHolder, choices) =>
    window.showQuickPick([...choices], {
      title,
      placeHolder,
      matchOnDescription: true,
      matchOnDetail: true,
      ignoreFocusOut: true,
    }),
  askFor: async (title, value, wrong) =>
    window.showInputBox({ title, value, validateInput: wrong, ignoreFocusOut: true }),
  offer: async (message, actions) => window.showInformationMessage(message, ...actions),
};

import { type Command, l10n, languages, LanguageStatusSeverity, type Uri, window, workspace } from 'vscode';
import type { DocumentStatus } from '../server/protocol';
import { describeIgnored, describeStatus, type StatusView } from './describe-status';
import { isIgnored, LINT_SELECTOR } from './documents';
import { GENERAL_LANGUAGES } from './languages';

/** What is known of the server: a document's own status counts only while it runs. It is `idle` until a document concerns it. */
export type ServerState = 'idle' | 'starting' | 'running' | 'stopped';

/** The language status item: says what the active document was linted as, so that silence is explained. */
export interface StatusItem {
  readonly text: string;
  readonly set: (status: DocumentStatus) => void;
  readonly setServer: (state: ServerState) => void;
  readonly of: (uri: Uri) => DocumentStatus | undefined;
  readonly dispose: () => void;
}

export function createStatusItem(): StatusItem {
  const item = languages.createLanguageStatusItem('ec2Warden.status', LINT_SELECTOR);
  item.name = 'EC2 Warden';
  const known = new Map<string, DocumentStatus>();
  let server: ServerState = 'idle';

  const render = (): void => {
    const document = window.activeTextEditor?.document;
    // In the settings editor, say, there is no document, and the item of the last one is still on display.
    if (document === undefined && server === 'running') return;
    const view =
      document !== undefined && isIgnored(document)
        ? describeIgnored()
        : describeStatus(server, document && known.get(document.uri.toString()));
    // Nobody asks why a package.json has no findings.
    item.selector = document && view.idle && GENERAL_LANGUAGES.has(document.languageId) ? [] : LINT_SELECTOR;
    item.busy = view.busy;
    item.text = view.text;
    item.detail = view.detail;
    item.severity = view.failed ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    item.command = commandOf(view);
  };
  render();

  const listeners = [
    window.onDidChangeActiveTextEditor(render),
    workspace.onDidCloseTextDocument(({ uri }) => {
      known.delete(uri.toString());
    }),
  ];
  return {
    get text() {
      return item.text;
    },
    set: (status) => {
      known.set(status.uri, status);
      render();
    },
    setServer: (state) => {
      server = state;
      if (state !== 'running') known.clear();
      render();
    },
    of: (uri) => known.get(uri.toString()),
    dispose: () => {
      for (const listener of listeners) listener.dispose();
      item.dispose();
    },
  };
}

function commandOf({ action }: StatusView): Command | undefined {
  switch (action) {
    case 'problems':
      return { title: l10n.t('Show Problems'), command: 'workbench.actions.view.problems' };
    case 'settings':
      return {
        title: l10n.t('Open Settings'),
        command: 'workbench.action.openSettings',
        arguments: ['ec2Warden.lint.enable'],
      };
    case 'log':
      return { title: l10n.t('Show Log'), command: 'ec2Warden.output.show' };
    case 'restart':
      return { title: l10n.t('Restart'), command: 'ec2Warden.server.restart' };
    case undefined:
      return undefined;
  }
}

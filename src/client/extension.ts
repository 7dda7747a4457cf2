import { commands, type ExtensionContext, type TextEditor, Uri, window } from 'vscode';
import { ASK_COMMAND, type FixQuestion } from '../server/protocol';
import { registerExplorer } from '../explorer';
import type { Ec2WardenApi } from './api';
import { askForValue } from './ask-for-value';
import { isLintable } from './documents';
import { declaredIn } from './declared';
import { createEmbeddedScripts } from './embedded-scripts';
import { fixAllInActiveEditor } from './fix-all';
import { createServerSession, type ServerSession } from './server-session';
import { startWhenNeeded } from './start-when-needed';
import { createStatusItem } from './status-item';
import { findTokenlessCalls } from './tokenless-calls';

let session: ServerSession | undefined;

/**
 * Registers what the user can see and returns; the language server is started when a document is open that concerns it.
 */
export function activate(context: ExtensionContext): Ec2WardenApi {
  const startedAt = performance.now();
  const output = window.createOutputChannel('EC2 Warden', { log: true });
  const status = createStatusItem();
  const running = createServerSession(context.extensionUri, output, status, ({ uri }) => {
    scripts.changed(Uri.parse(uri));
  });
  const scripts = createEmbeddedScripts(running);
  session = running;
  context.subscriptions.push(
    output,
    status,
    scripts,
    commands.registerCommand('ec2Warden.lint.fixAll', fixAllInActiveEditor),
    commands.registerCommand('ec2Warden.output.show', () => {
      output.show();
    }),
    commands.registerCommand('ec2Warden.server.restart', () => running.restart()),
    commands.registerCommand('ec2Warden.script.open', () => scripts.open()),
    commands.registerCommand(ASK_COMMAND, (question: FixQuestion) => askForValue(running, question)),
    window.onDidChangeActiveTextEditor(showCommandsFor),
  );
  const account = registerExplorer(
    context,
    output,
    (uri) => status.of(uri) !== undefined,
    (name, text) => findTokenlessCalls(running, name, text),
    (uri, text) => declaredIn(running, uri, text),
  );
  showCommandsFor(window.activeTextEditor);
  void commands.executeCommand('setContext', 'ec2Warden.active', true);
  const started = new Promise<void>((resolve, reject) => {
    // The editor has its turn first.
    setImmediate(() => {
      const waiting = startWhenNeeded(() => {
        running.start().then(resolve, reject);
      });
      context.subscriptions.push(waiting);
    });
  });
  // The user has been told by then; whoever uses the API may want to know, too.
  started.catch((error: unknown) => {
    output.error('The language server could not be started.', String(error));
  });
  const activationMilliseconds = performance.now() - startedAt;
  output.debug(`Activated in ${activationMilliseconds.toFixed(1)} ms.`);
  return {
    started,
    activationMilliseconds,
    statusOf: status.of,
    account,
    get statusText() {
      return status.text;
    },
  };
}

export function deactivate(): Promise<void> | undefined {
  return session?.stop();
}

/** The command palette offers what works on the active editor. */
function showCommandsFor(editor: TextEditor | undefined): void {
  const lintable = editor !== undefined && isLintable(editor.document);
  void commands.executeCommand('setContext', 'ec2Warden.lintable', lintable);
}

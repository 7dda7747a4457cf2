import {
  EventEmitter,
  l10n,
  languages,
  type Position,
  Range,
  type TextDocument,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import { SCRIPTS_METHOD, type ShownScript } from '../server/protocol';
import { SCRIPT_SCHEME } from './documents';
import type { ServerSession } from './server-session';

/** The command "Open the Embedded Script", and the read-only texts that it shows. */
export interface EmbeddedScripts {
  open(): Promise<void>;
  /** The findings of a document are new, and so may be its scripts. */
  changed(uri: Uri): void;
  dispose(): void;
}

/** A text on display, and where it comes from. */
interface View {
  readonly uri: Uri;
  readonly source: Uri;
  /** Its number among the scripts of the source. */
  readonly index: number;
}

const LANGUAGES = { shell: 'shellscript', powershell: 'powershell' } as const;
const EXTENSIONS = { shell: 'sh', powershell: 'ps1' } as const;

export function createEmbeddedScripts(session: ServerSession): EmbeddedScripts {
  const texts = new Map<string, string>();
  const views = new Map<string, View>();
  const changes = new EventEmitter<Uri>();
  const diagnostics = languages.createDiagnosticCollection('ec2-warden-scripts');

  const scriptsOf = (source: Uri): Promise<readonly ShownScript[]> =>
    session.request<readonly ShownScript[]>(SCRIPTS_METHOD, source.toString());

  const show = async ({ uri }: View, script: ShownScript): Promise<void> => {
    const before = texts.get(uri.toString());
    texts.set(uri.toString(), script.text);
    if (before !== undefined && before !== script.text) changes.fire(uri);
    diagnostics.set(uri, await session.toDiagnostics(script.diagnostics));
  };

  const update = async (source: Uri): Promise<void> => {
    const shown = [...views.values()].filter((view) => view.source.toString() === source.toString());
    if (shown.length === 0) return;
    const scripts = await scriptsOf(source);
    for (const view of shown) {
      const script = scripts[view.index];
      if (script !== undefined) await show(view, script);
    }
  };

  const open = async (): Promise<void> => {
    const editor = window.activeTextEditor;
    const scripts = editor && session.isRunning() ? await scriptsOf(editor.document.uri) : [];
    if (editor === undefined || scripts.length === 0) {
      void window.showInformationMessage(l10n.t('EC2 Warden knows of no script in this file.'));
      return;
    }
    const script = await chosen(editor.document, editor.selection.active, scripts);
    if (script === undefined) return;
    const view = viewOf(editor.document.uri, scripts.indexOf(script), script);
    views.set(view.uri.toString(), view);
    await show(view, script);
    const document = await workspace.openTextDocument(view.uri);
    await languages.setTextDocumentLanguage(document, LANGUAGES[script.language]);
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true });
  };

  const listeners = [
    workspace.registerTextDocumentContentProvider(SCRIPT_SCHEME, {
      onDidChange: changes.event,
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
    }),
    workspace.onDidCloseTextDocument(({ uri }) => {
      // Changing the language of a document closes it and opens it again.
      if (workspace.textDocuments.some((other) => other.uri.toString() === uri.toString())) return;
      if (!views.delete(uri.toString())) return;
      texts.delete(uri.toString());
      diagnostics.delete(uri);
    }),
  ];
  return {
    open,
    changed: (uri) => void update(uri).catch(() => undefined),
    dispose: () => {
      for (const listener of [...listeners, changes, diagnostics]) listener.dispose();
    },
  };
}

/** The innermost script that the cursor is in; where it is in none, the only one, or the one that the user picks. */
async function chosen(
  document: TextDocument,
  cursor: Position,
  scripts: readonly ShownScript[],
): Promise<ShownScript | undefined> {
  const size = ({ range }: ShownScript): number => document.getText(rangeOf(range)).length;
  const around = scripts.filter(({ range }) => rangeOf(range).contains(cursor)).sort((a, b) => size(a) - size(b));
  const [only, ...others] = scripts;
  if (around[0] !== undefined) return around[0];
  if (others.length === 0) return only;
  const picked = await window.showQuickPick(
    scripts.map((script) => ({
      label: firstLineOf(script.text),
      description: l10n.t('line {0}', script.range.start.line + 1),
      script,
    })),
    { title: l10n.t('Open the Embedded Script'), placeHolder: l10n.t('Which of the scripts in this file?') },
  );
  return picked?.script;
}

/** The first line that does something. */
function firstLineOf(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.find((line) => line !== '' && !line.startsWith('#')) ?? lines[0] ?? '';
}

/** `user-data-12.sh`, named after the line that it starts in; which document it is from is in the query. */
function viewOf(source: Uri, index: number, { language, range }: ShownScript): View {
  const name = source.path.slice(source.path.lastIndexOf('/') + 1);
  const path = `/${name}, line ${range.start.line + 1}.${EXTENSIONS[language]}`;
  return { uri: Uri.from({ scheme: SCRIPT_SCHEME, path, query: `${source.toString()}#${index}` }), source, index };
}

function rangeOf({ start, end }: ShownScript['range']): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

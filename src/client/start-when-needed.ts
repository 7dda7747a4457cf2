import { type Disposable, type TextDocument, workspace } from 'vscode';
import { isWorthLooking } from './documents';

/** After the last keystroke: what is being typed is tested when it is a word. */
const QUIET_MILLISECONDS = 300;

/**
 * Calls `start` once, when a document is open that says something of interest. Most YAML and JSON never does, and until then costs a search of the
 * text, a moment after it was changed.
 */
export function startWhenNeeded(start: () => void): { dispose(): void } {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const listeners: Disposable[] = [];
  const dispose = (): void => {
    for (const listener of listeners.splice(0)) listener.dispose();
    for (const timer of waiting.values()) clearTimeout(timer);
    waiting.clear();
  };
  const look = (document: TextDocument): boolean => {
    if (document.isClosed || !isWorthLooking(document)) return false;
    dispose();
    start();
    return true;
  };
  listeners.push(
    workspace.onDidOpenTextDocument(look),
    workspace.onDidChangeTextDocument(({ document }) => {
      const name = document.uri.toString();
      clearTimeout(waiting.get(name));
      const timer = setTimeout(() => {
        waiting.delete(name);
        look(document);
      }, QUIET_MILLISECONDS);
      waiting.set(name, timer);
    }),
  );
  workspace.textDocuments.some(look);
  return { dispose };
}

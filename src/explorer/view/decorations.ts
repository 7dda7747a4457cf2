/** Badges and colours of nodes: how many findings there are below. */
import { EventEmitter, FileDecoration, ThemeColor, window, type Uri } from 'vscode';
import { countsInWords, totalOf, type FindingCounts } from '../model/finding-counts';
import { NODE_SCHEME } from './tree-view';

export interface Decorations {
  readonly dispose: () => void;
  readonly set: (uri: Uri, counts: FindingCounts | undefined) => void;
}

export function createDecorations(): Decorations {
  const known = new Map<string, FindingCounts>();
  const emitter = new EventEmitter<Uri[]>();
  let changed: Uri[] = [];
  const provider = window.registerFileDecorationProvider({
    onDidChangeFileDecorations: emitter.event,
    provideFileDecoration: (uri) => {
      if (uri.scheme !== NODE_SCHEME) return undefined;
      const counts = known.get(uri.toString());
      return counts && decorationOf(counts);
    },
  });
  return {
    set: (uri, counts) => {
      const key = uri.toString();
      if (JSON.stringify(known.get(key)) === JSON.stringify(counts)) return;
      if (counts === undefined) known.delete(key);
      else known.set(key, counts);
      // The items of one drawing are told of together.
      if (changed.length === 0) {
        setTimeout(() => {
          emitter.fire(changed);
          changed = [];
        }, 0);
      }
      changed.push(uri);
    },
    dispose: () => {
      provider.dispose();
      emitter.dispose();
    },
  };
}

function decorationOf(counts: FindingCounts): FileDecoration {
  const total = totalOf(counts);
  const color = counts.errors > 0 ? 'list.errorForeground' : counts.warnings > 0 ? 'list.warningForeground' : undefined;
  return new FileDecoration(
    total > 99 ? '99' : String(total),
    countsInWords(counts),
    color === undefined ? undefined : new ThemeColor(color),
  );
}

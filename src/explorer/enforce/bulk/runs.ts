/** Reports of runs as read-only documents, with what can be done about each above its first line. */
import { CodeLens, EventEmitter, languages, Range, l10n, Uri, window, workspace } from 'vscode';
import type { Documents } from '../../view/documents';
import { SCHEME } from '../../view/places';
import { countsOf, reportText } from './report';
import type { Run } from './run';

export interface Runs {
  /** Opens the report of a run; gives the address under which commands find it. */
  readonly open: (run: Run) => Promise<Uri>;
  readonly find: (address: unknown) => Run | undefined;
  readonly dispose: () => void;
}

/** As long as a report may be open; what is older can still be taken back from the change log. */
const MOST = 20;

export function createRuns(documents: Documents): Runs {
  const runs = new Map<string, Run>();
  const emitter = new EventEmitter<void>();
  const lenses = languages.registerCodeLensProvider(
    { scheme: SCHEME },
    {
      onDidChangeCodeLenses: emitter.event,
      provideCodeLenses: ({ uri }) => {
        const run = runs.get(uri.toString());
        return run === undefined ? [] : lensesOf(run, uri.toString());
      },
    },
  );
  return {
    open: async (run) => {
      const time = run.startedAt.toISOString().replaceAll(':', '.');
      const title = run.what === 'require' ? l10n.t('Requiring IMDSv2 {0}', time) : l10n.t('Undoing {0}', time);
      const uri = Uri.from({ scheme: SCHEME, path: `/${title}.txt` });
      runs.set(uri.toString(), run);
      const [oldest] = runs.keys();
      if (runs.size > MOST && oldest !== undefined) runs.delete(oldest);
      documents.keep(uri, reportText(run));
      await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
      emitter.fire();
      return uri;
    },
    find: (address) => (typeof address === 'string' ? runs.get(address) : undefined),
    dispose: () => {
      lenses.dispose();
      emitter.dispose();
    },
  };
}

function lensesOf(run: Run, address: string): CodeLens[] {
  const { done, failed, notBegun } = countsOf(run);
  const top = new Range(0, 0, 0, 0);
  const left = failed + notBegun;
  return [
    ...(left > 0
      ? [
          new CodeLens(top, {
            title: l10n.t('$(refresh) Retry the Failed Ones ({0})', left),
            command: 'ec2Warden.retryFailedChanges',
            arguments: [address],
          }),
        ]
      : []),
    ...(run.what === 'require' && done + failed > 0
      ? [
          new CodeLens(top, {
            title: l10n.t('$(discard) Undo All of These'),
            command: 'ec2Warden.undoTheseChanges',
            arguments: [address],
          }),
        ]
      : []),
  ];
}

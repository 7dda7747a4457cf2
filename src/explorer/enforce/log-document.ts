/** The log of changes as a document, with a way to take each back that can be. */
import {
  CodeLens,
  Disposable,
  EventEmitter,
  l10n,
  languages,
  Range,
  Uri,
  window,
  workspace,
  type CodeLensProvider,
} from 'vscode';
import type { ChangeEntry } from '../../aws';
import type { CommandContext } from '../commands/context';
import { SCHEME } from '../view/places';
import { changeLogText, type ChangeLogText } from './change-log';
import { groupParagraphs } from './groups/log-text';
import { sourceParagraphs } from './sources/log-text';
import { undoableEverywhere } from './sources/undo';

type Next = (entries: readonly ChangeEntry[]) => readonly ChangeEntry[];

export interface LogDocument {
  readonly open: () => Promise<void>;
  /** Shows what is in the log by now, where it is open. */
  readonly update: (entries: readonly ChangeEntry[]) => Promise<void>;
  readonly dispose: () => void;
}

/** @param next what of the log can be taken back */
export function createLogDocument({ aws, documents }: CommandContext, next: () => Promise<Next>): LogDocument {
  const uri = Uri.from({ scheme: SCHEME, path: `/${l10n.t('Changes made by EC2 Warden')}.txt` });
  const emitter = new EventEmitter<void>();
  let shown: ChangeLogText | undefined;
  let undoable: readonly { readonly id: string; readonly command: string }[] = [];
  const keep = async (entries: readonly ChangeEntry[]): Promise<void> => {
    const library = await aws();
    const [sources, groups] = await Promise.all([library.sourceChanges(), library.groupChanges()]);
    const { undoableGroups, undoableSources } = await import('../../aws');
    shown = changeLogText(entries, [...sourceParagraphs(sources), ...groupParagraphs(groups)]);
    undoable = [
      ...(await next())(entries).map(({ id }) => ({ id, command: 'ec2Warden.undoChange' })),
      ...undoableEverywhere(undoableSources, sources).map(({ id }) => ({ id, command: 'ec2Warden.undoSourceChange' })),
      ...undoableGroups(groups).map(({ id }) => ({ id, command: 'ec2Warden.undoGroupChange' })),
    ];
    documents.keep(uri, shown.text);
    emitter.fire();
  };
  const lenses: CodeLensProvider = {
    onDidChangeCodeLenses: emitter.event,
    provideCodeLenses: (document) => {
      if (document.uri.toString() !== uri.toString()) return [];
      return undoable.flatMap(({ id, command }) => {
        const line = shown?.lines.get(id);
        if (line === undefined) return [];
        const undo = { command, title: l10n.t('Undo…'), arguments: [id] };
        return [new CodeLens(new Range(line, 0, line, 0), undo)];
      });
    },
  };
  const registered = Disposable.from(emitter, languages.registerCodeLensProvider({ scheme: SCHEME }, lenses));
  return {
    open: async () => {
      await keep(await (await aws()).changes());
      await window.showTextDocument(await workspace.openTextDocument(uri));
    },
    update: async (entries) => {
      const isOpen = workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
      if (isOpen) await keep(entries);
    },
    dispose: () => {
      registered.dispose();
    },
  };
}

/** What live instances have, over the metadata options and the name of what declares them. Asks AWS nothing. */
import { type Disposable, Hover, l10n, languages, MarkdownString, type TextDocument, type Position } from 'vscode';
import type { Tree } from '../model/tree';
import { asMarkdown } from '../view/markdown-text';
import type { AskDeclared } from './declares';
import { couldDeclare } from './declares';
import { driftLines } from './drift';
import type { FoundInstance } from './find-instances';
import { loadedInstances } from './loaded';
import { launchAt } from './target';
import { belongsTo, rankOf, tieToLaunch } from './ties';
import type { UserDataReader } from './user-data-reader';

const TEMPLATES = { pattern: '**/*.{tf,tofu,tf.json,yaml,yml,json,template}' };

export function registerDriftHover(
  tree: Pick<Tree, 'profiles' | 'connectionOf'>,
  ask: AskDeclared,
  reader: Pick<UserDataReader, 'known'>,
): Disposable {
  const provideHover = async (document: TextDocument, position: Position): Promise<Hover | undefined> => {
    const { instances } = loadedInstances(tree);
    if (instances.length === 0 || !couldDeclare(document.getText())) return undefined;
    const declarations = await ask(document.uri.toString());
    const launch = launchAt(declarations, position);
    if (launch === undefined) return undefined;
    const own = declarations.userData.filter((script) => belongsTo(script, launch));
    const found = instances
      .flatMap((instance): FoundInstance[] => {
        const { session, record } = instance;
        const userData = reader.known(session, record.id);
        const tie = tieToLaunch(launch, own, { name: record.name, tags: record.tags, userData });
        return tie ? [{ ...instance, tie }] : [];
      })
      .sort((a, b) => rankOf(a.tie) - rankOf(b.tie));
    if (found.length === 0) return undefined;
    const { lines, more } = driftLines(launch, found, timeOfDay);
    const text = new MarkdownString('', true);
    text.appendMarkdown(`**${asMarkdown(l10n.t('Live instances of {0}', launch.address))}**`);
    for (const { instance, drift, isDrift, source } of lines) {
      text.appendMarkdown(`${isDrift ? '\n\n$(warning) ' : '\n\n'}${asMarkdown(`${instance}: ${drift}`)}`);
      text.appendMarkdown(`\\\n${asMarkdown(source)}`);
    }
    if (more > 0) text.appendMarkdown(`\n\n${asMarkdown(l10n.t('and {0} more', more))}`);
    return new Hover(text);
  };
  return languages.registerHoverProvider(TEMPLATES, { provideHover });
}

function timeOfDay(milliseconds: number): string {
  return new Date(milliseconds).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}

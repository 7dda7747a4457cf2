/** Changes for new instances as paragraphs of the log that people read. */
import type { Settings, SourceEntry } from '../../../aws';
import { paragraphsOf, type Paragraph, type Wording } from '../log-paragraphs';
import { settingsInWords, targetInWords } from './words';

/** Without what is of use to a program alone. */
function readBack(after: Settings): string {
  const shown = Object.entries(after).filter(
    ([name]) => !['latestDescription', 'latestTokens', 'template'].includes(name),
  );
  return JSON.stringify(Object.fromEntries(shown));
}

const OF_SOURCES: Wording<Settings, SourceEntry> = {
  nameOf: ({ target }) => targetInWords(target),
  changeOf: ({ before, sent }) => settingsInWords(before, sent),
  readBack,
};

/** Changes in their last state, in the order in which they began. */
export function sourceParagraphs(entries: readonly SourceEntry[]): readonly Paragraph[] {
  return paragraphsOf(entries, OF_SOURCES);
}

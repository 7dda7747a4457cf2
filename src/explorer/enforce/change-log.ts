/** The log of changes as a text for people, the latest first. */
import type { ChangeEntry, MetadataOptionsChange } from '../../aws';
import { l10n } from '../l10n';
import { paragraphsOf, type Paragraph, type Wording } from './log-paragraphs';
import { changeInWords, namedIn } from './question';

export interface ChangeLogText {
  readonly text: string;
  /** The line, from 0, that a change begins on, by its id. */
  readonly lines: ReadonlyMap<string, number>;
}

const OF_INSTANCES: Wording<MetadataOptionsChange, ChangeEntry> = {
  nameOf: namedIn,
  changeOf: ({ before, sent }) => changeInWords(before, sent),
  readBack: JSON.stringify,
};

/**
 * All changes, the latest first.
 * @param others changes of other things than instances
 */
export function changeLogText(entries: readonly ChangeEntry[], others: readonly Paragraph[] = []): ChangeLogText {
  const paragraphs = [...paragraphsOf(entries, OF_INSTANCES), ...others];
  const lines = [
    l10n.t('# Every change that EC2 Warden made or tried on this machine, the latest first. Nobody else is told.'),
    ...(paragraphs.length === 0 ? ['', l10n.t('# Nothing yet.')] : []),
  ];
  const places = new Map<string, number>();
  for (const paragraph of paragraphs.reverse().sort((a, b) => b.begun.localeCompare(a.begun))) {
    lines.push('');
    places.set(paragraph.id, lines.length);
    lines.push(...paragraph.lines);
  }
  return { text: `${lines.join('\n')}\n`, lines: places };
}

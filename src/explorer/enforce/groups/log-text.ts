/** Changes of security groups as paragraphs of the log that people read. */
import type { DeletionEntry, GroupEntry, InterfaceEntry } from '../../../aws';
import { l10n } from '../../l10n';
import { paragraphsOf, type Paragraph, type Wording } from '../log-paragraphs';
import { allRules, changeInWords, groupInWords, groupsInWords, interfaceInWords } from './words';

const OF_INTERFACES: Wording<InterfaceEntry['before'], InterfaceEntry> = {
  nameOf: interfaceInWords,
  changeOf: ({ before, sent }) => changeInWords(before.groups, sent.groups),
  readBack: ({ groups }) => groupsInWords(groups),
};

/** All that it held: nobody else keeps it. */
const OF_DELETIONS: Wording<DeletionEntry['before'], DeletionEntry> = {
  nameOf: ({ securityGroup, name }) => l10n.t('Security group: {0}', groupInWords({ id: securityGroup, name })),
  changeOf: ({ before: { was } }) => [
    l10n.t('Deleted, for good. It held:'),
    ...(was?.vpc === undefined ? [] : [`  ${l10n.t('VPC: {0}', was.vpc)}`]),
    ...(was?.description === undefined ? [] : [`  ${l10n.t('Description')}: ${was.description}`]),
    ...(was === undefined ? [] : allRules(was).map((line) => `  ${line}`)),
  ],
  isForGood: true,
  readBack: ({ exists }) => (exists ? l10n.t('it is there') : l10n.t('it is not there any more')),
};

/** Changes in their last state, in the order in which they began. */
export function groupParagraphs(entries: readonly GroupEntry[]): readonly Paragraph[] {
  const isOfInterface = (entry: GroupEntry): entry is InterfaceEntry => 'networkInterface' in entry;
  const isDeletion = (entry: GroupEntry): entry is DeletionEntry => 'securityGroup' in entry;
  return [
    ...paragraphsOf(entries.filter(isOfInterface), OF_INTERFACES),
    ...paragraphsOf(entries.filter(isDeletion), OF_DELETIONS),
  ];
}

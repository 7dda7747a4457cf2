/** Takes a change of metadata options back, in the account and region that it was made in. */
import type { ChangeEntry, ChangeResult, InstanceRecord, MetadataOptionsChange, Session } from '../../aws';
import { l10n } from '../l10n';
import { apply, isRefused, type EnforceTools } from './enforce';
import { readInstance } from './evidence';
import { changeInWords, nameOf, optionsOf, placeInWords } from './question';

type UndoTools = Pick<EnforceTools, 'aws' | 'ui' | 'show'>;

/** The log's own way to choose, which is of the library that is loaded when it is needed. */
export type Undoable = (entries: readonly ChangeEntry[], session: Session, instance: string) => readonly ChangeEntry[];

/** What goes back: every option that was sent, to what it was before. */
function goingBack({ before, sent }: ChangeEntry): MetadataOptionsChange {
  return Object.fromEntries(Object.entries(before).filter(([option]) => option in sent));
}

/** Takes back the latest change of an instance, after asking. Undefined where nothing was changed. @throws AwsFailure */
export async function undoLatest(
  tools: UndoTools,
  undoable: Undoable,
  session: Session,
  id: string,
): Promise<ChangeResult | undefined> {
  const { aws, ui } = tools;
  if (isRefused(tools, session)) return undefined;
  const [entry] = undoable(await aws.changes(), session, id);
  if (entry === undefined) {
    ui.refuse(l10n.t('The log has no change of {0} that could be taken back.', id));
    return undefined;
  }
  const found = await ui.progress(l10n.t('Looking at {0}', id), async (_report, signal) => {
    const [instance, alias] = await Promise.all([
      readInstance(aws, session, id, signal),
      aws.accountAlias(session, { signal }).catch(() => undefined),
    ]);
    return { instance, alias };
  });
  const { instance, alias } = found;
  if (instance === undefined) {
    ui.refuse(l10n.t('{0} is not in {1} of account {2} any more.', id, session.region, session.account));
    return undefined;
  }
  const answer = await ui.ask({
    message: l10n.t('Undo the change of {0}?', nameOf(instance)),
    detail: [
      ...placeInWords(session, alias, instance),
      '',
      ...changeInWords(optionsOf(instance), goingBack(entry)),
      l10n.t('It was changed by {0} at {1}.', entry.arn, entry.at),
    ].join('\n'),
    action: l10n.t('Undo'),
  });
  return answer === 'yes' ? takeBack(tools, session, entry, instance) : undefined;
}

/** Without asking: for whoever has just been told what was done. @throws AwsFailure */
export async function takeBack(
  tools: UndoTools,
  session: Session,
  entry: ChangeEntry,
  instance: InstanceRecord,
): Promise<ChangeResult> {
  return apply(tools, session, instance, l10n.t('Undoing the change of {0}', nameOf(instance)), (options) =>
    tools.aws.undoMetadataOptions(session, entry, options),
  );
}

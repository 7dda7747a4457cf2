/** Takes a change of metadata options back, in the account and region that it was made in. */
import type { ChangeEntry, ChangeResult, InstanceRecord, MetadataOptionsChange, Session } from '../../aws';
import { l10n } from '../l10n';
import { apply } from './apply';
import { prepareChange } from './change-options';
import { confirm } from './confirm';
import { isRefused, readToChange, type EnforceTools } from './enforce';
import { differing } from './options';
import { nameOf } from './question';

/** The log's own way to choose, which is of the library that is loaded when it is needed. */
export type Undoable = (entries: readonly ChangeEntry[], session: Session, instance: string) => readonly ChangeEntry[];

/** What goes back: every option that was sent, to what it was before. */
export function goingBack({ before, sent }: ChangeEntry): MetadataOptionsChange {
  return Object.fromEntries(Object.entries(before).filter(([option]) => option in sent));
}

/** Takes back the latest change of an instance, after asking. Undefined where nothing was changed. @throws AwsFailure */
export async function undoLatest(
  tools: EnforceTools,
  undoable: Undoable,
  session: Session,
  id: string,
): Promise<ChangeResult | undefined> {
  const [entry] = undoable(await tools.aws.changes(), session, id);
  if (entry !== undefined) return undoEntry(tools, session, entry);
  tools.ui.refuse(l10n.t('The log has no change of {0} that could be taken back.', id));
  return undefined;
}

/**
 * Takes one change back, after asking; with evidence, where that makes something stricter. Undefined where nothing was changed.
 * @param session of the account and the region that the change was made in
 * @throws AwsFailure
 */
export async function undoEntry(
  tools: EnforceTools,
  session: Session,
  entry: ChangeEntry,
): Promise<ChangeResult | undefined> {
  const { ui } = tools;
  const id = entry.instance;
  if (isRefused(tools, session)) return undefined;
  const found = await ui.progress(l10n.t('Looking at {0}', id), async (_report, signal) => {
    const instance = await readToChange(tools, session, id, signal);
    return instance && { instance, ...(await prepareChange(tools, session, instance, goingBack(entry), signal)) };
  });
  if (found === undefined) return undefined;
  const { instance, evidence, alias } = found;
  const change = differing(instance, goingBack(entry));
  const notes = [
    ...(Object.keys(change).length === 0 ? [l10n.t('It is as it was before already: nothing is sent.')] : []),
    l10n.t('It was changed by {0} at {1}.', entry.arn, entry.at),
  ];
  const words = { message: l10n.t('Undo the change of {0}?', nameOf(instance)), action: l10n.t('Undo') };
  const answer = await confirm(tools, { session, alias, instance, change, evidence, notes, words });
  return answer === undefined ? undefined : takeBack(tools, session, entry, instance);
}

/** Without asking: for whoever has just been told what was done. @throws AwsFailure */
export async function takeBack(
  tools: Pick<EnforceTools, 'aws' | 'ui' | 'show'>,
  session: Session,
  entry: ChangeEntry,
  instance: InstanceRecord,
): Promise<ChangeResult> {
  return apply(tools, session, instance, l10n.t('Undoing the change of {0}', nameOf(instance)), (options) =>
    tools.aws.undoMetadataOptions(session, entry, options),
  );
}

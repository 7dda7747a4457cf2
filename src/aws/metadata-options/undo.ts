/** Takes a change of metadata options back, once, in the account and region that it was made in. */
import { assertMadeIn, refused } from '../change-log/made-in';
import { chosen } from './change';
import { laterOnes, readEntries, undoable, type ChangeEntry } from './log';
import { changeOptions, type ChangeOptions, type ChangeResult, type ChangeTools } from './modify';

/**
 * Every option that the change changed becomes what it was before; the others stay as they are now.
 * @throws AwsFailure, also where it was taken back already, or where a later change of the same options stands: undoing that one first is what brings back what was
 */
export async function undoChange(
  tools: ChangeTools,
  entry: ChangeEntry,
  options: ChangeOptions = {},
): Promise<ChangeResult> {
  const { session, log } = tools;
  assertMadeIn(session, entry);
  // Another window may have been there before.
  const entries = await readEntries(log);
  const standing = undoable(entries, session, entry.instance);
  if (entries.some(({ id }) => id === entry.id) && !standing.some(({ id }) => id === entry.id)) {
    throw refused(`That change of ${entry.instance} was taken back already.`, 'Nothing was sent.');
  }
  const [later] = laterOnes(entries, entry);
  if (later) {
    throw refused(
      `${entry.instance} was changed again at ${later.at}, in the same options.`,
      'Take that later change back first.',
    );
  }
  return changeOptions(tools, entry.instance, chosen(entry.before, entry.sent), { ...options, undoes: entry.id });
}

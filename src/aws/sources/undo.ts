/** Takes a change of what new instances start from back, in the account and region that it was made in. */
import { assertMadeIn, refused } from '../change-log/made-in';
import { targetName, type SourceChange } from './change';
import { readSourceEntries, undoableSources, type SourceEntry } from './log';
import { changeSource, type SourceResult, type SourceTools } from './modify';

/**
 * What takes a change back, and what must be there still for it. Undefined where AWS has no way back. A new version of a launch template is taken back by deleting it,
 * where it is neither the default nor followed by another one.
 */
export function reverse({ target, before, sent, after }: SourceEntry): SourceChange | undefined {
  if (target.kind === 'image' || 'deleteVersion' in sent) return undefined;
  if ('newVersionFrom' in sent) {
    const made = after?.['latestVersion'];
    if (made === undefined) return undefined;
    return {
      target,
      set: { deleteVersion: made },
      expect: { latestVersion: made, defaultVersion: before['defaultVersion'] ?? '' },
    };
  }
  const names = Object.keys(sent).filter((name) => name in before);
  return {
    target,
    set: Object.fromEntries(names.map((name) => [name, before[name] ?? ''])),
    expect: Object.fromEntries(names.map((name) => [name, sent[name] ?? ''])),
  };
}

/** @throws AwsFailure, also where it was taken back already, or where something later stands in its way */
export async function undoSource(tools: SourceTools, entry: SourceEntry): Promise<SourceResult> {
  const { session, log } = tools;
  const name = targetName(entry.target);
  assertMadeIn(session, entry);
  const change = reverse(entry);
  if (change === undefined) throw refused(`AWS has no way back for that change of ${name}.`, 'Nothing was sent.');
  // Another window may have been there before.
  const standing = undoableSources(await readSourceEntries(log), session);
  if (!standing.some(({ id }) => id === entry.id)) {
    throw refused(`That change of ${name} was taken back already, or a later one stands.`, 'Nothing was sent.');
  }
  return changeSource(tools, change, entry.id);
}

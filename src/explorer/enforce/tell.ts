/** Tells what became of a change and what watching found, with what to do next at hand. */
import type { ChangeResult, InstanceRecord, Session } from '../../aws';
import { l10n } from '../l10n';
import type { EnforceTools } from './enforce';
import { canUndo, outcomeInWords } from './outcome';
import { nameOf } from './question';
import { takeBack, undoLatest, type Undoable } from './undo';
import { WATCH_MINUTES, type WatchOutcome } from './watch';
import type { Watches } from './watches';

export interface OfferUi {
  /** Tells something and offers what to do next; undefined where none of it was taken. */
  offer(message: string, actions: readonly string[]): Promise<string | undefined>;
}

export type TellTools = EnforceTools & {
  readonly ui: EnforceTools['ui'] & OfferUi;
  readonly watches: Pick<Watches, 'begin'>;
  readonly undoable: Undoable;
};

export interface Told {
  readonly session: Session;
  readonly result: ChangeResult;
}

/** Comes back when nothing more is wanted. @throws AwsFailure of what was wanted next */
export async function tell(tools: TellTools, { session, result }: Told): Promise<void> {
  const undo = l10n.t('Undo');
  const watch = l10n.t('Watch for Refused Calls');
  const actions = [...(canUndo(result) ? [undo] : []), ...(canRefuse(result) ? [watch] : [])];
  const chosen = await tools.ui.offer(outcomeInWords(result), actions);
  const { instance, entry } = result;
  if (chosen === undo) {
    await tell(tools, { session, result: await takeBack(tools, session, entry, instance) });
  } else if (chosen === watch) {
    await watchAndTell(tools, session, instance);
  }
}

/** True where calls without a token are refused that were answered before. */
function canRefuse({ state, instance, entry }: ChangeResult): boolean {
  return state === 'applied' && entry.sent.tokens === 'required' && instance.metadata.tokens === 'required';
}

/** Comes back when the watching is over and was told of. @throws AwsFailure where what was watched is to be undone and cannot be */
export async function watchAndTell(tools: TellTools, session: Session, instance: InstanceRecord): Promise<void> {
  const { ui, watches, undoable } = tools;
  const outcome = await watches.begin(session, instance.id);
  if (outcome === undefined) {
    ui.refuse(l10n.t('{0} is being watched already.', nameOf(instance)));
    return;
  }
  const message = foundInWords(outcome, instance);
  if (message === undefined) return;
  const undo = l10n.t('Undo');
  if ((await ui.offer(message, outcome.is === 'refused' ? [undo] : [])) !== undo) return;
  const result = await undoLatest(tools, undoable, session, instance.id);
  if (result !== undefined) await tell(tools, { session, result });
}

/** Undefined where nobody needs to be told: it was stopped by somebody. */
function foundInWords(outcome: WatchOutcome, instance: InstanceRecord): string | undefined {
  const name = nameOf(instance);
  switch (outcome.is) {
    case 'refused':
      return outcome.calls === 1
        ? l10n.t('One call on {0} was refused for want of a token since it is watched.', name)
        : l10n.t('{1} calls on {0} were refused for want of a token since it is watched.', name, outcome.calls);
    case 'quiet':
      return l10n.t('No call on {0} was refused in {1} minutes.', name, WATCH_MINUTES);
    case 'no-data':
      return l10n.t(
        'CloudWatch said nothing of {0} in {1} minutes: whether calls were refused is not known.',
        name,
        WATCH_MINUTES,
      );
    case 'stopped':
      return undefined;
    case 'failed':
      return l10n.t(
        'Watching {0} ended: {1}',
        name,
        outcome.error instanceof Error ? outcome.error.message : String(outcome.error),
      );
  }
}

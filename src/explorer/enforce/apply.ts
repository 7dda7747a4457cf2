/** Does what was agreed to, with the node following. */
import type { ChangeResult, InstanceRecord, Session } from '../../aws';
import { l10n } from '../l10n';
import type { EnforceTools } from './enforce';
import { readInstance } from './evidence';

export interface Applying {
  readonly signal: AbortSignal;
  readonly progress: (instance: InstanceRecord) => void;
}

/** Reads the instance where it went wrong, so that nothing is assumed. @throws AwsFailure */
export async function apply(
  { aws, ui, show }: Pick<EnforceTools, 'aws' | 'ui' | 'show'>,
  session: Session,
  instance: InstanceRecord,
  title: string,
  change: (options: Applying) => Promise<ChangeResult>,
): Promise<ChangeResult> {
  return ui.progress(title, async (report, signal) => {
    const progress = (read: InstanceRecord): void => {
      show(session, read);
      if (read.metadata.state === 'pending') report(l10n.t('pending'));
    };
    try {
      const result = await change({ signal, progress });
      show(session, result.instance);
      return result;
    } catch (error) {
      const read = await readInstance(aws, session, instance.id).catch(() => undefined);
      if (read !== undefined) show(session, read);
      throw error;
    }
  });
}

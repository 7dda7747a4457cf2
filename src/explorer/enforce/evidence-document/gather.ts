/** Gathers evidence on an instance to be looked at; nothing is asked, and nothing changed. */
import type { Session } from '../../../aws';
import { l10n } from '../../l10n';
import { readToChange, type EnforceTools } from '../enforce';
import { gatherEvidence } from '../evidence';

/** @throws AwsFailure, with the words to tell */
export async function showEvidence(tools: EnforceTools, session: Session, id: string): Promise<void> {
  const { aws, ui } = tools;
  const found = await ui.progress(l10n.t('Gathering evidence on {0}', id), async (_report, signal) => {
    const instance = await readToChange(tools, session, id, signal);
    if (instance === undefined) return undefined;
    const [evidence, alias] = await Promise.all([
      gatherEvidence(tools, session, instance, signal),
      aws.accountAlias(session, { signal }).catch(() => undefined),
    ]);
    return { evidence, alias };
  });
  if (found !== undefined) await ui.showEvidence(session, found.alias, found.evidence);
}

/** Changes any of the metadata options of one instance: what to change is chosen first, then it is the same as requiring tokens. */
import type { ChangeResult, InstanceRecord, MetadataOptionsChange, Session } from '../../aws';
import { l10n } from '../l10n';
import { apply } from './apply';
import { chooseOptions, type ChoiceUi } from './choose-options';
import { confirm } from './confirm';
import { isRefused, obstacleTo, readToChange, type EnforceTools } from './enforce';
import { gatherEvidence, type Evidence } from './evidence';
import { differing, isStricter } from './options';
import { nameOf } from './question';

export type ChangeOptionsTools = EnforceTools & { readonly ui: EnforceTools['ui'] & ChoiceUi };

/**
 * @returns what became of it; undefined where nothing was changed
 * @throws AwsFailure, with the words to tell
 */
export async function changeMetadataOptions(
  tools: ChangeOptionsTools,
  session: Session,
  id: string,
): Promise<ChangeResult | undefined> {
  const { ui, aws } = tools;
  if (isRefused(tools, session)) return undefined;
  const instance = await ui.progress(l10n.t('Looking at {0}', id), (_report, signal) =>
    readToChange(tools, session, id, signal),
  );
  if (instance === undefined) return undefined;
  const why = obstacleTo(instance);
  if (why !== undefined) {
    ui.refuse(why);
    return undefined;
  }
  const change = await chooseOptions(ui, instance);
  if (change === undefined) return undefined;
  const { evidence, alias } = await ui.progress(l10n.t('Gathering evidence on {0}', id), (report, signal) => {
    report(l10n.t('permission'));
    return prepareChange(tools, session, instance, change, signal);
  });
  const answer = await confirm(tools, { session, alias, instance, change, evidence });
  if (answer === undefined) return undefined;
  return apply(tools, session, instance, l10n.t('Changing the metadata options of {0}', nameOf(instance)), (options) =>
    aws.changeMetadataOptions(session, id, change, options),
  );
}

interface Prepared {
  readonly evidence: Evidence | undefined;
  readonly alias: string | undefined;
}

/** Evidence where something could break, and AWS's word by `DryRun` that the change would be allowed. @throws AwsFailure where it would not */
export async function prepareChange(
  tools: EnforceTools,
  session: Session,
  instance: InstanceRecord,
  wanted: MetadataOptionsChange,
  signal: AbortSignal,
): Promise<Prepared> {
  const { aws } = tools;
  const change = differing(instance, wanted);
  const isChange = Object.keys(change).length > 0;
  const [evidence, alias] = await Promise.all([
    isStricter(change) ? gatherEvidence(tools, session, instance, signal) : undefined,
    aws.accountAlias(session, { signal }).catch(() => undefined),
    isChange ? aws.checkMetadataOptions(session, instance.id, change) : undefined,
  ]);
  return { evidence, alias };
}

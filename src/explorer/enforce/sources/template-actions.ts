/** Launch templates: a new version that requires tokens, or another default. */
import type { GroupRecord, LaunchTemplateRecord, RegionSources, TemplateState } from '../../../aws';
import { l10n } from '../../l10n';
import { groupsOf, nothing, valueOf, type SourceAction, type SourceOptions } from './actions';
import { groupsInWords } from './words';

export function templateOptions(sources: RegionSources, template: LaunchTemplateRecord): SourceOptions {
  const { id, name, standard, latest, operator } = template;
  if (operator !== undefined)
    return nothing(l10n.t('{0} manages {1}: it is not for others to change.', operator, name));
  const isLatest = standard.version === latest.version;
  const isDone = standard.tokens === 'required' && latest.tokens === 'required';
  if (isDone) return nothing(l10n.t('{0} requires tokens already.', name));
  const target = { kind: 'launch-template', id, name } as const;
  const groups = valueOf(sources.groups);
  const expect = { defaultVersion: standard.version, latestVersion: latest.version };
  const instances = { name: 'tag:aws:ec2launchtemplate:id', values: [id] };
  const copyOf = (source: TemplateState, thenDefault: boolean): SourceAction => ({
    label: thenDefault
      ? l10n.t('New version of version {0} with tokens required, made the default', source.version)
      : l10n.t('New version of version {0} with tokens required, not the default', source.version),
    change: { target, expect, set: { newVersionFrom: source.version } },
    thenDefault,
    evidence: { versions: [{ template: name, state: source }], instances },
    consequences: [
      ...effectOn(groups, template, thenDefault ? ['$Latest', '$Default'] : ['$Latest']),
      ...(isLatest ||
      source === latest ||
      groups === undefined ||
      groupsOf(groups, template, (each) => each === '$Latest').length === 0
        ? []
        : [l10n.t('Version {0} is no longer the latest then.', latest.version)]),
    ],
  });
  const takeLatest: SourceAction = {
    label: l10n.t('Make the latest version {0} the default: it requires tokens', latest.version),
    change: { target, expect, set: { defaultVersion: latest.version } },
    evidence: { versions: [{ template: name, state: latest }], instances },
    consequences: [
      l10n.t('It may differ from version {0} in more than tokens: compare them first.', standard.version),
      ...effectOn(groups, template, ['$Default']),
    ],
  };
  const ofDefault =
    standard.tokens === 'required' ? [] : [copyOf(standard, true), ...(isLatest ? [copyOf(standard, false)] : [])];
  const ofLatest = isLatest ? [] : latest.tokens === 'required' ? [takeLatest] : [copyOf(latest, false)];
  return { actions: [...ofDefault, ...ofLatest] };
}

/** What groups make of it: those that follow take it with the next instance, those that name a number never. */
function effectOn(
  groups: readonly GroupRecord[] | undefined,
  template: LaunchTemplateRecord,
  followed: readonly string[],
): readonly string[] {
  if (groups === undefined) return [l10n.t('Which Auto Scaling groups use it could not be read.')];
  const own = (isWanted: (version: string) => boolean) => groupsInWords(groupsOf(groups, template, isWanted));
  const follow = own((version) => followed.includes(version));
  const waiting = own((version) => version.startsWith('$') && !followed.includes(version));
  const numbered = own((version) => !version.startsWith('$'));
  return [
    ...(follow === '' ? [] : [l10n.t('Auto Scaling: new instances of {0} start from it at once.', follow)]),
    ...(waiting === ''
      ? []
      : [l10n.t('Auto Scaling: new instances of {0} start from the default version, as before.', waiting)]),
    ...(numbered === ''
      ? []
      : [l10n.t('Auto Scaling: version named by number, so that an update of its own is needed: {0}.', numbered)]),
    l10n.t('Instances that are there stay as they are.'),
  ];
}

/** The sources of a region as a list to choose from. */
import type { GroupRecord, LaunchTemplateRecord, RegionSources } from '../../../aws';
import { present } from '../../kinds/words';
import { l10n } from '../../l10n';
import type { Choice } from '../choose-options';
import { groupsOf, stateOf, type SourceOptions } from './actions';
import { defaultOptions, enforcementOptions } from './default-actions';
import { groupOptions } from './group-actions';
import { imageOptions } from './image-actions';
import { templateOptions } from './template-actions';
import { defaultInWords, groupsInWords, groupVersionInWords, tokensInWords, versionInWords } from './words';

export interface SourceItem extends Choice {
  /** What it is listed under. */
  readonly heading: string;
  readonly options: SourceOptions;
}

const DONE = '$(pass)';
const TO_DO = '$(shield)';
const NOT_KNOWN = '$(question)';
const iconOf = (isDone: boolean): string => (isDone ? DONE : TO_DO);

/** Why a list is not there, as an item that says so. */
function unreadItem(heading: string, failure: { readonly message: string }): SourceItem {
  const label = `${NOT_KNOWN} ${l10n.t('could not be read')}`;
  return { heading, label, detail: failure.message, options: { actions: [], why: failure.message } };
}

export function itemsOf(sources: RegionSources): readonly SourceItem[] {
  return [...defaultItems(sources), ...templateItems(sources), ...groupItems(sources), ...imageItems(sources)];
}

function defaultItems(sources: RegionSources): readonly SourceItem[] {
  const heading = l10n.t('Account');
  if (sources.defaults.is === 'failed') return [unreadItem(heading, sources.defaults.failure)];
  const { value } = sources.defaults;
  const manager =
    value.managedBy === 'declarative-policy' ? l10n.t('set by a declarative policy of the organization') : undefined;
  return [
    {
      heading,
      label: `${iconOf(value.tokens === 'required')} ${l10n.t('Default for new instances')}`,
      description: defaultInWords(value),
      detail: manager ?? l10n.t('Decides where neither the launch nor its launch template says anything'),
      options: defaultOptions(sources),
    },
    {
      heading,
      label: `${iconOf(value.enforced)} ${l10n.t('Enforcement')}`,
      description: value.enforced ? l10n.t('on') : l10n.t('off'),
      detail: manager ?? l10n.t('On, a launch that would leave tokens optional fails'),
      options: enforcementOptions(sources),
    },
  ];
}

function templateItems(sources: RegionSources): readonly SourceItem[] {
  const heading = l10n.t('Launch templates');
  if (sources.templates.is === 'failed') return [unreadItem(heading, sources.templates.failure)];
  const groups = sources.groups.is === 'read' ? sources.groups.value : [];
  return sources.templates.value.map((template) => {
    const { standard, latest, name } = template;
    const isLatest = standard.version === latest.version;
    const own = groupsOf(groups, template, () => true);
    const isDone = standard.tokens === 'required' && latest.tokens === 'required';
    return {
      heading,
      label: `${iconOf(isDone)} ${name}`,
      description: isLatest
        ? versionInWords(standard)
        : l10n.t('default {0} · latest {1}', versionInWords(standard), versionInWords(latest)),
      ...(own.length === 0 ? {} : { detail: l10n.t('Auto Scaling: {0}', groupsInWords(own)) }),
      options: templateOptions(sources, template),
    };
  });
}

function groupItems(sources: RegionSources): readonly SourceItem[] {
  const heading = l10n.t('Auto Scaling groups');
  if (sources.groups.is === 'failed') return [unreadItem(heading, sources.groups.failure)];
  const templates = sources.templates.is === 'read' ? sources.templates.value : [];
  return sources.groups.value.map((group) => {
    const tokens = tokensOf(group, templates);
    return {
      heading,
      label: `${tokens === 'not-known' ? NOT_KNOWN : iconOf(tokens === 'required')} ${group.name}`,
      description: present([
        ...group.templates.slice(0, 1).map((each) => `${each.name ?? each.id ?? ''}, ${groupVersionInWords(each)}`),
        group.configuration === undefined ? undefined : l10n.t('launch configuration {0}', group.configuration),
        tokens === 'not-known' ? undefined : tokensInWords(tokens),
      ]).join(' · '),
      detail: followsInWords(group),
      options: groupOptions(sources, group),
    };
  });
}

/** Whether a group takes a new version by itself. */
function followsInWords({ uses, templates }: GroupRecord): string {
  if (uses === 'configuration') return l10n.t('A launch configuration cannot be changed');
  if (uses === 'mixed') return l10n.t('A policy of mixed instances names its versions');
  switch (templates[0]?.version) {
    case '$Latest':
      return l10n.t('Takes a new version at once ($Latest)');
    case '$Default':
      return l10n.t('Takes a new default at once ($Default)');
    default:
      return l10n.t('Names its version by number: a new one takes an update of the group');
  }
}

function tokensOf(
  { templates: own }: GroupRecord,
  known: readonly LaunchTemplateRecord[],
): 'optional' | 'required' | undefined | 'not-known' {
  const [first] = own;
  const template = known.find((each) => each.id === first?.id || each.name === first?.name);
  if (first === undefined || template === undefined) return 'not-known';
  const state = stateOf(template, first.version);
  return state === undefined ? 'not-known' : state.tokens;
}

function imageItems(sources: RegionSources): readonly SourceItem[] {
  const heading = l10n.t('Images of this account');
  if (sources.images.is === 'failed') return [unreadItem(heading, sources.images.failure)];
  return sources.images.value.map((image) => ({
    heading,
    label: `${iconOf(image.saysV2)} ${image.name ?? image.id}`,
    description: present([
      image.name === undefined ? undefined : image.id,
      image.saysV2 ? 'ImdsSupport v2.0' : l10n.t('says nothing of tokens'),
      image.isPublic ? l10n.t('public') : undefined,
    ]).join(' · '),
    options: imageOptions(sources, image),
  }));
}

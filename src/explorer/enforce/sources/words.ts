/** Sources of new instances in words. */
import type { GroupRecord, GroupTemplate, MetadataDefaults, Settings, SourceTarget, TemplateState } from '../../../aws';
import { l10n } from '../../l10n';

export type Tokens = 'optional' | 'required' | undefined;

export function tokensInWords(tokens: Tokens): string {
  switch (tokens) {
    case 'required':
      return l10n.t('tokens required');
    case 'optional':
      return l10n.t('tokens optional');
    case undefined:
      return l10n.t('says nothing of tokens');
  }
}

/** `version 3: tokens optional` */
export function versionInWords({ version, tokens, endpoint }: TemplateState): string {
  const off = endpoint === 'disabled' ? `, ${l10n.t('no metadata')}` : '';
  return `${l10n.t('version {0}', version)}: ${tokensInWords(tokens)}${off}`;
}

/** What decides where neither the launch nor its template says anything. */
export function defaultInWords({ tokens, hopLimit }: MetadataDefaults): string {
  const hops = hopLimit === undefined ? '' : `, ${l10n.t('hop limit {0}', hopLimit)}`;
  return `${tokens === undefined ? l10n.t('no preference: the image decides, or tokens are optional') : tokensInWords(tokens)}${hops}`;
}

export function groupVersionInWords({ version }: GroupTemplate): string {
  switch (version) {
    case '$Default':
      return l10n.t('the default version');
    case '$Latest':
      return l10n.t('the latest version');
    default:
      return l10n.t('version {0}', version);
  }
}

export function groupsInWords(groups: readonly Pick<GroupRecord, 'name'>[]): string {
  return groups.map(({ name }) => name).join(', ');
}

export function targetInWords(target: SourceTarget): string {
  switch (target.kind) {
    case 'account-default':
      return l10n.t('Account default');
    case 'launch-template':
      return l10n.t('Launch template {0} ({1})', target.name, target.id);
    case 'auto-scaling-group':
      return l10n.t('Auto Scaling group {0}', target.name);
    case 'image':
      return target.name === undefined
        ? l10n.t('Image {0}', target.id)
        : l10n.t('Image {0} ({1})', target.name, target.id);
  }
}

function settingName(name: string): string {
  switch (name) {
    case 'tokens':
      return l10n.t('Tokens');
    case 'hopLimit':
      return l10n.t('Hop limit');
    case 'endpoint':
      return l10n.t('Metadata service');
    case 'instanceTags':
      return l10n.t('Tags in metadata');
    case 'enforced':
      return l10n.t('Enforcement (HttpTokensEnforced)');
    case 'defaultVersion':
      return l10n.t('Default version');
    case 'version':
      return l10n.t('Version of its launch template');
    case 'imdsSupport':
      return l10n.t('ImdsSupport');
    default:
      return name;
  }
}

const valueInWords = (value: string | number | undefined): string =>
  value === -1 ? 'no-preference' : String(value ?? l10n.t('unknown'));

/** A line for each setting: what it is, and what it becomes. */
export function settingsInWords(before: Settings, set: Settings): readonly string[] {
  return Object.entries(set).map(([name, value]) => {
    if (name === 'newVersionFrom') return l10n.t('A new version, a copy of version {0} with tokens required', value);
    if (name === 'deleteVersion') return l10n.t('Version {0} is deleted', value);
    return `${settingName(name)}: ${valueInWords(before[name])} → ${valueInWords(value)}`;
  });
}

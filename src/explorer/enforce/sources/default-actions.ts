/** The account's default for new instances, and its enforcement. */
import type { GroupRecord, LaunchTemplateRecord, MetadataDefaults, RegionSources } from '../../../aws';
import { l10n } from '../../l10n';
import {
  groupsOf,
  nothing,
  stateOf,
  valueOf,
  type EvidenceSubject,
  type SourceAction,
  type SourceOptions,
} from './actions';
import { groupsInWords } from './words';

/** Why the account's default cannot be changed by the account; undefined where it can. */
function managedElsewhere({ managedBy, exception }: MetadataDefaults): string | undefined {
  if (managedBy !== 'declarative-policy') return undefined;
  const why = l10n.t('A declarative policy of the organization sets the account default: it cannot be changed here.');
  return exception === undefined || exception === '' ? why : `${why} ${exception}`;
}

/** Versions that leave it to the account's default. */
function undecided(templates: readonly LaunchTemplateRecord[]): EvidenceSubject['versions'] {
  return templates.flatMap(({ name, standard, latest }) => {
    const versions = latest.version === standard.version ? [standard] : [standard, latest];
    return versions.filter(({ tokens }) => tokens === undefined).map((state) => ({ template: name, state }));
  });
}

export function defaultOptions(sources: RegionSources): SourceOptions {
  if (sources.defaults.is === 'failed') return nothing(sources.defaults.failure.message);
  const now = sources.defaults.value;
  const elsewhere = managedElsewhere(now);
  if (elsewhere !== undefined) return nothing(elsewhere);
  if (now.tokens === 'required') return nothing(l10n.t('The account default requires tokens already.'));
  const target = { kind: 'account-default' } as const;
  const expect = { tokens: now.tokens ?? 'no-preference', hopLimit: now.hopLimit ?? -1 };
  const versions = undecided(valueOf(sources.templates) ?? []);
  const shared = {
    target,
    expect,
    evidence: { versions },
    consequences: [
      l10n.t('It decides for new instances where neither the launch nor its launch template says anything.'),
      l10n.t('Instances that are there stay as they are; a launch that asks for optional tokens still gets them.'),
    ],
  };
  const hops = now.hopLimit === undefined || now.hopLimit === 1;
  return {
    actions: [
      {
        label: l10n.t('Require tokens by default'),
        change: { target, expect, set: { tokens: 'required' } },
        ...pick(shared),
      },
      ...(hops
        ? [
            {
              label: l10n.t('Require tokens by default, with hop limit 2 for containers'),
              change: { target, expect, set: { tokens: 'required', hopLimit: 2 } },
              ...pick(shared),
            },
          ]
        : []),
    ],
  };
}

const pick = ({ evidence, consequences }: Pick<SourceAction, 'evidence' | 'consequences'>) => ({
  evidence,
  consequences,
});

/** With enforcement a launch that would end up without required tokens fails (EC2 User Guide, "Enforce IMDSv2 at the account level"). */
export function enforcementOptions(sources: RegionSources): SourceOptions {
  if (sources.defaults.is === 'failed') return nothing(sources.defaults.failure.message);
  const now = sources.defaults.value;
  const elsewhere = managedElsewhere(now);
  if (elsewhere !== undefined) return nothing(elsewhere);
  if (now.enforced) return nothing(l10n.t('Launches without required tokens are refused already.'));
  const templates = valueOf(sources.templates);
  const groups = valueOf(sources.groups) ?? [];
  const failures = (templates ?? []).flatMap((template) => failuresOf(template, groups));
  const set = now.tokens === 'required' ? { enforced: 'enabled' } : { tokens: 'required', enforced: 'enabled' };
  return {
    actions: [
      {
        label: l10n.t('Refuse launches without required tokens'),
        change: { target: { kind: 'account-default' }, set, expect: { tokens: now.tokens ?? 'no-preference' } },
        before: { enforced: 'disabled' },
        evidence: { versions: undecided(templates ?? []), failures },
        consequences: [
          l10n.t(
            'A launch that would leave tokens optional FAILS: by anybody, by any group, template or tool, in this region.',
          ),
          l10n.t('No instance of the region can go back to IMDSv1, so that undoing on an instance fails, too.'),
          l10n.t('Instances that are there with optional tokens stay as they are.'),
        ],
        grave: l10n.t('Launches will fail'),
      },
    ],
  };
}

/** Versions that ask for optional tokens, and the groups that start instances from them. */
function failuresOf(template: LaunchTemplateRecord, groups: readonly GroupRecord[]): readonly string[] {
  const { name, standard, latest } = template;
  const versions = latest.version === standard.version ? [standard] : [standard, latest];
  return versions
    .filter(({ tokens }) => tokens === 'optional')
    .map(({ version }) => {
      const own = groupsOf(groups, template, (each) => stateOf(template, each)?.version === version);
      const asks = l10n.t('Launch template {0} asks for optional tokens in version {1}.', name, version);
      return own.length === 0
        ? asks
        : `${asks} ${l10n.t('No new instance of {0} starts any more.', groupsInWords(own))}`;
    });
}

/** Auto Scaling groups: those that follow their launch template need nothing, those that name a number another one. */
import type { GroupRecord, RegionSources } from '../../../aws';
import { l10n } from '../../l10n';
import { nothing, stateOf, valueOf, type SourceOptions } from './actions';
import { templateOptions } from './template-actions';

export function groupOptions(sources: RegionSources, group: GroupRecord): SourceOptions {
  const { name, uses, templates, configuration } = group;
  if (uses === 'configuration') {
    return nothing(
      l10n.t(
        '{0} uses the launch configuration {1}, which cannot be changed: move it to a launch template.',
        name,
        configuration ?? '',
      ),
    );
  }
  const known = valueOf(sources.templates);
  if (known === undefined) return nothing(l10n.t('Launch templates could not be read.'));
  const [first] = templates;
  const template = known.find((each) => each.id === first?.id || each.name === first?.name);
  if (first === undefined || template === undefined)
    return nothing(l10n.t('{0} names no launch template that is there.', name));
  if (uses === 'mixed' && !first.version.startsWith('$')) {
    return nothing(
      l10n.t('{0} has a policy of mixed instances, which names its versions: change it where it is written.', name),
    );
  }
  if (stateOf(template, first.version)?.tokens === 'required') {
    return nothing(l10n.t('{0} starts instances that require tokens already.', name));
  }
  // What it follows is to be changed, and it takes that by itself.
  if (first.version.startsWith('$')) return templateOptions(sources, template);
  const { standard, latest } = template;
  const fit = [standard, ...(latest.version === standard.version ? [] : [latest])].filter(
    ({ tokens, version }) => tokens === 'required' && version !== first.version,
  );
  if (fit.length === 0) {
    const { actions, why } = templateOptions(sources, template);
    const before = l10n.t('First its launch template; then choose {0} again.', name);
    return {
      actions: actions.map((action) => ({ ...action, consequences: [before, ...action.consequences] })),
      ...(why === undefined ? {} : { why }),
    };
  }
  return {
    actions: fit.map((state) => ({
      label: l10n.t('Start new instances from version {0} of {1}, which requires tokens', state.version, template.name),
      change: {
        target: { kind: 'auto-scaling-group', name },
        set: { version: state.version },
        expect: { version: first.version },
      },
      evidence: {
        versions: [{ template: template.name, state }],
        instances: { name: 'tag:aws:autoscaling:groupName', values: [name] },
      },
      consequences: [
        l10n.t('It may differ from version {0} in more than tokens: compare them first.', first.version),
        l10n.t('Its {0} instances stay as they are until they are replaced.', group.instances),
      ],
    })),
  };
}

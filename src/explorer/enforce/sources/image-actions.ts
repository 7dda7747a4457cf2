/** Images of one's own: that they say of themselves that they need tokens, for good. */
import type { OwnImageRecord, RegionSources } from '../../../aws';
import { l10n } from '../../l10n';
import { nothing, valueOf, type SourceOptions } from './actions';

export function imageOptions(sources: RegionSources, image: OwnImageRecord): SourceOptions {
  const { id, name, saysV2, isPublic } = image;
  if (saysV2) return nothing(l10n.t('{0} says ImdsSupport v2.0 already.', id));
  const versions = (valueOf(sources.templates) ?? []).flatMap((template) =>
    [template.standard, ...(template.latest.version === template.standard.version ? [] : [template.latest])]
      .filter((state) => state.image === id)
      .map((state) => ({ template: template.name, state })),
  );
  return {
    actions: [
      {
        label: l10n.t('Say of {0} that it needs tokens, for good', id),
        change: {
          target: { kind: 'image', id, name },
          set: { imdsSupport: 'v2.0' },
          expect: { imdsSupport: 'unsaid' },
        },
        evidence: { versions, instances: { name: 'image-id', values: [id] } },
        consequences: [
          l10n.t('Instances started from it require tokens and get a hop limit of 2, where nothing else is said.'),
          l10n.t('This CANNOT BE UNDONE: AWS has no way back but a new image of the same snapshot.'),
          ...(isPublic ? [l10n.t('The image is public: it concerns everybody who starts instances from it.')] : []),
        ],
        grave: l10n.t('This cannot be undone'),
      },
    ],
  };
}

/** Part of the facade, for resources that no document holds: a live account. */
import { checkResources, resourceFindings } from './check-resources';
import { resourceGraph } from './ec2/graph';
import type { Resource } from './ec2/model';
import type { Finding } from './finding';
import { DEFAULT_SETTINGS, type Settings } from './settings';

/**
 * What the rules say of these resources, taken together, in the order of the rules. Ranges are those of the resources given. A rule that threw has no findings
 * here.
 */
export function judgeResources(
  resources: readonly Resource[],
  settings: Settings = DEFAULT_SETTINGS,
): readonly Finding[] {
  const { results } = checkResources({ programs: [], elsewhere: () => [], graph: resourceGraph(resources) }, settings);
  return results.flatMap((result) => resourceFindings(result, settings));
}

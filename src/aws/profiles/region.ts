/** Which region a profile leads to, and by what. */
import type { RegionSource } from './explanation';
import type { Environment, SharedConfig } from './files';

/** What the SDK falls back to for STS, and most tools for all. */
const FALLBACK = 'us-east-1';

/**
 * The order of the SDK: `AWS_REGION`, then the profile. `AWS_DEFAULT_REGION`, which only the CLI reads, comes between.
 */
export function regionOf(profile: string, config: SharedConfig, env: Environment): RegionSource {
  const written = config.data.get(profile)?.['region'];
  const passedOver = (by: string): string =>
    written === undefined || by === written ? '' : `, which overrides ${written} of the profile ${profile}`;
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const region = env[name];
    if (region)
      return { region, message: `${region}, from ${name} in the environment${passedOver(region)}.`, isSet: true };
  }
  if (written !== undefined) {
    const place = config.placeOf(profile, 'region');
    return {
      region: written,
      message: `${written}, from the profile ${profile}.`,
      isSet: true,
      ...(place ? { place } : {}),
    };
  }
  return {
    region: FALLBACK,
    message: `Nothing sets a region for ${profile}; ${FALLBACK} is what is fallen back to.`,
    isSet: false,
  };
}

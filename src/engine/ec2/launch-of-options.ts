import type { Datum } from './datum';
import type { LaunchSettings, ResourceBase } from './model';

/** A launch of which nothing is known but its metadata options: a command that changes these, an instance that lives for minutes. */
export function launchOfOptions(
  base: ResourceBase,
  metadataOptions: LaunchSettings['metadataOptions'],
  unknown: Datum,
): LaunchSettings {
  return {
    ...base,
    metadataOptions,
    instanceType: unknown,
    imageId: unknown,
    imageNames: [],
    keyName: unknown,
    instanceProfile: unknown,
    securityGroups: unknown,
    publicAddress: unknown,
    subnet: unknown,
    blockDevices: [],
    hasUserData: false,
  };
}

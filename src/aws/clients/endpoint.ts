/** Where requests go when a profile says so: `endpoint_url`, as documented in the AWS SDKs and Tools Reference Guide, "Service-specific endpoints". */
import { CONFIG_PREFIX_SEPARATOR, loadConfig } from '@smithy/core/config';
import { sdkFiles } from '../profiles/files';
import type { ProfileFiles } from '../profiles/profile';

/** By `serviceId` of the API's model. */
export type ServiceId = 'EC2' | 'STS' | 'IAM' | 'CloudWatch' | 'SSM' | 'Auto Scaling';

type ConfigurationOf<T> = Parameters<typeof loadConfig<T>>[1];

/**
 * The endpoint that the environment or the profile sets for a service, by the SDK's own reader. The SDK's clients ask the profile of the environment, whatever profile
 * they are for (client-ec2 3.1162.0), so that one profile's requests could reach another one's endpoint; hence each client is told.
 */
export async function endpointOf(
  service: ServiceId,
  profile: string,
  files: ProfileFiles,
): Promise<string | undefined> {
  const configuration: ConfigurationOf<string> = { profile, ...sdkFiles(files) };
  const name = service.replaceAll(' ', '_');
  const isIgnored = await loadConfig(
    {
      environmentVariableSelector: (env) => env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'],
      configFileSelector: (settings) => settings['ignore_configured_endpoint_urls'],
      default: 'false',
    },
    configuration,
  )();
  if (isIgnored.toLowerCase() === 'true') return undefined;
  const found = await loadConfig(
    {
      environmentVariableSelector: (env) => env[`AWS_ENDPOINT_URL_${name.toUpperCase()}`] ?? env['AWS_ENDPOINT_URL'],
      configFileSelector: (settings, file) => {
        const services = settings['services'];
        const section = services === undefined ? undefined : file?.[`services${CONFIG_PREFIX_SEPARATOR}${services}`];
        return section?.[`${name.toLowerCase()}${CONFIG_PREFIX_SEPARATOR}endpoint_url`] ?? settings['endpoint_url'];
      },
      default: '',
    },
    configuration,
  )();
  return found === '' ? undefined : found;
}

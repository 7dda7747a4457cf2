/** Credentials that are there without a profile: of the environment, of the container, of the instance that this runs on. */
import { readFile } from 'node:fs/promises';
import type { Environment } from './files';
import { hasKeysInEnvironment } from './problem';
import { ambientName, type Profile } from './profile';

export type AmbientKind = 'environment' | 'container' | 'instance';

export function ambientKind(profile: string): AmbientKind | undefined {
  return (['environment', 'container', 'instance'] as const).find((kind) => profile === ambientName(kind));
}

export function isInContainer(env: Environment): boolean {
  return Boolean(env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI']) || Boolean(env['AWS_CONTAINER_CREDENTIALS_FULL_URI']);
}

/** Set by Lambda, EKS and people: a token to take a role on with. */
export function hasTokenInEnvironment(env: Environment): boolean {
  return Boolean(env['AWS_WEB_IDENTITY_TOKEN_FILE']) && Boolean(env['AWS_ROLE_ARN']);
}

async function startsWith(file: string, text: string): Promise<boolean> {
  const content = await readFile(file, 'utf8').catch(() => '');
  return content.toLowerCase().startsWith(text);
}

/**
 * True on an EC2 instance, by what its hardware says (EC2 User Guide, "Detect whether a host is an EC2 instance"), so that no other network is asked for
 * metadata. On Windows nobody is asked, and it is false unless a metadata endpoint is set.
 */
export async function isOnInstance(env: Environment): Promise<boolean> {
  if (env['AWS_EC2_METADATA_DISABLED']?.toLowerCase() === 'true') return false;
  if (env['AWS_EC2_METADATA_SERVICE_ENDPOINT']) return true;
  const [nitro, xen] = await Promise.all([
    startsWith('/sys/devices/virtual/dmi/id/sys_vendor', 'amazon ec2'),
    startsWith('/sys/hypervisor/uuid', 'ec2'),
  ]);
  return nitro || xen;
}

export async function ambientProfiles(env: Environment): Promise<readonly Profile[]> {
  const found: AmbientKind[] = [];
  if (hasKeysInEnvironment(env)) found.push('environment');
  if (isInContainer(env)) found.push('container');
  if (await isOnInstance(env)) found.push('instance');
  const region = env['AWS_REGION'];
  return found.map((kind) => ({ name: ambientName(kind), kind, region, places: [], notes: [] }));
}

/** Who carries a plan out. */
import { ambientName, type Aws, type Session } from '../../aws';
import type { Surroundings } from '../surroundings';

/** The profile that is named, or what the AWS CLI and the SDK would use here without a name. */
async function profileOf(aws: Aws, named: string | undefined, env: Surroundings['env']): Promise<string> {
  if (named !== undefined) return named;
  const { chain } = await aws.explain(undefined);
  const used = chain.find(({ state }) => state === 'used') ?? chain.find(({ state }) => state === 'unknown');
  switch (used?.provider) {
    case 'environment':
    case 'container':
    case 'instance':
      return ambientName(used.provider);
    default:
      return env['AWS_PROFILE'] ?? 'default';
  }
}

/** @throws AwsFailure where nobody can be connected */
export async function connect(aws: Aws, named: string | undefined, env: Surroundings['env']): Promise<Session> {
  return aws.connect(await profileOf(aws, named, env));
}

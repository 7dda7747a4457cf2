/** Every profile as a list. */
import { ambientProfiles } from './ambient';
import { mfaSerialOf, profileChain } from './chain';
import type { SharedConfig } from './files';
import { accountOfArn, isSso, kindOf } from './kind';
import { notesOf } from './notes';
import { problemOf, type Circumstances } from './problem';
import type { Profile, ProfileList } from './profile';

export async function listProfiles(config: SharedConfig, circumstances: Circumstances): Promise<ProfileList> {
  const named = await Promise.all(config.profiles.map((name) => describeProfile(name, config, circumstances)));
  const ambient = await ambientProfiles(circumstances.env);
  return { profiles: [...named, ...ambient], files: config.files, problems: config.problems };
}

export async function describeProfile(
  name: string,
  config: SharedConfig,
  circumstances: Circumstances,
): Promise<Profile> {
  const data = config.data.get(name) ?? {};
  const kind = kindOf(data);
  const roleArn = kind === 'role' || kind === 'web-identity' ? data['role_arn'] : undefined;
  const account = accountOfArn(roleArn) ?? (isSso(data) ? data['sso_account_id'] : undefined);
  const mfaSerial = mfaSerialOf(profileChain(name, config));
  const problem = await problemOf(name, config, circumstances);
  return {
    name,
    kind,
    region: data['region'],
    places: config.places(name),
    notes: notesOf(name, data, config),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(account === undefined ? {} : { account }),
    ...(mfaSerial === undefined ? {} : { mfaSerial }),
    ...(problem ? { problem } : {}),
  };
}

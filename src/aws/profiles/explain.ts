/** Why an identity is what it is, from the files and the environment alone. */
import { ambientKind, hasTokenInEnvironment, isInContainer, isOnInstance, type AmbientKind } from './ambient';
import { keysWithMfa, profileChain, type Link } from './chain';
import type { ChainStep, IdentityExplanation, RoleStep } from './explanation';
import type { SharedConfig } from './files';
import { kindOf, takesRole } from './kind';
import { notesOf } from './notes';
import { hasKeysInEnvironment, problemOf, type Circumstances } from './problem';
import type { Place, ProfileKind, ProfileProblem } from './profile';
import { regionOf } from './region';

/** For a profile by name, which decides by itself; ambient entries by their name in brackets; undefined for what is used without a name. */
export async function explainIdentity(
  profile: string | undefined,
  config: SharedConfig,
  circumstances: Circumstances,
): Promise<IdentityExplanation> {
  const ambient = profile === undefined ? undefined : ambientKind(profile);
  if (ambient !== undefined) return explainAmbient(ambient, config, circumstances);
  if (profile !== undefined) return explainNamed(profile, config, circumstances);
  return explainDefault(config, circumstances);
}

const PROVIDERS: Readonly<Record<ProfileKind, ChainStep['provider']>> = {
  static: 'profile',
  'session-token': 'profile',
  role: 'role',
  process: 'process',
  sso: 'sso',
  'sso-legacy': 'sso',
  'web-identity': 'web-identity',
  login: 'login',
  environment: 'environment',
  container: 'container',
  instance: 'instance',
  none: 'profile',
};

function step(provider: ChainStep['provider'], state: ChainStep['state'], message: string, place?: Place): ChainStep {
  return { provider, state, message, ...(place ? { place } : {}) };
}

async function explainNamed(
  profile: string,
  config: SharedConfig,
  circumstances: Circumstances,
): Promise<IdentityExplanation> {
  const { env } = circumstances;
  const problem = await problemOf(profile, config, circumstances);
  const own = profileStep(profile, config, problem);
  const passedOver = 'is passed over, because a profile is named.';
  const chain = [
    hasKeysInEnvironment(env)
      ? step('environment', 'overridden', `AWS_ACCESS_KEY_ID in the environment ${passedOver}`)
      : step('environment', 'absent', 'The environment has no keys.'),
    own,
    isInContainer(env)
      ? step('container', 'overridden', `The role of the container ${passedOver}`)
      : step('container', 'absent', 'This is no container with a role.'),
    (await isOnInstance(env))
      ? step('instance', 'overridden', `The role of this instance ${passedOver}`)
      : step('instance', 'absent', 'This is no EC2 instance.'),
  ];
  return {
    profile,
    summary: problem ? problem.message : own.message,
    chain,
    roles: rolesOf(profile, config),
    region: regionOf(profile, config, env),
    notes: notesOf(profile, config.data.get(profile) ?? {}, config),
    ...(problem ? { problem } : {}),
  };
}

const AMBIENT: Readonly<Record<AmbientKind, string>> = {
  environment: 'Keys of the environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  container: 'The role of the container: AWS_CONTAINER_CREDENTIALS_… in the environment.',
  instance: 'The role of the instance that this runs on, from its metadata service.',
};

function explainAmbient(kind: AmbientKind, config: SharedConfig, { env }: Circumstances): IdentityExplanation {
  return {
    profile: `(${kind})`,
    summary: AMBIENT[kind],
    chain: [step(kind, 'used', AMBIENT[kind])],
    roles: [],
    region: regionOf(env['AWS_PROFILE'] ?? 'default', config, env),
    notes: [],
  };
}

/** The CLI's chain without `--profile` (AWS CLI User Guide, "Configuration settings and precedence"). */
async function explainDefault(config: SharedConfig, circumstances: Circumstances): Promise<IdentityExplanation> {
  const { env } = circumstances;
  const chosen = env['AWS_PROFILE'] ?? env['AWS_DEFAULT_PROFILE'];
  const profile = chosen ?? 'default';
  const exists = config.data.has(profile);
  const problem = exists || chosen !== undefined ? await problemOf(profile, config, circumstances) : undefined;
  const keys = hasKeysInEnvironment(env);
  const others: ChainStep[] = [];
  if (hasTokenInEnvironment(env))
    others.push(step('web-identity', 'used', 'AWS_WEB_IDENTITY_TOKEN_FILE in the environment takes on AWS_ROLE_ARN.'));
  // A default profile with nothing but a region is passed over; a profile that was asked for is not.
  const hasCredentials = problem?.kind !== 'no-credentials' && (exists || chosen !== undefined);
  const own = hasCredentials ? profileStep(profile, config, problem) : undefined;
  const absent = exists ? `The profile ${profile} has no credentials.` : `There is no profile ${profile}.`;
  others.push(
    own ?? step('profile', 'absent', absent),
    isInContainer(env)
      ? step('container', 'used', AMBIENT.container)
      : step('container', 'absent', 'This is no container with a role.'),
    (await isOnInstance(env))
      ? step('instance', 'used', AMBIENT.instance)
      : step('instance', 'absent', 'This is no EC2 instance.'),
  );
  const chain = settle([
    keys
      ? step('environment', 'used', AMBIENT.environment)
      : step('environment', 'absent', 'The environment has no keys.'),
    ...others,
  ]);
  const winner = chain.find(({ state }) => state === 'used' || state === 'broken');
  const beaten = chain.filter(({ state }) => state === 'overridden');
  const isProfile = own !== undefined && winner === own;
  return {
    profile: undefined,
    summary: summaryOf(winner, beaten, keys && chosen !== undefined ? chosen : undefined),
    chain,
    roles: isProfile ? rolesOf(profile, config) : [],
    region: regionOf(profile, config, env),
    notes: isProfile ? notesOf(profile, config.data.get(profile) ?? {}, config) : [],
    ...(problem && isProfile ? { problem } : {}),
  };
}

/** The first that has anything wins; the others that have are overridden by it. */
function settle(steps: readonly ChainStep[]): readonly ChainStep[] {
  let winner: ChainStep | undefined;
  return steps.map((each) => {
    if (each.state !== 'used' && each.state !== 'broken') return each;
    if (winner)
      return { ...each, state: 'overridden', message: `${each.message} Overridden: what stands above comes first.` };
    winner = each;
    return each;
  });
}

function summaryOf(winner: ChainStep | undefined, beaten: readonly ChainStep[], chosen: string | undefined): string {
  if (!winner) return 'No credentials: neither the environment nor a profile nor this machine has any.';
  const names: Readonly<Partial<Record<ChainStep['provider'], string>>> = {
    instance: 'the instance role',
    container: 'the role of the container',
    'web-identity': 'the web identity',
  };
  const overridden = beaten.map(({ provider }) => names[provider] ?? 'the profile');
  const over = overridden.length === 0 ? '' : ` It overrides ${overridden.join(' and ')}.`;
  // https://docs.aws.amazon.com/sdkref: the SDK for JavaScript takes AWS_PROFILE first and warns; the CLI takes the keys.
  const differs =
    chosen === undefined
      ? ''
      : ` AWS_PROFILE names ${chosen} as well: the CLI takes the keys, the SDK for JavaScript the profile.`;
  return `${winner.message}${over}${differs}`;
}

function profileStep(profile: string, config: SharedConfig, problem: ProfileProblem | undefined): ChainStep {
  const data = config.data.get(profile);
  const [place] = config.places(profile);
  const kind = data ? kindOf(data) : 'none';
  if (problem) return step(PROVIDERS[kind], 'broken', problem.message, problem.place ?? place);
  return step(PROVIDERS[kind], 'used', `The profile ${profile} ${does({ profile, data: data ?? {} }, config)}.`, place);
}

/** What a profile does to get credentials, as the end of a sentence that begins with its name. */
function does({ profile, data }: Link, config: SharedConfig): string {
  switch (kindOf(data)) {
    case 'role':
      return data['source_profile'] === undefined
        ? `takes on ${data['role_arn'] ?? ''} with credentials of ${data['credential_source'] ?? ''}`
        : `takes on ${data['role_arn'] ?? ''} by way of the profile ${data['source_profile']}`;
    case 'static':
      return keysWithMfa(profileChain(profile, config))
        ? 'has access keys, and asks for a session with a code'
        : 'has access keys';
    case 'session-token':
      return 'has the keys of a session';
    case 'process':
      return 'runs a program that gives credentials (credential_process)';
    case 'sso':
      return `logs in by the sso-session ${data['sso_session'] ?? ''} as ${data['sso_role_name'] ?? 'a role'} in ${data['sso_account_id'] ?? 'an account'}`;
    case 'sso-legacy':
      return `logs in by SSO as ${data['sso_role_name'] ?? 'a role'} in ${data['sso_account_id'] ?? 'an account'}`;
    case 'web-identity':
      return `takes on ${data['role_arn'] ?? ''} with the token in ${data['web_identity_token_file'] ?? ''}`;
    case 'login':
      return 'uses the login of aws login';
    case 'none':
    case 'environment':
    case 'container':
    case 'instance':
      return 'has no settings that give credentials';
  }
}

function rolesOf(profile: string, config: SharedConfig): readonly RoleStep[] {
  return profileChain(profile, config).links.map((link, index) => {
    const { data } = link;
    // A source with keys of its own is asked for those, whatever else it names.
    const isRole = takesRole(data) && !(index > 0 && data['aws_access_key_id'] !== undefined);
    const message =
      isRole || index === 0 ? does(link, config) : does({ ...link, data: { ...data, role_arn: undefined } }, config);
    const [place] = config.places(link.profile);
    const mfaSerial = data['mfa_serial'];
    return {
      profile: link.profile,
      message,
      ...(isRole && data['role_arn'] !== undefined ? { roleArn: data['role_arn'] } : {}),
      ...(mfaSerial === undefined ? {} : { mfaSerial }),
      ...(place ? { place } : {}),
    };
  });
}

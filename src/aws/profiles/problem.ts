/** Why a profile cannot work, found without asking anybody: what the SDK would only say in terms of its own. */
import { access } from 'node:fs/promises';
import { profileChain, type Link } from './chain';
import type { Environment, SharedConfig } from './files';
import { hasKeys, kindOf, takesRole, writtenExpiry } from './kind';
import type { ProblemKind, ProfileProblem } from './profile';
import { consoleLogin, ssoLogin, type Login } from './tokens';

export interface Circumstances {
  readonly env: Environment;
  readonly now: Date;
}

const SOURCES = ['Environment', 'Ec2InstanceMetadata', 'EcsContainer'];

/** The first thing that keeps a profile from working, or undefined where nothing is known to. */
export async function problemOf(
  profile: string,
  config: SharedConfig,
  circumstances: Circumstances,
): Promise<ProfileProblem | undefined> {
  const chain = profileChain(profile, config);
  for (const link of chain.links) {
    const isSource = link !== chain.links[0] && hasKeys(link.data);
    const found = isSource ? undefined : contradictionOf(link, config);
    if (found) return found;
  }
  const last = chain.links.at(-1);
  if (!last) return problem('missing-source', `There is no profile ${profile}.`);
  if (chain.end === 'cycle') {
    const names = [...chain.links.map((link) => link.profile), chain.leadsTo].join(' → ');
    return problem('cycle', `The profiles draw on each other in a circle: ${names}.`, config, last, 'source_profile');
  }
  if (chain.end === 'missing') {
    const message = `${last.profile} takes its credentials from the profile ${chain.leadsTo ?? ''}, which does not exist.`;
    return problem('missing-source', message, config, last, 'source_profile');
  }
  return endProblem(last, config, circumstances);
}

function problem(
  kind: ProblemKind,
  message: string,
  config?: SharedConfig,
  link?: Link,
  setting?: string,
): ProfileProblem {
  const place =
    config && link
      ? ((setting === undefined ? undefined : config.placeOf(link.profile, setting)) ?? config.places(link.profile)[0])
      : undefined;
  return { kind, message, ...(place ? { place } : {}) };
}

/** Settings that contradict each other, or half of what is needed. */
function contradictionOf(link: Link, config: SharedConfig): ProfileProblem | undefined {
  const { profile, data } = link;
  const at = (kind: ProblemKind, message: string, setting: string): ProfileProblem =>
    problem(kind, message, config, link, setting);
  if (data['role_arn'] !== undefined) {
    const source = data['credential_source'];
    if (source !== undefined && data['source_profile'] !== undefined) {
      const message = `${profile} has both source_profile and credential_source; a role is taken on with one of them.`;
      return at('conflicting-settings', message, 'credential_source');
    }
    if (source === undefined && data['source_profile'] === undefined && data['web_identity_token_file'] === undefined) {
      const message = `${profile} has role_arn and neither source_profile nor credential_source: nobody is there to take the role on.`;
      return at('missing-setting', message, 'role_arn');
    }
    if (source !== undefined && !SOURCES.includes(source)) {
      const message = `${profile} has credential_source = ${source}; there are ${SOURCES.join(', ')}.`;
      return at('unknown-credential-source', message, 'credential_source');
    }
    return undefined;
  }
  const key = data['aws_access_key_id'];
  if ((key === undefined) !== (data['aws_secret_access_key'] === undefined)) {
    const [has, lacks] =
      key === undefined
        ? ['aws_secret_access_key', 'aws_access_key_id']
        : ['aws_access_key_id', 'aws_secret_access_key'];
    return at('missing-setting', `${profile} has ${has} without ${lacks}.`, has);
  }
  return undefined;
}

async function endProblem(
  link: Link,
  config: SharedConfig,
  { env, now }: Circumstances,
): Promise<ProfileProblem | undefined> {
  const { profile, data } = link;
  const at = (kind: ProblemKind, message: string, setting?: string): ProfileProblem =>
    problem(kind, message, config, link, setting);
  if (takesRole(data)) {
    if (data['credential_source'] === 'Environment' && !hasKeysInEnvironment(env)) {
      const message = `${profile} takes its role on with keys of the environment, and AWS_ACCESS_KEY_ID is not set.`;
      return at('missing-source', message, 'credential_source');
    }
    return undefined;
  }
  switch (kindOf(data)) {
    case 'session-token': {
      const expiry = writtenExpiry(data);
      if (!expiry || expiry.date > now) return undefined;
      return at(
        'expired',
        `The keys of ${profile} were for a session that ended at ${spoken(expiry.date)}.`,
        expiry.setting,
      );
    }
    case 'web-identity': {
      const file = data['web_identity_token_file'] ?? '';
      const isThere = await access(file).then(
        () => true,
        () => false,
      );
      return isThere
        ? undefined
        : at('missing-source', `The token of ${profile}, ${file}, cannot be read.`, 'web_identity_token_file');
    }
    case 'sso':
    case 'sso-legacy':
      return ssoProblem(link, config, now);
    case 'login': {
      const login = await consoleLogin(data['login_session'] ?? '', env);
      if (isGood(login, now)) return undefined;
      const message = login
        ? `The login of ${profile} ended at ${spoken(login.expires)}.`
        : `Nobody is logged in for ${profile}.`;
      return at('expired', `${message} Run aws login --profile ${profile}.`, 'login_session');
    }
    case 'none':
      return at('no-credentials', `${profile} has no settings that give credentials.`);
    case 'role':
    case 'static':
    case 'process':
    case 'environment':
    case 'container':
    case 'instance':
      return undefined;
  }
}

async function ssoProblem(link: Link, config: SharedConfig, now: Date): Promise<ProfileProblem | undefined> {
  const { profile, data } = link;
  const name = data['sso_session'];
  const session = name === undefined ? data : config.data.get(`sso-session.${name}`);
  if (!session) {
    const message = `${profile} logs in by the sso-session ${name ?? ''}, which is not in ${config.files.config}.`;
    return problem('missing-sso-session', message, config, link, 'sso_session');
  }
  const all: Readonly<Record<string, string | undefined>> = { ...session, ...data };
  const missing = ['sso_start_url', 'sso_region', 'sso_account_id', 'sso_role_name'].filter(
    (setting) => all[setting] === undefined,
  );
  if (missing.length > 0) {
    return problem(
      'missing-setting',
      `${profile} lacks ${missing.join(' and ')}.`,
      config,
      link,
      name === undefined ? undefined : 'sso_session',
    );
  }
  const login = await ssoLogin(name ?? all['sso_start_url'] ?? '', now);
  if (isGood(login, now)) return undefined;
  const message = login
    ? `The SSO login of ${profile} ended at ${spoken(login.expires)}.`
    : `Nobody is logged in to SSO for ${profile}.`;
  const found = problem('sso-expired', message, config, link, name === undefined ? 'sso_start_url' : 'sso_session');
  return { ...found, login: profile };
}

function isGood(login: Login | undefined, now: Date): boolean {
  return login !== undefined && (login.expires > now || login.isRenewable);
}

export function hasKeysInEnvironment(env: Environment): boolean {
  return Boolean(env['AWS_ACCESS_KEY_ID']) && Boolean(env['AWS_SECRET_ACCESS_KEY']);
}

/** A time as it is said in messages: 2026-11-22 06:40 UTC. */
export function spoken(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

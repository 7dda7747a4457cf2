/** How long a login lasts, by the files that `aws sso login` and `aws login` leave. Only dates are read; a token is never kept. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { getSSOTokenFilepath } from '@smithy/core/config';
import type { Environment } from './files';

export interface Login {
  readonly expires: Date;
  /** True where the SDK can go on by itself after `expires`. */
  readonly isRenewable: boolean;
}

function dateOf(value: unknown): Date | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

async function readObject(file: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The login of an `sso-session`, by its name, or of a legacy profile, by its start URL. Undefined where nobody logged in. */
export async function ssoLogin(id: string, now: Date): Promise<Login | undefined> {
  const token = await readObject(getSSOTokenFilepath(id));
  const expires = dateOf(token?.['expiresAt']);
  if (!token || !expires || typeof token['accessToken'] !== 'string') return undefined;
  const registration = dateOf(token['registrationExpiresAt']);
  const canAsk = ['refreshToken', 'clientId', 'clientSecret'].every((name) => typeof token[name] === 'string');
  return { expires, isRenewable: canAsk && (registration === undefined || registration > now) };
}

/** The folder of the files of `aws login`. */
export function loginFolder(env: Environment): string {
  return env['AWS_LOGIN_CACHE_DIRECTORY'] ?? join(homedir(), '.aws', 'login', 'cache');
}

/** The login of `aws login`, by its `login_session`. */
export async function consoleLogin(session: string, env: Environment): Promise<Login | undefined> {
  const name = createHash('sha256').update(session, 'utf8').digest('hex');
  const token = await readObject(join(loginFolder(env), `${name}.json`));
  const access = token?.['accessToken'];
  const expires = dateOf(
    typeof access === 'object' && access !== null && 'expiresAt' in access ? access.expiresAt : '',
  );
  return expires && token ? { expires, isRenewable: typeof token['refreshToken'] === 'string' } : undefined;
}

/** Which way of getting credentials the SDK would take for a profile's settings: the order of `fromIni` in AWS SDK for JavaScript v3. */
import type { ProfileData } from './files';
import type { ProfileKind } from './profile';

export function takesRole(data: ProfileData): boolean {
  return (
    data['role_arn'] !== undefined &&
    (data['source_profile'] === undefined) !== (data['credential_source'] === undefined)
  );
}

export function hasKeys(data: ProfileData): boolean {
  return data['aws_access_key_id'] !== undefined && data['aws_secret_access_key'] !== undefined;
}

export function isSso(data: ProfileData): boolean {
  return ['sso_start_url', 'sso_account_id', 'sso_session', 'sso_region', 'sso_role_name'].some(
    (setting) => data[setting] !== undefined,
  );
}

export function kindOf(data: ProfileData): ProfileKind {
  if (takesRole(data)) return 'role';
  if (hasKeys(data)) return data['aws_session_token'] === undefined ? 'static' : 'session-token';
  if (data['role_arn'] !== undefined && data['web_identity_token_file'] !== undefined) return 'web-identity';
  if (data['credential_process'] !== undefined) return 'process';
  if (isSso(data)) return data['sso_session'] === undefined ? 'sso-legacy' : 'sso';
  if (data['login_session'] !== undefined) return 'login';
  return 'none';
}

/** The account in an ARN, where there is one. */
export function accountOfArn(arn: string | undefined): string | undefined {
  const account = arn?.split(':')[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

const EXPIRY_SETTINGS = ['x_security_token_expires', 'aws_session_expiration', 'aws_expiration', 'expiration'] as const;

/** When written-down temporary keys end, where whoever wrote them said so. The names are those that tools in use write. */
export function writtenExpiry(data: ProfileData): { readonly setting: string; readonly date: Date } | undefined {
  for (const setting of EXPIRY_SETTINGS) {
    const date = new Date(data[setting] ?? NaN);
    if (!Number.isNaN(date.getTime())) return { setting, date };
  }
  return undefined;
}

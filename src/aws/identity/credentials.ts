/** Credentials of a profile, by the SDK's providers. What is added: codes are asked for in one place, and only when the user wants to connect. */
import { fromContainerMetadata, fromEnv, fromHttp, fromIni, fromInstanceMetadata } from '@aws-sdk/credential-providers';
import type { AwsCredentialIdentity } from '@smithy/types';
import { ambientKind, type AmbientKind } from '../profiles/ambient';
import { keysWithMfa, mfaSerialOf, profileChain } from '../profiles/chain';
import { sdkFiles, type Environment, type SharedConfig } from '../profiles/files';
import { takesRole } from '../profiles/kind';
import { codeRefused, isRefusedCode, mfaCode, type AskMfaCode } from './mfa';
import { sessionOfKeys, takeOnRole, takeOnRoleByToken, type StsFor } from './role-session';
import type { MfaRequest } from './session';

/** A way to get credentials again and again. */
export interface CredentialSource {
  readonly usesMfa: boolean;
  /** Two sources with the same one would give the same identity, as far as the files tell. */
  readonly fingerprint: string;
  /** May ask for a code. */
  fetch(ask: AskMfaCode): Promise<AwsCredentialIdentity>;
}

const AMBIENT_PROVIDERS: Readonly<Record<AmbientKind, () => Promise<AwsCredentialIdentity>>> = {
  environment: fromEnv(),
  container: (): Promise<AwsCredentialIdentity> =>
    process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] ? fromHttp({})() : fromContainerMetadata({ maxRetries: 1 })(),
  instance: fromInstanceMetadata({ timeout: 1000, maxRetries: 1 }),
};

/**
 * The name under which a role is taken on, which is part of the caller's ARN. The SDK's own has the time in it, so that one identity would look like another each
 * time; ours says who asks.
 */
function sessionName(name: string | undefined): string {
  return name === undefined || /^aws-sdk-js-(?:session-)?\d+$/.test(name) ? 'ec2-warden' : name;
}

/** What the files and the environment say of a profile; see `CredentialSource.fingerprint`. */
export function fingerprintOf(profile: string, config: SharedConfig, env: Environment): string {
  const ambient = ambientKind(profile);
  return ambient === undefined
    ? JSON.stringify([config.files, profileChain(profile, config).links])
    : JSON.stringify([ambient, env['AWS_ACCESS_KEY_ID'] ?? '']);
}

export function credentialSource(
  profile: string,
  config: SharedConfig,
  env: Environment,
  sts: StsFor,
): CredentialSource {
  const ambient = ambientKind(profile);
  if (ambient !== undefined) {
    return {
      usesMfa: false,
      fingerprint: fingerprintOf(profile, config, env),
      fetch: AMBIENT_PROVIDERS[ambient],
    };
  }
  const chain = profileChain(profile, config);
  const keys = keysWithMfa(chain);
  return {
    usesMfa: mfaSerialOf(chain) !== undefined,
    fingerprint: fingerprintOf(profile, config, env),
    fetch: async (ask) => {
      const asked: { request?: MfaRequest } = {};
      const codeFor = (request: MfaRequest): Promise<string> => {
        asked.request = request;
        return mfaCode(ask, request);
      };
      // A source's keys become a session once, however often they are used.
      let session: Promise<AwsCredentialIdentity> | undefined;
      const withSession = (own: AwsCredentialIdentity): Promise<AwsCredentialIdentity> => {
        if (!keys || own.sessionToken !== undefined) return Promise.resolve(own);
        const purpose = `for a session of the access keys of ${keys.profile}`;
        session ??= codeFor({ profile: keys.profile, device: keys.serial, purpose }).then((code) =>
          sessionOfKeys(sts, own, keys.serial, code),
        );
        return session;
      };
      try {
        const found = await fromIni({
          profile,
          ...sdkFiles(config.files),
          mfaCodeProvider: (device) => codeFor({ profile, device, purpose: roleWith(device) }),
          roleAssumer: async (source, input) => {
            const own = input.SerialNumber === undefined ? await withSession(source) : source;
            return takeOnRole(sts, own, { ...input, RoleSessionName: sessionName(input.RoleSessionName) });
          },
          roleAssumerWithWebIdentity: (input) =>
            takeOnRoleByToken(sts, { ...input, RoleSessionName: sessionName(input.RoleSessionName) }),
        })();
        return await (takesRole(config.data.get(profile) ?? {}) ? found : withSession(found));
      } catch (error) {
        if (asked.request && isRefusedCode(error)) throw codeRefused(asked.request, error);
        throw error;
      }
    },
  };

  function roleWith(device: string): string {
    const link = chain.links.find(({ data }) => takesRole(data) && data['mfa_serial'] === device);
    return `to take on ${link?.data['role_arn'] ?? 'a role'}`;
  }
}

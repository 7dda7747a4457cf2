/** Holds the credentials of one connection, renews them while nobody has to be asked, and makes sure that they stay the same identity's. */
import type { AwsCredentialIdentity } from '@smithy/types';
import type { CredentialSource } from './credentials';
import { someoneElse } from './guard';
import { mfaExpired, type AskMfaCode } from './mfa';

export interface Caller {
  readonly account: string;
  readonly arn: string;
}

export interface CredentialHolder {
  readonly profile: string;
  readonly usesMfa: boolean;
  readonly fingerprint: string;
  readonly caller: Caller;
  /** For the SDK's clients: credentials that are good now. @throws AwsFailure where they ended and somebody would have to be asked */
  current(): Promise<AwsCredentialIdentity>;
  /** When they end for good; undefined where they are renewed or do not end. */
  expires(): Date | undefined;
}

/** Renewed this long before they end, as the SDK does. */
const MARGIN = 5 * 60_000;

/** The ARN without the name of the session, which may differ each time a role is taken on. */
function principal(arn: string): string {
  return arn.replace(/(:assumed-role\/[^/]+)\/.*$/, '$1');
}

/** For renewals that nobody is there for. */
export const ASK_NOBODY: AskMfaCode = () => Promise.resolve(undefined);

/**
 * Gets credentials, asking for a code where one is needed, and finds out whose they are.
 * @param identify asks STS, with the credentials given
 */
export async function holdCredentials(
  profile: string,
  source: CredentialSource,
  ask: AskMfaCode,
  identify: (credentials: AwsCredentialIdentity) => Promise<Caller>,
  now: () => Date,
): Promise<CredentialHolder> {
  let held = await source.fetch(ask);
  const caller = await identify(held);
  let renewal: Promise<AwsCredentialIdentity> | undefined;
  const remaining = (): number => (held.expiration ? held.expiration.getTime() - now().getTime() : Infinity);

  const renew = async (): Promise<AwsCredentialIdentity> => {
    const fresh = await source.fetch(ASK_NOBODY);
    const isSameKey = fresh.accessKeyId === held.accessKeyId;
    const found = isSameKey ? caller : await identify(fresh);
    // The files may name somebody else by now; data of theirs must not appear under this session's name.
    if (found.account !== caller.account || principal(found.arn) !== principal(caller.arn)) {
      throw someoneElse(profile, found.arn, caller.arn);
    }
    held = fresh;
    return fresh;
  };

  return {
    profile,
    usesMfa: source.usesMfa,
    fingerprint: source.fingerprint,
    caller,
    current: async () => {
      const left = remaining();
      if (left > MARGIN) return held;
      if (source.usesMfa) {
        if (left > 0) return held;
        throw mfaExpired(profile);
      }
      renewal ??= renew().finally(() => {
        renewal = undefined;
      });
      return renewal;
    },
    expires: () => (source.usesMfa ? held.expiration : undefined),
  };
}

/** Codes of MFA devices: who is asked, for what, and what comes of it. */
import { AwsFailure } from '../clients/failure';
import type { MfaRequest } from './session';

/** Asks for one code; undefined when the user gives none. */
export type AskMfaCode = (request: MfaRequest) => Promise<string | undefined>;

/** A code as AWS takes it. @throws AwsFailure where the user gives none */
export async function mfaCode(ask: AskMfaCode, request: MfaRequest): Promise<string> {
  const code = (await ask(request))?.replaceAll(/\s/g, '');
  if (code !== undefined && code !== '') return code;
  throw new AwsFailure(`No code was given for ${request.profile}.`, {
    kind: 'mfa-cancelled',
    action: 'connect',
    advice: `Connect ${request.profile} to be asked again.`,
  });
}

/** Credentials that a code brought have ended: nobody is asked until the user wants to go on. */
export function mfaExpired(profile: string): AwsFailure {
  return new AwsFailure(`The session of ${profile} has ended.`, {
    kind: 'expired',
    action: 'connect',
    advice: `Connect ${profile} again; the code of its MFA device will be asked for.`,
  });
}

/** AWS's ways to say that a code was wrong: `MultiFactorAuthentication failed with invalid MFA one time pass code`. */
export function isRefusedCode(error: unknown): boolean {
  return error instanceof Error && /MultiFactorAuthentication failed|invalid MFA|MFA one time/i.test(error.message);
}

export function codeRefused(request: MfaRequest, cause: unknown): AwsFailure {
  return new AwsFailure(
    `AWS did not accept the code of ${request.device}.`,
    {
      kind: 'mfa-refused',
      action: 'connect',
      advice: 'A code can be used once: wait for the next one and connect again.',
    },
    { cause },
  );
}

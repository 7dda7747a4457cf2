/** Why a profile gave no credentials, with the place in the file. */
import { explainFailure } from '../clients/explain-failure';
import { AwsFailure, type FailureFacts } from '../clients/failure';
import { ambientKind } from '../profiles/ambient';
import { profileChain } from '../profiles/chain';
import type { SharedConfig } from '../profiles/files';
import { kindOf } from '../profiles/kind';
import { problemOf, type Circumstances } from '../profiles/problem';
import type { ProfileProblem } from '../profiles/profile';

/** What can be told before anybody is asked; undefined where nothing is known to be wrong. */
export async function failureOfProblem(
  profile: string,
  config: SharedConfig,
  circumstances: Circumstances,
): Promise<AwsFailure | undefined> {
  if (ambientKind(profile) !== undefined) return undefined;
  const problem = await problemOf(profile, config, circumstances);
  return problem ? toFailure(profile, problem) : undefined;
}

function toFailure(profile: string, problem: ProfileProblem, cause?: unknown): AwsFailure {
  const { kind, place, login } = problem;
  const facts: FailureFacts = {
    kind: login === undefined ? (kind === 'expired' ? 'expired' : 'profile') : 'sso-expired',
    action: login === undefined ? 'open-profile' : 'login',
    advice: login === undefined ? `Look at the profile ${profile}.` : `Run aws sso login --profile ${login}.`,
    ...(place ? { place } : {}),
    ...(login === undefined ? {} : { login }),
  };
  return new AwsFailure(problem.message, facts, cause === undefined ? undefined : { cause });
}

/** What came of asking. What a program of `credential_process` printed is not repeated: it may be a secret. */
export async function failureOfProfile(
  error: unknown,
  profile: string,
  config: SharedConfig,
  circumstances: Circumstances,
): Promise<AwsFailure> {
  if (error instanceof AwsFailure) return error;
  const isOfProvider = error instanceof Error && /^(?:CredentialsProviderError|TokenProviderError)$/.test(error.name);
  const last = profileChain(profile, config).links.at(-1);
  if (!isOfProvider || ambientKind(profile) !== undefined || !last) return explainFailure(error, { profile });
  const problem = await problemOf(profile, config, circumstances);
  if (problem) return toFailure(profile, problem, error);
  const kind = kindOf(last.data);
  if (kind === 'process') {
    const place = config.placeOf(last.profile, 'credential_process');
    const facts: FailureFacts = {
      kind: 'profile',
      action: 'open-profile',
      advice: 'Run it in a terminal to see what it says.',
      ...(place ? { place } : {}),
    };
    const message = `The program that gives the credentials of ${last.profile} (credential_process) failed.`;
    // The SDK repeats the whole command line and its output in its message.
    return new AwsFailure(message, facts);
  }
  if (kind === 'sso' || kind === 'sso-legacy') {
    const place = config.placeOf(last.profile, kind === 'sso' ? 'sso_session' : 'sso_start_url');
    const message = `AWS no longer accepts the SSO login of ${last.profile}.`;
    return toFailure(
      profile,
      { kind: 'sso-expired', message, login: last.profile, ...(place ? { place } : {}) },
      error,
    );
  }
  return explainFailure(error, { profile });
}

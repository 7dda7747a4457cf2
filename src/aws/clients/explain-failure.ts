/** From what the SDK throws to what people read. */
import { AwsFailure, type FailureFacts, type FailureKind } from './failure';
import { denialOf } from './denial';

export interface Asked {
  readonly profile: string;
  readonly region?: string;
  readonly account?: string;
  /** `ec2:DescribeInstances`. */
  readonly operation?: string;
}

/** What can be read from any error of the SDK. */
interface Facts {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  /** Address and port that were tried. */
  readonly tried: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** Minutes that this machine's clock is ahead of AWS's. */
  readonly ahead: number;
}

function property(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? (error as Readonly<Record<string, unknown>>)[name] : undefined;
}

function factsOf(error: unknown): Facts {
  const metadata = property(error, '$metadata');
  const response = property(error, '$response');
  const status = property(metadata, 'httpStatusCode') ?? property(response, 'statusCode');
  const code = property(error, 'code') ?? property(property(error, 'cause'), 'code');
  const id = property(metadata, 'requestId');
  return {
    name: error instanceof Error ? error.name : '',
    message: error instanceof Error ? error.message : '',
    code: typeof code === 'string' ? code : undefined,
    tried: triedAddress(error),
    status: typeof status === 'number' ? status : undefined,
    requestId: typeof id === 'string' ? id : undefined,
    ahead: minutesAhead(property(response, 'headers')),
  };
}

/** As Node.js's system errors tell it; of a host with several addresses, the first. */
function triedAddress(error: unknown): string | undefined {
  const [first] = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [error];
  const address = property(first, 'address');
  return typeof address === 'string' ? `${address}:${String(property(first, 'port'))}` : undefined;
}

/** By the time that the answer says; 0 where it says none. */
function minutesAhead(headers: unknown): number {
  const date = property(headers, 'date');
  const time = typeof date === 'string' ? Date.parse(date) : NaN;
  return Number.isNaN(time) ? 0 : (Date.now() - time) / 60_000;
}

/** How far a clock may be off (IAM User Guide, "Elements of an AWS API request signature"). */
const TOLERANCE = 5;

const THROTTLED =
  /^(?:RequestLimitExceeded|Throttl|TooManyRequests|SlowDown|EC2Throttled|RequestThrottled|BandwidthLimit)/;
const DENIED =
  /^(?:UnauthorizedOperation|AccessDenied(?:Exception)?|Client\.UnauthorizedOperation|AuthorizationError)$/;
const EXPIRED = /^(?:ExpiredToken(?:Exception)?|Expired|TokenRefreshRequired)$/;
const REFUSED =
  /^(?:InvalidClientTokenId|UnrecognizedClientException|AuthFailure|InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken)$/;
const CLOCK = /^(?:RequestTimeTooSkewed|RequestInTheFuture|RequestExpired|InvalidSignatureException)$/;
const CLOCK_MESSAGE = /not yet current|signature expired|request has expired|must be within/i;
const NETWORK =
  /^(?:ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|ERR_STREAM_PREMATURE_CLOSE)$/;
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS/;

function kindOf({ name, message, code, status, ahead }: Facts): FailureKind {
  if (name === 'AbortError') return 'cancelled';
  if (THROTTLED.test(name) || status === 429) return 'throttled';
  if (DENIED.test(name)) return 'denied';
  if (EXPIRED.test(name)) return 'expired';
  if (CLOCK.test(name) || (REFUSED.test(name) && CLOCK_MESSAGE.test(message))) {
    // EC2 says the same of credentials that have ended and of a clock that is off.
    return name === 'RequestExpired' && Math.abs(ahead) < TOLERANCE ? 'expired' : 'clock';
  }
  if (name === 'OptInRequired' || name === 'RegionDisabledException') return 'region-disabled';
  if (REFUSED.test(name)) return 'credentials-refused';
  if (/\.NotFound$|^NoSuchEntity/.test(name)) return 'not-found';
  if (name === 'TimeoutError' || (code !== undefined && (NETWORK.test(code) || CERTIFICATE.test(code))))
    return 'network';
  if (/socket hang up|premature close|aborted/i.test(message)) return 'network';
  if (status !== undefined && status >= 500) return 'service';
  if (name === 'CredentialsProviderError') return 'profile';
  if (
    /^Invalid|^Malformed|^Missing|^Unknown(?!Error)|ValidationE|IncorrectState|IncorrectInstanceState|Unsupported/.test(
      name,
    )
  )
    return 'invalid-request';
  if (status !== undefined && status < 300) return 'unreadable-answer';
  return 'other';
}

interface Words {
  readonly message: string;
  readonly advice: string;
  readonly action: FailureFacts['action'];
}

/** Makes an AwsFailure of anything; one that is one already stays as it is. */
export function explainFailure(error: unknown, asked: Asked): AwsFailure {
  if (error instanceof AwsFailure) return error;
  const facts = factsOf(error);
  const inner = property(error, 'cause');
  if (inner instanceof AwsFailure) return inner;
  const kind = kindOf(facts);
  const { message, advice, action } = wordsOf(kind, facts, asked);
  const denial = kind === 'denied' ? denialOf(facts.message, asked) : undefined;
  return new AwsFailure(
    denial?.message ?? message,
    {
      kind,
      advice: denial?.advice ?? advice,
      action: denial ? (denial.policy === undefined ? 'none' : 'copy-policy') : action,
      ...(asked.operation === undefined ? {} : { operation: asked.operation }),
      ...(denial?.permission === undefined ? {} : { permission: denial.permission }),
      ...(denial?.policy === undefined ? {} : { policy: denial.policy }),
      ...(facts.name === '' || facts.name === 'Error' ? {} : { code: facts.name }),
      ...(facts.requestId === undefined ? {} : { requestId: facts.requestId }),
      ...(kind === 'sso-expired' ? { login: asked.profile } : {}),
    },
    { cause: error },
  );
}

/** What AWS says of a parameter is worth repeating; it holds no secret. */
export function said(message: string): string {
  const text = message.replaceAll(/\s+/g, ' ').trim();
  const short = text.length > 300 ? `${text.slice(0, 300)}…` : text;
  return short === '' ? 'no reason was given' : short.replace(/\.$/, '');
}

function wordsOf(kind: FailureKind, facts: Facts, { profile, region, operation }: Asked): Words {
  const what = operation ?? 'The request';
  const where = region === undefined ? '' : ` in ${region}`;
  const words = (message: string, advice: string, action: FailureFacts['action'] = 'retry'): Words => ({
    message,
    advice,
    action,
  });
  switch (kind) {
    case 'throttled':
      return words(
        `AWS kept answering "slow down" to ${what}${where}.`,
        'Wait a minute and try again: others use up the same limit.',
      );
    case 'expired':
      return words(`The credentials of ${profile} have expired.`, `Connect ${profile} again.`, 'connect');
    case 'sso-expired':
      return words(`The SSO login of ${profile} has ended.`, `Run aws sso login --profile ${profile}.`, 'login');
    case 'credentials-refused':
      return words(
        `AWS does not accept the credentials of ${profile}${where}.`,
        region === undefined
          ? 'The key may be deleted, switched off or mistyped.'
          : `The key may be deleted, switched off or mistyped, or ${region} may not be enabled for this account.`,
        'open-profile',
      );
    case 'clock':
      return words(
        'AWS refused the request because the clock of this machine is wrong.',
        'Set the time (or switch on its synchronisation) and try again.',
      );
    case 'region-disabled':
      return words(
        `${region ?? 'The region'} is not enabled for this account.`,
        'Enable it in the account settings of the AWS console.',
        'none',
      );
    case 'not-found':
      return words(`${said(facts.message)}${where}.`, 'It may have been deleted meanwhile: refresh.');
    case 'invalid-request':
      return words(`AWS refused ${what}${where}: ${said(facts.message)}.`, 'Refresh, and try again.');
    case 'network':
      return networkWords(facts, where, words);
    case 'service':
      return words(
        `AWS failed to answer ${what}${where} (HTTP ${String(facts.status)}).`,
        'Nothing is wrong on this side; try again in a while. The AWS Health Dashboard tells of outages.',
      );
    case 'unreadable-answer':
      return words(
        `The answer to ${what}${where} was cut off or is none of AWS.`,
        'Try again. If it stays, look for a proxy between this machine and AWS.',
      );
    case 'cancelled':
      return words('Cancelled.', 'Nothing was changed by cancelling.', 'none');
    case 'profile':
      return words(`${profile} gives no credentials: ${said(facts.message)}.`, 'Look at the profile.', 'open-profile');
    case 'mfa-refused':
      return words(`AWS did not accept the code for ${profile}.`, 'Wait for the next code and try again.', 'connect');
    case 'mfa-cancelled':
      return words(`No code was given for ${profile}.`, `Connect ${profile} to be asked again.`, 'connect');
    case 'denied':
    case 'guard':
    case 'other':
      return words(`${what}${where} failed: ${said(facts.message)}.`, 'Try again.');
  }
}

function networkWords(
  { name, code, tried }: Facts,
  where: string,
  words: (message: string, advice: string) => Words,
): Words {
  if (code !== undefined && CERTIFICATE.test(code))
    return words(
      `The certificate of AWS${where} is not trusted (${code}).`,
      'A proxy may stand between this machine and AWS; its certificate has to be known to the editor.',
    );
  // The SDK calls a connection that was reset a TimeoutError, too.
  if (code === 'ETIMEDOUT' || (name === 'TimeoutError' && code === undefined))
    return words(`AWS did not answer in time${where}.`, 'Try again. If it stays, look at the network and the proxy.');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return words(
      `The address of AWS${where} was not found.`,
      'Look at the network connection, and at the name of the region.',
    );
  if (code === 'ECONNREFUSED')
    return words(
      `Nobody answers at the address of AWS${where}${tried === undefined ? '' : ` (${tried})`}.`,
      'Look at the network, and at endpoint_url if the profile has one.',
    );
  return words(`The connection to AWS${where} broke.`, 'Try again.');
}

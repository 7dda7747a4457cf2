/** Failures as people read them: what happened, to what, and what to do next. */

export type FailureKind =
  /** The caller lacks a permission; `permission` names it. */
  | 'denied'
  /** AWS still said "slow down" after all tries. */
  | 'throttled'
  /** Temporary credentials have ended: connect again, by the user's action. */
  | 'expired'
  | 'sso-expired'
  /** The user gave no code. */
  | 'mfa-cancelled'
  | 'mfa-refused'
  /** Keys that AWS does not know, or that are switched off. */
  | 'credentials-refused'
  /** The profile itself cannot work; `problem` tells where. */
  | 'profile'
  /** The clock of this machine is wrong. */
  | 'clock'
  /** The region is not enabled for the account. */
  | 'region-disabled'
  | 'not-found'
  | 'invalid-request'
  /** No connection, or one that broke. */
  | 'network'
  /** An answer that cannot be read. */
  | 'unreadable-answer'
  /** AWS failed: 5xx. */
  | 'service'
  /** Refused by this tool: a read-only profile, an identity that is another one by now. */
  | 'guard'
  | 'cancelled'
  | 'other';

/** After these nothing else of the same caller can succeed. */
export const ENDS_CALLER: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'expired',
  'sso-expired',
  'mfa-cancelled',
  'mfa-refused',
  'credentials-refused',
  'profile',
  'clock',
  'region-disabled',
]);

/** What the user interface can offer. */
export type FailureAction = 'retry' | 'login' | 'connect' | 'open-profile' | 'copy-policy' | 'none';

export interface FailureFacts {
  readonly kind: FailureKind;
  /** `ec2:DescribeInstances`, where it is known what was asked. */
  readonly operation?: string;
  readonly action: FailureAction;
  /** What to do next, one sentence. */
  readonly advice: string;
  /** The permission that is missing: `ec2:DescribeInstances`. */
  readonly permission?: string;
  /** A policy as JSON, ready to be attached, that grants what is missing. */
  readonly policy?: string;
  /** For `aws sso login --profile ...`. */
  readonly login?: string;
  /** Where in the profiles' files the reason is. */
  readonly place?: { readonly file: string; readonly line: number };
  /** AWS's own code and request id, for support. */
  readonly code?: string;
  readonly requestId?: string;
}

/** Every function of this folder throws this and nothing else. `message` is a sentence, and `cause` what it comes from. */
export class AwsFailure extends Error {
  constructor(
    message: string,
    readonly facts: FailureFacts,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'AwsFailure';
  }
}

/** A request that will be tried again by itself. */
export interface RetryEvent {
  readonly profile: string;
  readonly region: string;
  /** `ec2:DescribeInstances`. */
  readonly operation: string;
  readonly reason: 'throttled' | 'service' | 'network' | 'clock';
  /** The try that failed, from 1. */
  readonly attempt: number;
  /** For people: "throttled, trying again". */
  readonly message: string;
}

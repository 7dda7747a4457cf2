/** Whose data is shown, and where a change goes. It never changes; another profile or region is another session. */
export interface Session {
  readonly profile: string;
  readonly region: string;
  /** Twelve digits, as AWS says; never guessed from the files. */
  readonly account: string;
  /** Who acts: `arn:aws:sts::123456789012:assumed-role/admin/me`. */
  readonly arn: string;
  /** `aws`, `aws-us-gov`, `aws-cn`, ... */
  readonly partition: string;
}

/** Two sessions are the same exactly where their keys are: profile, region, account and caller. */
export function sessionKey({ profile, region, account, arn }: Session): string {
  return JSON.stringify([profile, region, account, arn]);
}

/** How a session is held, which may change while it stands. */
export interface SessionStatus {
  /** When the credentials end, where they do and the SDK cannot renew them by itself. */
  readonly expires: Date | undefined;
  readonly hasExpired: boolean;
  /** True where a code of an MFA device was given. */
  readonly usesMfa: boolean;
  /** Why nothing may be changed here; undefined where changes are allowed. */
  readonly readOnly: string | undefined;
}

/** What to ask the user for. */
export interface MfaRequest {
  readonly profile: string;
  /** ARN or hardware serial number. */
  readonly device: string;
  /** Why: "to take on arn:aws:iam::1:role/admin", "for a session of IAM user keys". */
  readonly purpose: string;
}

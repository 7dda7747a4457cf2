/** Profiles as people wrote them: what kind each is, where it stands, and what keeps it from working. Never a secret. */

/** A place in a file, for a link that opens it. */
export interface Place {
  readonly file: string;
  /** Counted from 0. */
  readonly line: number;
}

/**
 * Where a profile's credentials come from, by the settings that it has (AWS SDKs and Tools Reference Guide, "Settings reference"). `environment`,
 * `container` and `instance` are ambient: no profile names them.
 */
export type ProfileKind =
  | 'static'
  | 'session-token'
  | 'role'
  | 'process'
  | 'sso'
  | 'sso-legacy'
  | 'web-identity'
  | 'login'
  | 'environment'
  | 'container'
  | 'instance'
  /** It has settings, and none that gives credentials. */
  | 'none';

export type ProblemKind =
  | 'cycle'
  | 'missing-source'
  | 'missing-setting'
  | 'conflicting-settings'
  | 'unknown-credential-source'
  | 'missing-sso-session'
  | 'sso-expired'
  | 'no-credentials'
  | 'unreadable-file'
  | 'process-failed'
  | 'expired';

/** Why a profile cannot work, in a sentence. */
export interface ProfileProblem {
  readonly kind: ProblemKind;
  readonly message: string;
  readonly place?: Place;
  /** The profile for `aws sso login --profile ...`, where logging in would help. */
  readonly login?: string;
}

/** Something to know that keeps nothing from working: long-lived keys, a file that others can read. */
export interface ProfileNote {
  readonly kind: 'long-lived-keys' | 'old-keys' | 'file-permissions' | 'duplicate-keys' | 'expires';
  readonly message: string;
  readonly place?: Place;
  /** A command for a terminal that puts it right: `chmod 600 ~/.aws/credentials`. */
  readonly command?: string;
}

export interface Profile {
  /** `default`, `prod`; of an ambient one its kind in brackets, `(environment)`, which no profile can be called. */
  readonly name: string;
  readonly kind: ProfileKind;
  /** As the profile itself says; undefined where the environment or the SDK's fallback decides. */
  readonly region: string | undefined;
  /** The role to take on, for kind `role` and `web-identity`. */
  readonly roleArn?: string;
  /** The account as far as the files tell it (SSO, a role's ARN); asking AWS is `connect`. */
  readonly account?: string;
  /** The device whose code will be asked for, of the profile itself or of one that it draws on. */
  readonly mfaSerial?: string;
  /** Where its section begins, in each file that has one. */
  readonly places: readonly Place[];
  readonly problem?: ProfileProblem;
  readonly notes: readonly ProfileNote[];
}

/** The profiles of both files, then the ambient ones. */
export interface ProfileList {
  readonly profiles: readonly Profile[];
  readonly files: ProfileFiles;
  /** What is wrong with the files themselves. */
  readonly problems: readonly ProfileProblem[];
}

/** Absolute paths, whether they exist or not. */
export interface ProfileFiles {
  readonly config: string;
  readonly credentials: string;
  /** The folder of the tokens that `aws sso login` writes. */
  readonly ssoCache: string;
}

/** The name of an ambient entry. */
export function ambientName(kind: 'environment' | 'container' | 'instance'): string {
  return `(${kind})`;
}

/** "Why this identity": the answer to what the SDK would use, and why. Never a secret. */
import type { Place, ProfileNote, ProfileProblem } from './profile';

/** One link of the provider chain, asked in order. */
export interface ChainStep {
  readonly provider:
    'environment' | 'profile' | 'sso' | 'role' | 'process' | 'web-identity' | 'login' | 'container' | 'instance';
  /**
   * `used` won; `overridden` would give credentials and is not asked; `absent` has nothing to give; `broken` is asked and fails;
   * `unknown` can only be told by asking (the instance's role).
   */
  readonly state: 'used' | 'overridden' | 'absent' | 'broken' | 'unknown';
  /** For people: "AWS_ACCESS_KEY_ID in the environment overrides the instance role". */
  readonly message: string;
  readonly place?: Place;
}

/** One link of the chain of profiles, from the one asked for to the one with credentials of its own. */
export interface RoleStep {
  readonly profile: string;
  /** What it does: "takes on arn:aws:iam::1:role/admin", "has keys of its own". */
  readonly message: string;
  readonly roleArn?: string;
  readonly mfaSerial?: string;
  readonly place?: Place;
}

export interface RegionSource {
  readonly region: string;
  /** For people: "from AWS_REGION in the environment", "nothing sets a region; us-east-1 is the SDK's fallback". */
  readonly message: string;
  /** False where nothing sets it. */
  readonly isSet: boolean;
  readonly place?: Place;
}

export interface IdentityExplanation {
  /** The profile asked for, or undefined for "what the CLI would use here". */
  readonly profile: string | undefined;
  /** The answer in a sentence. */
  readonly summary: string;
  readonly chain: readonly ChainStep[];
  readonly roles: readonly RoleStep[];
  readonly region: RegionSource;
  readonly problem?: ProfileProblem;
  readonly notes: readonly ProfileNote[];
}

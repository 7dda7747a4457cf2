import type { Severity } from './finding';

/** What a user can choose about linting. */
export interface Settings {
  /** Severity per rule id; `off` silences the rule. A rule that is not named has its default. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** Lifetime asked for a token that a fix fetches, in seconds, 1 to 21600 (EC2 User Guide, "How IMDSv2 works"). */
  readonly tokenTtlSeconds: number;
}

export const DEFAULT_SETTINGS: Settings = { rules: {}, tokenTtlSeconds: 300 };

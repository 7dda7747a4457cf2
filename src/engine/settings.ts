import type { Severity } from './finding';

/** What a user can choose about linting. */
export interface Settings {
  /** Severity per rule id; `off` silences the rule. A rule that is not named has its default. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** Lifetime asked for a token that a fix fetches, in seconds, 1 to 21600 (EC2 User Guide, "How IMDSv2 works"). */
  readonly tokenTtlSeconds: number;
  readonly network: NetworkSettings;
}

/** What counts as open. Ports are 0 to 65535. */
export interface NetworkSettings {
  /** Ports of services that administer a host. */
  readonly managementPorts: readonly number[];
  /** Ports that may be open to the internet. */
  readonly publicPorts: readonly number[];
  /** Address blocks from which anything may come, in CIDR notation. */
  readonly trustedCidrs: readonly string[];
  /** A range of more ports than this is wide. */
  readonly widePortRange: number;
}

export const DEFAULT_SETTINGS: Settings = {
  rules: {},
  tokenTtlSeconds: 300,
  network: {
    managementPorts: [22, 23, 2375, 2376, 3389, 5985, 5986],
    publicPorts: [80, 443],
    trustedCidrs: [],
    widePortRange: 1000,
  },
};

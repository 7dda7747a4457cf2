import { DEFAULT_SETTINGS, type NetworkSettings, SETTING_PROBLEMS, type Settings, type Severity } from '../engine';

/** The settings of one document. */
export interface LintSettings {
  readonly enabled: boolean;
  /** Left out by the configuration file that counts for it. */
  readonly ignored: boolean;
  readonly engine: Settings;
}

export const DEFAULT_LINT_SETTINGS: LintSettings = { enabled: true, ignored: false, engine: DEFAULT_SETTINGS };

/** EC2 User Guide, "How Instance Metadata Service Version 2 works": a token lives six hours at most. */
export const MAX_TOKEN_TTL_SECONDS = 21_600;

export interface ReadSettings {
  readonly settings: LintSettings;
  /** One line for the log for each value that could not be used. */
  readonly problems: readonly string[];
}

const SEVERITIES: ReadonlySet<unknown> = new Set(['error', 'warning', 'information', 'hint', 'off']);

/**
 * Reads the section `ec2Warden` of a client's settings. Whatever it is, settings come back: a value of the wrong type has its
 * default, and `problems` says so.
 */
export function readSettings(section: unknown, ruleIds: ReadonlySet<string>): ReadSettings {
  const problems: string[] = [];
  const top = readObject(section, 'ec2Warden', problems);
  const lint = readObject(top['lint'], 'ec2Warden.lint', problems);
  return {
    settings: {
      enabled: readEnabled(lint['enable'], problems),
      ignored: false,
      engine: {
        rules: readRules(top['rules'], ruleIds, problems),
        tokenTtlSeconds: readTokenTtl(lint['tokenTtlSeconds'], problems),
        network: readNetwork(top['network'], problems),
      },
    },
    problems,
  };
}

/** True where both judge every document alike. */
export function sameSettings(a: LintSettings, b: LintSettings): boolean {
  return a === b || canonical(a) === canonical(b);
}

function canonical({ enabled, ignored, engine: { rules, tokenTtlSeconds, network } }: LintSettings): string {
  const named = Object.entries(rules).sort(([x], [y]) => (x < y ? -1 : 1));
  const { managementPorts, publicPorts, trustedCidrs, widePortRange } = network;
  return JSON.stringify([
    enabled,
    ignored,
    named,
    tokenTtlSeconds,
    managementPorts,
    publicPorts,
    trustedCidrs,
    widePortRange,
  ]);
}

function readObject(value: unknown, name: string, problems: string[]): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (isRecord(value)) return value;
  problems.push(`${name} must be an object; defaults are used.`);
  return {};
}

function readEnabled(value: unknown, problems: string[]): boolean {
  if (typeof value === 'boolean') return value;
  if (value !== undefined && value !== null)
    problems.push('ec2Warden.lint.enable must be true or false; true is used.');
  return DEFAULT_LINT_SETTINGS.enabled;
}

function readTokenTtl(value: unknown, problems: string[]): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_TOKEN_TTL_SECONDS)
    return value;
  if (value !== undefined && value !== null) {
    problems.push(
      `ec2Warden.lint.tokenTtlSeconds must be a whole number from 1 to ${MAX_TOKEN_TTL_SECONDS}; ${DEFAULT_SETTINGS.tokenTtlSeconds} is used.`,
    );
  }
  return DEFAULT_SETTINGS.tokenTtlSeconds;
}

function readRules(value: unknown, ruleIds: ReadonlySet<string>, problems: string[]): Settings['rules'] {
  const rules: [string, Severity | 'off'][] = [];
  for (const [id, severity] of Object.entries(readObject(value, 'ec2Warden.rules', problems))) {
    if (!ruleIds.has(id)) problems.push(`ec2Warden.rules names ${JSON.stringify(id)}, which is no rule.`);
    else if (isSeverity(severity)) rules.push([id, severity]);
    else problems.push(`ec2Warden.rules: ${id} must be error, warning, information, hint or off; its default is used.`);
  }
  return Object.fromEntries(rules);
}

function readNetwork(value: unknown, problems: string[]): NetworkSettings {
  const network = readObject(value, 'ec2Warden.network', problems);
  const defaults = DEFAULT_SETTINGS.network;
  const list = <T>(
    name: 'managementPorts' | 'publicPorts' | 'trustedCidrs',
    check: Check,
    otherwise: readonly T[],
  ): readonly T[] => {
    const items = network[name];
    if (items === undefined || items === null) return otherwise;
    if (!Array.isArray(items)) {
      problems.push(`ec2Warden.network.${name} must be a list; its default is used.`);
      return otherwise;
    }
    return items.filter((item: unknown, index): item is T => {
      const problem = check(item);
      if (problem !== undefined)
        problems.push(`ec2Warden.network.${name}: item ${index + 1} ${problem}; it is left out.`);
      return problem === undefined;
    });
  };
  const { widePortRange: wide } = network;
  const problem = wide === undefined || wide === null ? undefined : SETTING_PROBLEMS.widePortRange(wide);
  if (problem !== undefined) {
    problems.push(`ec2Warden.network.widePortRange ${problem}; ${defaults.widePortRange} is used.`);
  }
  return {
    managementPorts: list('managementPorts', SETTING_PROBLEMS.port, defaults.managementPorts),
    publicPorts: list('publicPorts', SETTING_PROBLEMS.port, defaults.publicPorts),
    trustedCidrs: list('trustedCidrs', SETTING_PROBLEMS.cidr, defaults.trustedCidrs),
    widePortRange: typeof wide === 'number' && problem === undefined ? wide : defaults.widePortRange,
  };
}

type Check = (value: unknown) => string | undefined;

function isSeverity(value: unknown): value is Severity | 'off' {
  return SEVERITIES.has(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

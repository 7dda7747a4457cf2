/** What the user chose about rules, for judging an account. What a workspace says of its own files says nothing of an account. */
import { workspace } from 'vscode';
import type { Settings } from '../../engine';

const SECTIONS = ['ec2Warden.rules', 'ec2Warden.network'] as const;

const SEVERITIES: ReadonlySet<unknown> = new Set(['error', 'warning', 'information', 'hint', 'off']);

/** Of the user's own settings, or the default. @param fits what is of another type is left out */
function read<T>(section: string, name: string, fits: (value: unknown) => value is T): T | undefined {
  const { globalValue, defaultValue } = workspace.getConfiguration(section).inspect<unknown>(name) ?? {};
  return [globalValue, defaultValue].find(fits);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPort = (value: unknown): value is number => Number.isInteger(value);
const arePorts = (value: unknown): value is readonly number[] => Array.isArray(value) && value.every(isPort);
const areTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

export function judgingSettings(): Settings {
  const rules = Object.entries(read('ec2Warden', 'rules', isObject) ?? {}).filter(([, severity]) =>
    SEVERITIES.has(severity),
  );
  return {
    rules: Object.fromEntries(rules) as Settings['rules'],
    // No account has a fix that fetches a token.
    tokenTtlSeconds: 300,
    network: {
      managementPorts: read('ec2Warden.network', 'managementPorts', arePorts) ?? [],
      publicPorts: read('ec2Warden.network', 'publicPorts', arePorts) ?? [],
      trustedCidrs: read('ec2Warden.network', 'trustedCidrs', areTexts) ?? [],
      widePortRange: read('ec2Warden.network', 'widePortRange', isPort) ?? 1000,
    },
  };
}

export function onJudgingSettingsChanged(listener: () => void): { dispose(): void } {
  return workspace.onDidChangeConfiguration((event) => {
    if (SECTIONS.some((section) => event.affectsConfiguration(section))) listener();
  });
}

import type { Connection } from 'vscode-languageserver';
import { type FoundConfiguration, withConfiguration } from '../engine';
import type { ClientTraits } from './client-traits';
import { DEFAULT_LINT_SETTINGS, type LintSettings, readSettings } from './settings';

/**
 * Settings per resource: those of the client, with what the `.ec2-warden.yaml` beside or above it says in their place. Asked for once and kept until
 * they change or the document closes.
 */
export interface SettingsStore {
  of(uri: string): Promise<LintSettings>;
  /** The client's settings changed; `pushed` is what it sent along, for clients that cannot be asked. */
  changed(pushed: unknown): void;
  forget(uri: string): void;
}

const SECTION = 'ec2Warden';

export function createSettingsStore(
  connection: Connection,
  client: ClientTraits,
  ruleIds: ReadonlySet<string>,
  initializationOptions: unknown,
  configurationOf: (uri: string) => Promise<FoundConfiguration | undefined>,
): SettingsStore {
  const known = new Map<string, Promise<LintSettings>>();
  const logged = new Set<string>();
  let pushed = sectionOf(initializationOptions);

  const read = (section: unknown): LintSettings => {
    const { settings, problems } = readSettings(section, ruleIds);
    for (const problem of problems) {
      if (logged.has(problem)) continue;
      logged.add(problem);
      connection.console.warn(problem);
    }
    return settings;
  };

  const ask = async (uri: string): Promise<LintSettings> => {
    if (!client.answersConfiguration) return read(pushed);
    try {
      const section: unknown = await connection.workspace.getConfiguration({ scopeUri: uri, section: SECTION });
      return read(section ?? pushed);
    } catch {
      connection.console.warn('The editor did not say what its ec2Warden settings are; defaults are used.');
      return DEFAULT_LINT_SETTINGS;
    }
  };

  const compose = async (uri: string): Promise<LintSettings> => {
    const [settings, found] = await Promise.all([ask(uri), configurationOf(uri)]);
    if (found === undefined) return settings;
    const { configuration, ignored } = found;
    return { ...settings, ignored, engine: withConfiguration(settings.engine, configuration) };
  };

  return {
    of: (uri) => {
      const settings = known.get(uri) ?? compose(uri);
      known.set(uri, settings);
      return settings;
    },
    changed: (settings) => {
      known.clear();
      logged.clear();
      const section = sectionOf(settings);
      if (section !== undefined && section !== null) pushed = section;
    },
    forget: (uri) => {
      known.delete(uri);
    },
  };
}

/** Editors send either `{ec2Warden: {...}}` or what is inside of it (Helix sends the same object both ways). */
function sectionOf(settings: unknown): unknown {
  return typeof settings === 'object' && settings !== null && SECTION in settings ? settings[SECTION] : settings;
}

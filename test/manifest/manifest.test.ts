import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/client/languages';
import { SHELL_FILE_NAMES } from '../../src/client/user-data-names';
import { createEngine, DEFAULT_SETTINGS } from '../../src/engine';
import { FIX_ALL_KIND } from '../../src/server/protocol';
import { MAX_TOKEN_TTL_SECONDS } from '../../src/server/settings';
import { ruleSettings, withRuleProperties, withRuleTexts } from './rule-settings';

interface Setting {
  readonly scope?: string;
  readonly order?: number;
  readonly markdownDescription?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Manifest {
  readonly activationEvents: string[];
  readonly capabilities: Record<
    string,
    { supported: unknown; description: string; restrictedConfigurations?: string[] }
  >;
  readonly contributes: {
    readonly languages: { id: string; filenamePatterns: string[] }[];
    readonly commands: { command: string; category: string; title: string }[];
    readonly menus: { commandPalette: { command: string; when: string }[] };
    readonly configuration: { title: string; order: number; properties: Record<string, Setting> }[];
  };
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;
const settings = Object.fromEntries(
  manifest.contributes.configuration.flatMap(({ properties }) => Object.entries(properties)),
);

const HOW = 'The rules have changed. To bring the manifest up to date: UPDATE_MANIFEST=1 npx vitest run test/manifest';

describe('the rules in the manifest are those of the engine', () => {
  const rules = ruleSettings(createEngine().rules);
  test.each([
    ['package.json', withRuleProperties],
    ['package.nls.json', withRuleTexts],
  ])('%s', (name, renew) => {
    const wanted = renew(read(name), rules);
    if (process.env['UPDATE_MANIFEST'] === '1') writeFileSync(join(ROOT, name), wanted);
    expect(JSON.parse(read(name)), HOW).toEqual(JSON.parse(wanted));
    expect(read(name), HOW).toBe(wanted);
  });
});

describe('texts', () => {
  test('every text that the manifest refers to exists, and no other', () => {
    const referred = [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
    expect(new Set(Object.keys(texts))).toEqual(new Set(referred));
  });

  test('every text of the client is in the bundle for translators, and no other', () => {
    const bundle = JSON.parse(read('l10n/bundle.l10n.json')) as Record<string, string>;
    const used = ['src/client', 'src/explorer']
      .flatMap((folder) =>
        readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
      )
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
      .filter((path) => path !== join('src/explorer', 'l10n.ts'))
      .flatMap((path) => [...read(path).matchAll(/l10n\.t\(\s*'([^']+)'/g)].map(([, text]) => text));
    expect(used.length).toBeGreaterThan(10);
    expect(new Set(Object.keys(bundle))).toEqual(new Set(used));
    expect(Object.entries(bundle).filter(([key, text]) => key !== text)).toEqual([]);
  });
});

describe('activation', () => {
  test('happens on the languages that the client lints, and on nothing broader', () => {
    expect(manifest.activationEvents).toEqual([
      ...LANGUAGES.map((language) => `onLanguage:${language}`),
      // VS Code itself has no language for them. What else it has none for lies beside files of these languages.
      ...['tf', 'tofu', 'template', 'service'].map((extension) => `workspaceContains:**/*.${extension}`),
    ]);
    expect(LANGUAGES).not.toContain('terraform-vars');
    expect(LANGUAGES).not.toContain('dockercompose');
  });

  test('names of user data are given to shell as the client lists them', () => {
    expect(manifest.contributes.languages).toEqual([{ id: 'shellscript', filenamePatterns: SHELL_FILE_NAMES }]);
  });
});

/** What decides where signed requests go is the machine's, never a workspace's. */
function scopeOf(setting: string): string {
  if (setting.startsWith('ec2Warden.account.')) return 'machine';
  return setting === 'ec2Warden.trace.server' ? 'window' : 'resource';
}

describe('settings', () => {
  test('of the machine are restricted in a workspace that is not trusted', () => {
    const ofMachine = Object.keys(settings).filter((name) => settings[name]?.scope === 'machine');
    expect(manifest.capabilities['untrustedWorkspaces']?.restrictedConfigurations).toEqual(ofMachine);
  });

  test('each says its scope, place, default and purpose', () => {
    for (const [name, setting] of Object.entries(settings)) {
      expect(setting, name).toMatchObject({
        scope: scopeOf(name),
        order: expect.any(Number) as number,
        markdownDescription: expect.stringMatching(/^%.+%$/) as string,
      });
      expect(setting.default, name).not.toBeUndefined();
    }
  });

  test('have the defaults and limits that the server has', () => {
    expect(settings['ec2Warden.lint.enable']?.default).toBe(true);
    expect(settings['ec2Warden.rules']?.default).toEqual(DEFAULT_SETTINGS.rules);
    expect(settings['ec2Warden.lint.tokenTtlSeconds']).toMatchObject({
      default: DEFAULT_SETTINGS.tokenTtlSeconds,
      minimum: 1,
      maximum: MAX_TOKEN_TTL_SECONDS,
    });
    for (const [name, value] of Object.entries(DEFAULT_SETTINGS.network)) {
      expect(settings[`ec2Warden.network.${name}`]?.default, name).toEqual(value);
    }
  });
});

describe('commands', () => {
  test('all are of the category EC2 Warden and say in the palette when they work', () => {
    const { commands, menus } = manifest.contributes;
    expect(commands.every(({ category }) => category === 'EC2 Warden')).toBe(true);
    expect(menus.commandPalette.map(({ command }) => command)).toEqual(commands.map(({ command }) => command));
  });
});

test('trust and virtual workspaces are supported, with a reason', () => {
  for (const name of ['untrustedWorkspaces', 'virtualWorkspaces']) {
    expect(manifest.capabilities[name]).toMatchObject({ supported: true, description: expect.any(String) as string });
  }
});

test('the documentation for fixing on save names the kind that the server answers with', () => {
  expect(read('docs/other-editors.md')).toContain(FIX_ALL_KIND);
});

/** `.ec2-warden.yaml`: what a folder wants of the linter, the same in the editor and on the command line. */
import type { Finding, Severity } from '../finding';
import { entriesOf, itemsOf, type Tree, type TreeEntry } from '../hosts/tree/tree';
import { parseYaml, yamlErrors } from '../hosts/tree/yaml';
import { INVALID_CONFIGURATION } from '../rules/invalid-configuration';
import type { NetworkSettings, Settings } from '../settings';
import type { Range } from '../text/range';
import { SETTING_PROBLEMS } from './setting-values';

/** What a file says. What it does not say, or says wrongly, is left out. */
export interface Configuration {
  readonly rules: Settings['rules'];
  /** Patterns as in `.gitignore`, from the folder of the file. */
  readonly ignore: readonly string[];
  readonly tokenTtlSeconds?: number;
  readonly network: Partial<NetworkSettings>;
}

export interface ConfigurationProblem {
  readonly range: Range;
  readonly message: string;
}

const NAME = /(?:^|\/)\.ec2-warden\.ya?ml$/;

export function isConfiguration(uri: string): boolean {
  return NAME.test(uri);
}

/** Reads a file. Tolerant: what is wrong is told, and all else counts. */
export function readConfiguration(
  text: string,
  ruleIds: readonly string[],
): { readonly configuration: Configuration; readonly problems: readonly ConfigurationProblem[] } {
  // The others follow from the first.
  const problems: ConfigurationProblem[] = yamlErrors(text).slice(0, 1);
  const [tree] = parseYaml(text);
  const reader = new Reader(problems);
  const found: { -readonly [Key in keyof Configuration]?: Configuration[Key] } = {};
  const ports: Partial<NetworkSettings> = {};
  const keys: Readonly<Record<string, (value: Tree) => void>> = {
    rules: (value) => {
      found.rules = reader.rules(value, ruleIds);
    },
    ignore: (value) => {
      found.ignore = reader.texts(value, (item) =>
        typeof item === 'string' ? undefined : 'must be a pattern of paths',
      );
    },
    tokenTtlSeconds: (value) => {
      const seconds = reader.number(value, SETTING_PROBLEMS.tokenTtlSeconds);
      if (seconds !== undefined) found.tokenTtlSeconds = seconds;
    },
    trustedCidrs: (value) => {
      Object.assign(ports, { trustedCidrs: reader.texts(value, SETTING_PROBLEMS.cidr) });
    },
    ports: (value) => {
      Object.assign(ports, reader.ports(value));
    },
  };
  if (tree) reader.map(tree, keys);
  return { configuration: { rules: {}, ignore: [], ...found, network: ports }, problems };
}

/** The findings in a file of this kind. */
export function configurationFindings(
  text: string,
  ruleIds: readonly string[],
  settings: Settings,
): readonly Finding[] {
  const chosen = settings.rules[INVALID_CONFIGURATION.id];
  if (chosen === 'off') return [];
  const severity = chosen ?? INVALID_CONFIGURATION.severity;
  return readConfiguration(text, ruleIds).problems.map(({ range, message }) => ({
    ...{ ruleId: INVALID_CONFIGURATION.id, severity, message, range, related: [], fixes: [] },
  }));
}

/** Settings with what a file says in place of what they say. */
export function withConfiguration(settings: Settings, configuration: Configuration): Settings {
  const { rules, tokenTtlSeconds = settings.tokenTtlSeconds, network } = configuration;
  return {
    rules: { ...settings.rules, ...rules },
    tokenTtlSeconds,
    network: { ...settings.network, ...network },
  };
}

type Check = (value: unknown) => string | undefined;

class Reader {
  constructor(private readonly problems: ConfigurationProblem[]) {}

  /** Reads each key that is known; the others are problems. */
  map(tree: Tree, keys: Readonly<Record<string, (value: Tree) => void>>): void {
    // A file of comments, or a key without a value.
    if (tree.kind === 'scalar' && tree.value === null) return;
    if (tree.kind !== 'map') {
      this.complain(tree.range, `This must be a list of settings: ${oneOf(Object.keys(keys))}.`);
      return;
    }
    for (const { key, keyRange, value } of once(tree.entries, this)) {
      const read = Object.hasOwn(keys, key) ? keys[key] : undefined;
      if (read) read(value);
      else this.complain(keyRange, `There is no setting "${key}". There are ${oneOf(Object.keys(keys))}.`);
    }
  }

  rules(tree: Tree, ruleIds: readonly string[]): Settings['rules'] {
    const rules: [string, Severity | 'off'][] = [];
    const known = new Set(ruleIds);
    if (tree.kind !== 'map' && !isEmpty(tree))
      this.complain(tree.range, 'rules must name rules, each with a severity.');
    for (const { key, keyRange, value } of once(entriesOf(tree), this)) {
      if (!known.has(key)) {
        this.complain(keyRange, `There is no rule "${key}".`);
        continue;
      }
      const severity = this.one(value, SETTING_PROBLEMS.severity);
      if (severity !== undefined) rules.push([key, severity as Severity | 'off']);
    }
    return Object.fromEntries(rules);
  }

  ports(tree: Tree): Partial<NetworkSettings> {
    const found: { -readonly [Key in keyof NetworkSettings]?: NetworkSettings[Key] } = {};
    this.map(tree, {
      management: (value) => {
        found.managementPorts = this.numbers(value, SETTING_PROBLEMS.port);
      },
      public: (value) => {
        found.publicPorts = this.numbers(value, SETTING_PROBLEMS.port);
      },
      wideRange: (value) => {
        const ports = this.number(value, SETTING_PROBLEMS.widePortRange);
        if (ports !== undefined) found.widePortRange = ports;
      },
    });
    return found;
  }

  /** A value that is as it should be. */
  one(tree: Tree, check: Check): string | number | boolean | undefined {
    const value = tree.kind === 'scalar' ? tree.value : tree;
    const problem = check(value);
    if (problem === undefined && typeof value !== 'object') return value;
    this.complain(tree.range, `This ${problem ?? 'must be a value'}.`);
    return undefined;
  }

  number(tree: Tree, check: Check): number | undefined {
    const value = this.one(tree, check);
    return typeof value === 'number' ? value : undefined;
  }

  texts(tree: Tree, check: Check): readonly string[] {
    return this.items(tree).flatMap((item) => {
      const value = this.one(item, check);
      return typeof value === 'string' ? [value] : [];
    });
  }

  numbers(tree: Tree, check: Check): readonly number[] {
    return this.items(tree).flatMap((item) => this.number(item, check) ?? []);
  }

  private items(tree: Tree): readonly Tree[] {
    if (tree.kind !== 'list' && !isEmpty(tree)) this.complain(tree.range, 'This must be a list.');
    return itemsOf(tree);
  }

  complain(range: Range, message: string): void {
    this.problems.push({ range, message });
  }
}

function isEmpty(tree: Tree): boolean {
  return tree.kind === 'scalar' && tree.value === null;
}

/** The last entry of each key; the others are problems. */
function once(entries: readonly TreeEntry[], reader: Reader): readonly TreeEntry[] {
  return entries.filter(({ key, keyRange }, index) => {
    if (!entries.slice(index + 1).some((other) => other.key === key)) return true;
    reader.complain(keyRange, `"${key}" is said again below, and that counts.`);
    return false;
  });
}

function oneOf(names: readonly string[]): string {
  return names.join(', ');
}

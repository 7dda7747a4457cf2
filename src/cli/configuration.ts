import { realpathSync } from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  DEFAULT_SETTINGS,
  type Engine,
  type FileAccess,
  type FoundConfiguration,
  type Settings,
  withConfiguration,
} from '../engine';
import type { Input } from './inputs';

/** What is wanted for one input. */
export interface Wanted {
  readonly settings: Settings;
  /** Left out by the configuration. Who names a file wants it linted all the same. */
  readonly ignored: boolean;
}

export interface Configurations {
  of(input: Input): Promise<Wanted>;
  /** URIs of configuration files with something wrong in them that have counted for an input so far. */
  readonly faulty: ReadonlySet<string>;
}

/**
 * The `.ec2-warden.yaml` files of a run.
 * @param rules what the command line says; it counts for more than any file
 */
export function configurations(engine: Engine, rules: Settings['rules'], files: FileAccess): Configurations {
  const faulty = new Set<string>();
  /** Folders that no configuration counts for. */
  const without = new Set<string>();
  const configurationOf = async (uri: string): Promise<FoundConfiguration | undefined> => {
    const folder = uri.slice(0, uri.lastIndexOf('/'));
    if (without.has(folder)) return undefined;
    const found = await engine.configurationOf(uri, files);
    if (!found) without.add(folder);
    return found;
  };
  return {
    faulty,
    of: async ({ uri, named }) => {
      const found = await configurationOf(uri);
      if (found?.faulty) faulty.add(found.uri);
      const settings = found ? withConfiguration(DEFAULT_SETTINGS, found.configuration) : DEFAULT_SETTINGS;
      return {
        settings: { ...settings, rules: { ...settings.rules, ...rules } },
        ignored: !named && found?.ignored === true,
      };
    },
  };
}

/** Faulty configuration files as inputs, but for those that are inputs already: what they say wrongly has had no effect, and nobody would know. */
export function faultyInputs(faulty: ReadonlySet<string>, inputs: readonly Input[], cwd: string): readonly Input[] {
  const known = new Set(inputs.map((input) => input.path));
  return [...faulty].sort().flatMap((uri) => {
    const file = realpathSync.native(fileURLToPath(uri));
    return known.has(file) ? [] : [{ file: path.relative(cwd, file), uri, path: file, named: true }];
  });
}

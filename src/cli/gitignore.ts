import * as fs from 'node:fs';
import * as path from 'node:path';
import ignore from 'ignore';

/** What git would leave out, from all the `.gitignore` files that hold for one folder. */
export interface IgnoreRules {
  /** Adds the `.gitignore` that lies in a folder below. */
  within(folder: string, gitignore: string): IgnoreRules;
  ignores(entry: string, isFolder: boolean): boolean;
}

/** As git's `core.ignoreCase` is set where it makes a repository. */
const FOLDS_CASE = process.platform === 'win32' || process.platform === 'darwin';

/**
 * The rules that hold in a folder before its own `.gitignore` is read: those of the folders above it, up to the root of its git
 * repository. None where there is no repository, or where they leave out the folder itself: it was named, so it counts.
 */
export function rulesAbove(folder: string): IgnoreRules {
  const above = foldersAbove(folder);
  const top = above[0];
  if (top === undefined) return rulesIn(folder, []);
  let rules = rulesIn(top, []);
  for (const parent of above) rules = rules.within(parent, readIfThere(path.join(parent, '.gitignore')));
  return rules.ignores(folder, true) ? rulesIn(folder, []) : rules;
}

/** Rules for everything below `base`. One list of patterns in git's order of precedence, so that the last match decides, as in git. */
function rulesIn(base: string, patterns: readonly string[]): IgnoreRules {
  const matcher = ignore({ ignorecase: FOLDS_CASE }).add(patterns);
  return {
    within: (folder, gitignore) => {
      const own = rebase(relativeTo(base, folder), gitignore);
      return own.length === 0 ? rulesIn(base, patterns) : rulesIn(base, [...patterns, ...own]);
    },
    ignores: (entry, isFolder) =>
      patterns.length > 0 && matcher.ignores(relativeTo(base, entry) + (isFolder ? '/' : '')),
  };
}

/** Turns the lines of the `.gitignore` in `folder` into lines that mean the same in the folder at the top (gitignore(5)). */
function rebase(folder: string, gitignore: string): string[] {
  const lines = gitignore.replace(/^\uFEFF/, '').split(/\r?\n/);
  const patterns = lines.filter((line) => !/^(#|!?\/?\s*$)/.test(line));
  if (folder === '') return patterns;
  const prefix = folder.replace(/[\\*?[\]!#]/g, '\\$&');
  return patterns.map((line) => {
    const negation = line.startsWith('!') ? '!' : '';
    const body = line.slice(negation.length).replace(/^\\(?=[!#])/, '');
    const anchored = body.trimEnd().slice(0, -1).includes('/');
    return `${negation}/${prefix}/${anchored ? '' : '**/'}${body.replace(/^\//, '')}`;
  });
}

/** The folders above one, outermost first, from the root of the git repository on; empty where there is none above it. */
function foldersAbove(folder: string): string[] {
  const above: string[] = [];
  let at = folder;
  while (!fs.existsSync(path.join(at, '.git'))) {
    const parent = path.dirname(at);
    if (parent === at) return [];
    above.unshift(parent);
    at = parent;
  }
  return above;
}

function readIfThere(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function relativeTo(base: string, entry: string): string {
  return path.relative(base, entry).split(path.sep).join('/');
}

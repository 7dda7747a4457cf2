import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Problem, reason } from './fault';
import { type IgnoreRules, rulesAbove } from './gitignore';

/** A file below a walked folder. */
export interface WalkedFile {
  /** As shown to people: the folder as it was named, and the way down from it. */
  readonly shown: string;
  /** Absolute. */
  readonly path: string;
}

/** Never entered, whatever `.gitignore` says: git's own files, and other people's code. */
const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/**
 * All files below a folder but for those that git ignores, in the order of their names. Symbolic links are not followed: what they
 * lead to is either below the folder too, or was not meant. A folder that cannot be read is a problem, the rest goes on.
 * @param folder absolute, with symbolic links resolved
 */
export function walk(folder: string, shown: string, problems: Problem[]): readonly WalkedFile[] {
  const files: WalkedFile[] = [];
  const visit = (at: string, shownAt: string, above: IgnoreRules): void => {
    let entries: fs.Dirent[];
    let rules = above;
    try {
      entries = fs.readdirSync(at, { withFileTypes: true });
      if (entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) {
        rules = above.within(at, fs.readFileSync(path.join(at, '.gitignore'), 'utf8'));
      }
    } catch (error) {
      problems.push({ file: shownAt, message: `cannot be read: ${reason(error)}` });
      return;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const isFolder = entry.isDirectory();
      if (SKIPPED.has(entry.name) || !(isFolder || entry.isFile())) continue;
      const entryPath = path.join(at, entry.name);
      if (rules.ignores(entryPath, isFolder)) continue;
      const entryShown = path.join(shownAt, entry.name);
      if (isFolder) visit(entryPath, entryShown, rules);
      else files.push({ shown: entryShown, path: entryPath });
    }
  };
  visit(folder, shown, rulesAbove(folder));
  return files;
}

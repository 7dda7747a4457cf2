import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Left } from './protocol';

/** A folder that scripts write to: where it is, and what a script calls it. */
export interface Place {
  readonly folder: string;
  readonly name: string;
}

/** Empties the places, as on a machine that has just been made. */
export function empty(places: readonly Place[]): void {
  for (const { folder } of places) {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
  }
  for (const { folder, name } of places) {
    if (name === '/home') for (const user of ['ec2-user', 'ubuntu']) mkdirSync(join(folder, user));
  }
}

/** Everything in the places, by name. */
export function listLeft(places: readonly Place[]): Left[] {
  const left: Left[] = [];
  const visit = (folder: string, name: string): void => {
    for (const entry of readdirSync(folder).sort()) {
      const file = join(folder, entry);
      const path = `${name}/${entry}`;
      const stat = lstatSync(file);
      const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
      left.push({ path, kind, mode: stat.mode & 0o7777, content: kind === 'file' ? readFileSync(file, 'utf8') : '' });
      if (kind === 'folder') visit(file, path);
    }
  };
  for (const { folder, name } of places) visit(folder, name);
  return left;
}

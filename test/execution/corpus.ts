import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseVectors, type Vector } from './vector';

const folder = (name: string): string => fileURLToPath(new URL(`${name}/`, import.meta.url));

/** Every vector, in the order of the files and in them. */
export function allVectors(): Vector[] {
  return readdirSync(folder('vectors'))
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) => parseVectors(name.replace('.txt', ''), readFileSync(folder('vectors') + name, 'utf8')));
}

/** A script or line that must give no finding, with the heading it stands under. */
export interface Silent {
  readonly title: string;
  readonly script: string;
}

function sections(name: string): { title: string; text: string }[] {
  const [, ...parts] = `\n${readFileSync(folder('silent') + name, 'utf8')}`.split('\n=== ');
  return parts.map((part) => {
    const end = part.indexOf('\n');
    return { title: part.slice(0, end), text: part.slice(end + 1) };
  });
}

/** Everything that must give no finding: each line of `lines.txt` as a script of its own, and the scripts of `scripts.txt`. */
export function allSilent(): Silent[] {
  const lines = sections('lines.txt').flatMap(({ title, text }) =>
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => ({ title: `${title}: ${line}`, script: `#!/bin/bash\n${line}\n` })),
  );
  return [...lines, ...sections('scripts.txt').map(({ title, text }) => ({ title, script: text }))];
}

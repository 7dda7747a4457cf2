import * as path from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** One file before and after, as a unified diff that `patch -p1` and `git apply` take in the folder that `file` is relative to. */
export function unifiedDiff(file: string, before: string, after: string): string {
  const name = file.split(path.sep).join('/');
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  const diff = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, options);
  // GNU patch takes a name with a space in it only where a tab ends the name; git writes one too.
  const [from = '', to = '', ...hunks] = diff.split('\n');
  return [endName(from), endName(to), ...hunks].join('\n');
}

function endName(header: string): string {
  const name = header.slice('--- '.length);
  return name.includes(' ') && !name.startsWith('"') ? `${header}\t` : header;
}

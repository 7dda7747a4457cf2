/** Requests that `lookup('url', 'URL')` makes where it is put in: the documentation of `ansible.builtin.url`. */
import { somewhereIn } from '../../text/source-map';
import { quote } from '../embedding/setup';
import type { Embedded } from '../host';
import { walk, type Tree } from '../tree/tree';

const LOOKUP =
  /\b(?:lookup|query|q)\([ \t]{0,9}["'](?:ansible\.builtin\.)?url["'][ \t]{0,9},[ \t]{0,9}["'](https?:\/\/[^"'\s{}]{1,300})["']([^{}\n]{0,300})\}\}/g;

/** Each as the command that would make it, where it sends no headers of its own; nothing can be written there. */
export function lookedUp(text: string, tree: Tree): readonly Embedded[] {
  const found: Embedded[] = [];
  walk(tree, ({ kind, range }) => {
    if (kind !== 'scalar') return true;
    for (const match of text.slice(range.start, range.end).matchAll(LOOKUP)) {
      const [whole, url = '', rest = ''] = match;
      if (/\bheaders\b/.test(rest)) continue;
      const start = range.start + match.index;
      const at = { start, end: start + whole.length - rest.length - '}}'.length };
      found.push({
        document: { name: '', text: `curl ${quote(url)}`, languageId: 'shellscript', oneLine: true, fixed: true },
        map: somewhereIn(at),
      });
    }
    return true;
  });
  return found;
}

import { expect, test } from 'vitest';
import { applyEdits } from '../../text/edits';
import { parseJson } from './json';
import { entriesOf, itemsOf, walk, type Tree } from './tree';
import { parseYaml } from './yaml';

const YAML_LISTS: readonly (readonly [string, string, number, string, string])[] = [
  ['dashes', 'k:\n  - a\n  - b\n', 1, 'x: 1', "k:\n  - a\n  - 'x: 1'\n  - b\n"],
  ['an apostrophe', 'k:\n  - a\n', 0, "it's", "k:\n  - 'it''s'\n  - a\n"],
  ['a line end', 'k:\n  - a\n', 0, 'x\n', 'k:\n  - "x\\n"\n  - a\n'],
  ['double quotes', 'k:\n  - "a"\n', 0, 'x', 'k:\n  - "x"\n  - "a"\n'],
  ['CRLF', 'k:\r\n  - a\r\n', 0, 'x', "k:\r\n  - 'x'\r\n  - a\r\n"],
  ['wide dashes', 'k:\n  -   a\n', 0, 'x', "k:\n  -   'x'\n  -   a\n"],
  ['a tag', 'k:\n  - a\n  - !Sub b\n', 1, 'x', "k:\n  - a\n  - 'x'\n  - !Sub b\n"],
  ['an anchor', 'k:\n  - &n b\n', 0, 'x', "k:\n  - 'x'\n  - &n b\n"],
  ['a map', 'k:\n  - a\n  - Ref: B\n', 1, 'x', "k:\n  - a\n  - 'x'\n  - Ref: B\n"],
  ['a list of a list', 'k:\n  - - a\n    - b\n', 0, 'x', "k:\n  - - 'x'\n    - a\n    - b\n"],
  ['brackets', "k: ['a', 'b']\n", 1, 'x', "k: ['a', 'x', 'b']\n"],
  ['brackets, the first', "k: ['a', 'b']\n", 0, 'x', "k: ['x', 'a', 'b']\n"],
  ['brackets over lines', 'k: [\n  "a",\n  "b"\n]\n', 1, 'x', 'k: [\n  "a",\n  "x",\n  "b"\n]\n'],
  ['brackets and a tag', 'k: [ "a", !Ref B ]\n', 1, 'x', 'k: [ "a", \'x\', !Ref B ]\n'],
  ['brackets without blanks', 'k: [a,b]\n', 1, 'x', "k: [a,'x',b]\n"],
];

/** The innermost list, which is the one that is asked about. */
function listIn(tree: Tree | undefined): readonly Tree[] {
  let found: readonly Tree[] = [];
  if (tree)
    walk(tree, (node) => {
      if (node.kind === 'list') found = itemsOf(node);
      return true;
    });
  return found;
}

function inserted(host: string, tree: Tree | undefined, index: number, text: string): string {
  const edit = listIn(tree)[index]?.insertLines?.([text]);
  return edit ? applyEdits(host, [edit]) : 'no way';
}

test.each(YAML_LISTS)('a YAML list with %s', (_, host, index, text, expected) => {
  expect(inserted(host, parseYaml(host)[0], index, text)).toBe(expected);
});

test.each([
  ['on one line', '["a", "b"]', 1, '["a", "x\\n", "b"]'],
  ['without blanks', '["a","b"]', 1, '["a","x\\n","b"]'],
  ['the first on the line of the bracket', '["a",\n  "b"]', 0, '["x\\n", "a",\n  "b"]'],
  ['over lines', '[\n  "a",\n  "b"\n]', 0, '[\n  "x\\n",\n  "a",\n  "b"\n]'],
  ['with CRLF', '[\r\n\t"a"\r\n]', 0, '[\r\n\t"x\\n",\r\n\t"a"\r\n]'],
  ['of objects', '["a", {"Ref": "B"}]', 1, '["a", "x\\n", {"Ref": "B"}]'],
])('a JSON list %s', (_, host, index, expected) => {
  expect(inserted(host, parseJson(host), index, 'x\n')).toBe(expected);
});

test('an alias is no place for new elements', () => {
  const [tree] = parseYaml('a: &a x\nk:\n  - *a\n');
  expect(itemsOf(entriesOf(tree)[1]?.value).map(({ insertLines }) => insertLines)).toEqual([undefined]);
});

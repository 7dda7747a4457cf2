/** What is written into a scalar is what a parser of its own reads there afterwards, and nothing else of the document changes. */
import fc from '../../../../test/fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { editsOf } from '../../testing/arbitrary-edits';
import { applyEdits } from '../../text/edits';
import type { TextEdit } from '../../text/range';
import { parseJson } from './json';
import { get, type Tree } from './tree';
import { parseYaml } from './yaml';

interface Form {
  readonly write: (text: string) => string;
  readonly tree: (host: string) => Tree | undefined;
  readonly read: (host: string) => unknown;
}

const yaml = (value: (text: string) => string, lineBreak = '\n'): Form => ({
  write: (text) => `before: 1\nkey: ${value(text)}\nafter: end\n`.replaceAll('\n', lineBreak),
  tree: (host) => get(parseYaml(host)[0], 'key'),
  read: parse,
});

const block =
  (header: string, margin: string) =>
  (text: string): string =>
    `${header}\n${text
      .split('\n')
      .map((line) => (line === '' ? '' : margin + line))
      .join('\n')}`;

const FORMS: Readonly<Record<string, Form>> = {
  '|': yaml(block('|', '  ')),
  '|-': yaml(block('|-', '  ')),
  '|+': yaml(block('|+', '    ')),
  '|2': yaml(block('|2', '  ')),
  '| with CRLF': yaml(block('|', '  '), '\r\n'),
  '>': yaml(block('>', '  ')),
  '>-': yaml(block('>-', '  ')),
  'double quotes': yaml(JSON.stringify),
  'single quotes': yaml((text) => `'${text.replace(/'/g, "''").replace(/\n/g, '\n\n  ')}'`),
  plain: yaml((text) => text),
  JSON: {
    write: (text) => `{"before": 1, "key": ${JSON.stringify(text)}, "after": "end"}\n`,
    tree: (host) => get(parseJson(host), 'key'),
    read: JSON.parse,
  },
};

interface Case {
  readonly host: string;
  readonly text: string;
  readonly edits: readonly TextEdit[];
}

const LETTERS = ['a', 'b', '$', "'", '"', '\\', ' ', '\t', '\n', '\n', ':', '#', '-', '{', '漢', '🔑'];
const unit = fc.constantFrom(...LETTERS);

/** The text that the document holds, where it can be written so and is one. */
function held({ write, read }: Form, text: string): { readonly host: string; readonly text: string } | undefined {
  const host = write(text);
  try {
    const value = read(host) as Record<string, unknown>;
    return Object.keys(value).length === 3 && value['after'] === 'end' && typeof value['key'] === 'string'
      ? { host, text: value['key'] }
      : undefined;
  } catch {
    return undefined;
  }
}

function cases(form: Form): fc.Arbitrary<Case> {
  return fc
    .string({ unit, maxLength: 30 })
    .map((text) => held(form, text))
    .filter((case_) => case_ !== undefined)
    .chain(({ host, text }) =>
      editsOf(text, fc.string({ unit, maxLength: 6 })).map((edits) => ({ host, text, edits })),
    );
}

describe.each(Object.entries(FORMS))('%s', (_, form) => {
  test('random edits read as what was meant, or are refused', () => {
    let written = 0;
    fc.assert(
      fc.property(cases(form), ({ host, text, edits }) => {
        const tree = form.tree(host);
        if (tree?.kind !== 'scalar') throw new Error('no scalar');
        const piece = tree.piece();
        expect(piece.text).toBe(text);
        const mapped = piece.map.toHostEdits(edits);
        if (!mapped || edits.length === 0) return;
        written++;
        expect(form.read(applyEdits(host, mapped))).toEqual({
          before: 1,
          key: applyEdits(text, edits),
          after: 'end',
        });
      }),
      { numRuns: 400 },
    );
    expect(written).toBeGreaterThan(40);
  });

  test('an option goes into the middle of a line', () => {
    const host = form.write('curl -s http://a/b');
    const tree = form.tree(host);
    if (tree?.kind !== 'scalar') throw new Error('no scalar');
    const edits = tree
      .piece()
      .map.toHostEdits([{ range: { start: 4, end: 4 }, newText: ' -H "x-token: $T" -d \'1\'' }]);
    const after = form.read(applyEdits(host, edits ?? [])) as Record<string, unknown>;
    expect(String(after['key']).trimEnd()).toBe('curl -H "x-token: $T" -d \'1\' -s http://a/b');
  });
});

test.each([
  ['at the start of a line', 'k: |\n  a\n  b\n', 2, 'x\n', 'k: |\n  a\n  x\n  b\n'],
  ['behind the indentation of a line', 'k: |\n  a\n    b\n', 4, 'x\n  ', 'k: |\n  a\n    x\n    b\n'],
  ['with tabs', 'k: |\n  a\n  \tb\n', 3, 'x\n\t', 'k: |\n  a\n  \tx\n  \tb\n'],
  ['with CRLF', 'k: |\r\n  a\r\n  b\r\n', 2, 'x\n', 'k: |\r\n  a\r\n  x\r\n  b\r\n'],
  ['in double quotes', 'k: "a\\nb"\n', 2, 'x\n', 'k: "a\\nx\\nb"\n'],
  ['as the first line', 'k: |-\n  a\n', 0, 'x\n', 'k: |-\n  x\n  a\n'],
])('a line is put in %s', (_, host, position, newText, expected) => {
  const tree = get(parseYaml(host)[0], 'k');
  if (tree?.kind !== 'scalar') throw new Error('no scalar');
  const edits = tree.piece().map.toHostEdits([{ range: { start: position, end: position }, newText }]);
  expect(applyEdits(host, edits ?? [])).toBe(expected);
});

test.each([
  ['a folded block', 'k: >\n  a\n  b\n', 'x\n'],
  ['single quotes', "k: 'a b'\n", 'x\n'],
  ['a plain scalar', 'k: a b\n', 'x\n'],
  ['the first line of a block, with blanks in front', 'k: |\n  a b\n', ' '],
  [
    'a block before blanks that are shorter than its first line and not than its indentation',
    'k: |2\n   a\n   \n',
    'x',
  ],
  ['a block before such blanks and an empty line', 'k: |2\n   a\n\n   \nl: end\n', 'x'],
])('no certain way to write in %s', (_, host, newText) => {
  const tree = get(parseYaml(host)[0], 'k');
  if (tree?.kind !== 'scalar') throw new Error('no scalar');
  expect(tree.piece().map.toHostEdits([{ range: { start: 0, end: 0 }, newText }])).toBeUndefined();
});

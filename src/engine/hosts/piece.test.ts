import fc from '../../../test/fast-check';
import { describe, expect, test } from 'vitest';
import { placeholderTable } from '../program/placeholders';
import { literal, UNKNOWN } from '../program/value';
import { editsOf } from '../testing/arbitrary-edits';
import { applyEdits } from '../text/edits';
import type { TextEdit } from '../text/range';
import { joinPieces, opaquePiece, readSyntax, type Piece, type Syntax } from './piece';
import { parseJson } from './tree/json';
import { itemsOf, type Tree } from './tree/tree';

/** What an element of the list below stands for. */
function elementPiece(element: Tree): Piece {
  const { insertLines } = element;
  const piece = element.kind === 'scalar' ? element.piece() : opaquePiece(UNKNOWN, element.range, placeholderTable());
  return insertLines ? { ...piece, insertLines } : piece;
}

function joined(host: string, delimiter: string): Piece {
  return joinPieces(itemsOf(parseJson(host)).map(elementPiece), delimiter);
}

/** Joins the list without us; what is no text stands for one character. */
function read(host: string, delimiter: string): string {
  const items = JSON.parse(host) as readonly unknown[];
  return items.map((item) => (typeof item === 'string' ? item : '\ue000')).join(delimiter);
}

function edited(host: string, delimiter: string, edits: readonly TextEdit[]): string | undefined {
  const mapped = joined(host, delimiter).map.toHostEdits(edits);
  return mapped && applyEdits(host, mapped);
}

const insertion = (position: number, newText: string): TextEdit[] => [
  { range: { start: position, end: position }, newText },
];

describe('joined pieces', () => {
  test.each([
    ['a line, without a delimiter', '["a\\n", "b\\n"]', '', 2, 'x\n', '["a\\n", "x\\n", "b\\n"]'],
    ['a line, with line ends between', '["a", "b"]', '\n', 2, 'x\n', '["a", "x", "b"]'],
    ['two lines', '["a", "b"]', '\n', 2, 'x\ny\n', '["a", "x", "y", "b"]'],
    ['a line behind indentation', '["a\\n", "  b\\n"]', '', 4, 'x\n  ', '["a\\n", "  x\\n", "  b\\n"]'],
    ['a line where the delimiter indents', '["a\\n", "b"]', ' ', 3, 'x\n ', '["a\\n", "x\\n", "b"]'],
    ['a command where the delimiter joins', '["a", "b"]', ' && ', 5, 'x && ', '["a", "x", "b"]'],
    ['a line within an element', '["a\\nb\\n"]', '', 2, 'x\n', '["a\\nx\\nb\\n"]'],
    ['part of a line', '["a", " b"]', '', 1, ' x', '["a x", " b"]'],
    ['a line before what is no text', '["a\\n", {"Ref": "B"}]', '', 2, 'x\n', '["a\\n", "x\\n", {"Ref": "B"}]'],
    ['part of a line before what is no text', '["a\\n", {"Ref": "B"}]', '', 2, 'x', '["a\\nx", {"Ref": "B"}]'],
    ['the only element', '["a"]', '\n', 0, 'x\n', '["x", "a"]'],
  ])('%s', (_, host, delimiter, position, newText, expected) => {
    expect(edited(host, delimiter, insertion(position, newText))).toBe(expected);
  });

  test('what goes over elements is taken out of each, where nothing stands between', () => {
    const edits = [{ range: { start: 1, end: 4 }, newText: 'x' }];
    expect(edited('["ab", "cd", "ef"]', '', edits)).toBe('["ax", "", "ef"]');
    expect(edited('["ab", "cd"]', '\n', edits)).toBeUndefined();
    expect(edited('["ab", {"Ref": "C"}, "d"]', '', edits)).toBeUndefined();
  });

  const element = fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit: fc.constantFrom('a', ' ', '"', '\n'), maxLength: 6 }) },
    { weight: 1, arbitrary: fc.constant({ Ref: 'A' }) },
  );
  const newText = fc.string({ unit: fc.constantFrom('a', ' ', '"', '\n'), maxLength: 4 });
  test.each(['', '\n', ' ', ' && '])('random edits read as what was meant, joined by %j', (delimiter) => {
    let written = 0;
    const cases = fc.array(element, { minLength: 1, maxLength: 6 }).chain((elements) => {
      const host = JSON.stringify(elements);
      return editsOf(read(host, delimiter), newText).map((edits) => ({ host, edits }));
    });
    fc.assert(
      fc.property(cases, ({ host, edits }) => {
        const text = read(host, delimiter);
        expect(joined(host, delimiter).text).toBe(text);
        const after = edited(host, delimiter, edits);
        if (after === undefined) return;
        written++;
        expect(read(after, delimiter)).toBe(applyEdits(text, edits));
      }),
      { numRuns: 1500 },
    );
    expect(written).toBeGreaterThan(300);
  });
});

test('the syntax of a piece is written in new elements too', () => {
  const doubled: Syntax = {
    pattern: /%%|%(\w)/g,
    read: ([whole, name]) => (whole === '%%' ? { text: '%' } : { value: name === 'a' ? literal('A') : UNKNOWN }),
    codec: { encode: (text) => text.replaceAll('%', '%%') },
  };
  const host = '["1%%\\n", "%a%b\\n"]';
  const pieces = itemsOf(parseJson(host)).map((item) => readSyntax(elementPiece(item), doubled, placeholderTable()));
  const piece = joinPieces(pieces);
  expect(piece.text).toBe('1%\nA\ue000\n');
  expect(applyEdits(host, piece.map.toHostEdits(insertion(3, '5%\n')) ?? [])).toBe('["1%%\\n", "5%%\\n", "%a%b\\n"]');
  expect(applyEdits(host, piece.map.toHostEdits(insertion(1, '%')) ?? [])).toBe('["1%%%%\\n", "%a%b\\n"]');
});

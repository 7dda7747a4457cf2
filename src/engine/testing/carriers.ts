/** What every host that carries scripts must hold to, tried with random edits and with broken input. */
import fc from '../../../test/fast-check';
import { expect, test } from 'vitest';
import { examine } from '../examine';
import { NO_GRAMMARS } from '../grammar/grammars';
import { applyEdits, createEngine } from '../index';
import type { Script } from '../hosts/host';
import type { TextEdit } from '../text/range';

const SURROUNDINGS = { grammars: NO_GRAMMARS, files: new Map<string, string>() };
const engine = createEngine();
/** Milliseconds are many on a machine that does other things. */
const BUSY = { timeout: 60_000 };

/** The shell programs of a document, as they are read. */
export function scriptsIn(text: string, name: string): readonly Script[] {
  return examine({ name, text }, SURROUNDINGS).programs.map(({ script }) => script);
}

export function scriptTexts(text: string, name: string): readonly string[] {
  return scriptsIn(text, name).map((script) => script.text);
}

const LETTERS = ['a', 'b', ' ', '"', "'", '$', '\\', '{', '}', '%', ',', ':', '-', '\t', '\n', '\n', '漢', '🔑'];
const newText = fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 5 });

/** From the word EDIT to the word TIDE, or to the end of the line. */
function editable(text: string): { readonly start: number; readonly end: number } | undefined {
  const start = text.indexOf('EDIT');
  if (start === -1) return undefined;
  const ends = [text.indexOf('TIDE', start), text.indexOf('\n', start), text.length];
  return { start, end: Math.min(...ends.filter((end) => end !== -1)) };
}

interface Change {
  readonly from: number;
  readonly to: number;
  readonly newText: string;
}

function editsWithin({ start, end }: { start: number; end: number }, changes: readonly Change[]): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const place = (position: number): number => start + (position % (end - start + 1));
  for (const { from, to, newText: text } of changes) {
    const [low = 0, high = 0] = [place(from), place(to)].sort((a, b) => a - b);
    if (edits.every(({ range: other }) => high < other.start || other.end < low))
      edits.push({ range: { start: low, end: high }, newText: text });
  }
  return edits;
}

const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record({ from: fc.nat(10_000), to: fc.nat(10_000), newText }),
  { minLength: 1, maxLength: 3 },
);

/**
 * Random edits where the word EDIT stands: the document read again has the edited program, and every other one as it was. `least` is how many of
 * 200 must have been written.
 */
export function editsReadAsMeant(text: string, name: string, least = 60): void {
  test('random edits are read again as what was meant, or refused', BUSY, () => {
    const before = scriptsIn(text, name);
    const ranges = before.map(({ text: { length }, map }) => map.toHost({ start: 0, end: length }));
    const places = before.flatMap((script, index) => {
      const place = editable(script.text);
      return place ? [{ script, index, place }] : [];
    });
    expect(places.length).toBeGreaterThan(0);
    let written = 0;
    fc.assert(
      fc.property(fc.constantFrom(...places), changes, ({ script, index, place }, chosen) => {
        const edits = editsWithin(place, chosen);
        const edited = applyEdits(script.text, edits);
        const mapped = script.map.toHostEdits(edits);
        // Where it stands a file is taken for a template of Terraform's.
        if (!mapped || /\$\$\{|%%\{/.test(edited + applyEdits(text, mapped))) return;
        written++;
        const after = scriptTexts(applyEdits(text, mapped), name);
        expect(after, applyEdits(text, mapped)).toContain(edited);
        // Of two programs one of which is in the other both change.
        const own = ranges[index];
        for (const [at, range] of ranges.entries()) {
          if (own && (own.end <= range.start || range.end <= own.start)) expect(after).toContain(before[at]?.text);
        }
      }),
      { numRuns: 200 },
    );
    expect(written).toBeGreaterThan(least);
  });
}

/** Broken versions of a document are read without a fault, and what is edited in them lies in them. */
export function survivesDamage(text: string, name: string): void {
  const uri = `file://${name}`;
  const tryOut = (damaged: string): void => {
    const { failures } = engine.lint({ uri, text: damaged });
    expect(failures).toEqual([]);
    const edits = engine.fixAll({ uri, text: damaged });
    expect(edits.every(({ range }) => range.start >= 0 && range.end <= damaged.length)).toBe(true);
    applyEdits(damaged, edits);
  };
  test('cut off anywhere', BUSY, () => {
    const step = Math.max(1, Math.floor(text.length / 40));
    for (let end = 0; end < text.length; end += step) tryOut(text.slice(0, end));
  });
  test('with characters lost, added and moved', BUSY, () => {
    const damage = fc.array(
      fc.record({ at: fc.nat(text.length), lost: fc.nat(8), added: fc.constantFrom('', '"', "'", '{', '\n', '\t', '- ', '$(', '\\', '<<E') }), // prettier-ignore
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(damage, (damages) => {
        let damaged = text;
        for (const { at, lost, added } of damages) damaged = damaged.slice(0, at) + added + damaged.slice(at + lost);
        tryOut(damaged);
      }),
      { numRuns: 40 },
    );
  });
}

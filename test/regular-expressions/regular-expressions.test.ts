import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from 'scslre';
import { describe, expect, test } from 'vitest';
import { slowText } from './attack';
import { regularExpressionsOf } from './extract';
import { matcher } from './matcher';

const ROOT = join(import.meta.dirname, '../../src/engine');

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|(?:^|\/)testing\//.test(path));

/** What a static analysis finds: parts of a pattern that can share characters in more than one way. */
function slowParts(source: string, flags: string): readonly string[] {
  const { reports } = analyse({ source, flags }, { reportTypes: { Move: true, Self: true, Trade: true } });
  return reports.map(({ type, character }) => `${type} on a run of ${JSON.stringify(character.pick)}`);
}

describe('no regular expression of the engine takes more than linear time', () => {
  const extracted = files.map((path) => ({
    path,
    ...regularExpressionsOf(path, readFileSync(join(ROOT, path), 'utf8')),
  }));

  test('they are found, and all of them can be read', () => {
    expect(extracted.reduce((sum, { found }) => sum + found.length, 0)).toBeGreaterThan(300);
    expect(extracted.flatMap(({ path, unreadable }) => unreadable.map((each) => ({ path, ...each })))).toEqual([]);
  });

  test.each(extracted.filter(({ found }) => found.length > 0))('$path', ({ found }) => {
    const slow = found.flatMap(({ line, source, flags }) => {
      const attack = slowText(source, flags);
      const reasons = [...slowParts(source, flags), ...(attack ? [`slow on ${JSON.stringify(attack)}`] : [])];
      return reasons.map((reason) => `line ${line}: /${source}/${flags}: ${reason}`);
    });
    expect(slow).toEqual([]);
  });

  test.each(extracted.filter(({ found }) => found.length > 0))(
    '$path: the counting matcher finds what JavaScript finds',
    ({ found }) => {
      const texts = found.flatMap(({ source }) => [
        source,
        source.toLowerCase(),
        `x ${source}\ny`,
        `${source}${source}`,
      ]);
      for (const { source, flags } of found) {
        if (/\{\d{2,}|\{\d,\d{2,}/.test(source)) continue;
        const machine = matcher(source, flags);
        for (const text of texts) {
          const { match } = machine.search(text, Infinity);
          const real = new RegExp(source, flags.replace('g', ''));
          expect({ source, text, match }).toEqual({ source, text, match: real.exec(text)?.[0] });
        }
      }
    },
  );
});

describe('what is slow is seen', () => {
  test.each([
    ['(?:a+)+$', ''],
    ['^(?:[ \\t]*(?:[#;][^\\n]*)?\\r?\\n)*\\[', ''],
    ['(?:[a-z]+[_-]?)*secret', ''],
    ['\\btrap\\b[^\\n]*\\bERR\\b', ''],
    ['^\\d+\\w*\\.$', ''],
    ['\\s+$', ''],
    ['#[^\\n]*?disable', 'g'],
    ['(?:ab|a)*(?:b|ab)*c', ''],
    ['(a*)\\1b', ''],
  ])('%s', (source, flags) => {
    expect(slowText(source, flags)).toBeDefined();
  });

  test.each([
    ['^\\s*#', ''],
    ['^[a-z]+\\d+$', ''],
    ['\\btrap\\b(?:(?!\\btrap\\b)[^\\n])*\\bERR\\b', ''],
    ['"([^"\\\\]|\\\\.)*"', ''],
    ['^(?:[ \\t\\r]*(?:[#;][^\\n]*)?\\n)*\\[', ''],
    ['(?:[ \\t]+|/\\*[^*]*\\*/)+', 'y'],
  ])('%s is not slow', (source, flags) => {
    expect(slowText(source, flags)).toBeUndefined();
  });

  test('a pattern that is made of parts is read; one that is not constant is named', () => {
    const text =
      "const A = 'x+'; const B = String.raw`\\s${A}`; const C = /y/; new RegExp(`${B}|${name}|${C.source}`, 'g'); new RegExp(C); new RegExp(given);";
    expect(regularExpressionsOf('a.ts', text)).toEqual({
      found: [
        { line: 1, source: 'y', flags: '' },
        { line: 1, source: '\\sx+|A|y', flags: 'g' },
        { line: 1, source: 'y', flags: '' },
      ],
      unreadable: [{ line: 1, written: 'new RegExp(given)' }],
    });
  });
});

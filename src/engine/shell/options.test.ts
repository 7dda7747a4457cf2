import { describe, expect, it } from 'vitest';
import { knownText, type Text } from '../program/value';
import { shown } from '../testing/requests';
import type { Field } from './expand';
import { dropPrefix, hasOption, lastOption, parseOptions, type OptionTable } from './options';

const TABLE: OptionTable = {
  short: { o: 'output=', H: 'header=', s: 'silent', f: 'fail' },
  withArgument: new Set(['output', 'header', 'max-time', 'max-redirs']),
  flags: new Set(['silent', 'fail', 'fail-early']),
};

/** A word; `?` is an expansion that is not known, `??` one without quotes. */
function field(written: string): Field {
  const text: Text = written
    .split(/(\?+)/)
    .filter((piece) => piece !== '')
    .map((piece) => (piece.startsWith('?') ? { hole: 'unknown' } : { text: piece }));
  const word = { type: 'Word' as const, text: written, value: written, pos: 0, end: written.length };
  return { text, word, loose: written === '??' };
}

const parse = (line: string, table = TABLE): ReturnType<typeof parseOptions> =>
  parseOptions(
    line
      .split(' ')
      .filter((word) => word !== '')
      .map(field),
    table,
  );

describe('parseOptions', () => {
  it.each([
    ['nothing', '', [], []],
    ['operands', 'a b', [], ['a', 'b']],
    ['a flag', '-s a', ['silent'], ['a']],
    ['flags together', '-sf a', ['silent', 'fail'], ['a']],
    ['an argument apart', '-o x a', ['output=x'], ['a']],
    ['an argument attached', '-ox a', ['output=x'], ['a']],
    ['an argument behind flags', '-sfo x a', ['silent', 'fail', 'output=x'], ['a']],
    ['an argument attached behind flags', '-sox a', ['silent', 'output=x'], ['a']],
    ['an argument that looks like an option', '-o -s a', ['output=-s'], ['a']],
    ['no argument where there is none', '-o', ['output'], []],
    ['a long flag', '--silent a', ['silent'], ['a']],
    ['a long option with =', '--output=x a', ['output=x'], ['a']],
    ['a long option apart', '--output x a', ['output=x'], ['a']],
    ['an empty argument', '--output= a', ['output='], ['a']],
    ['an abbreviation', '--out x a', ['output=x'], ['a']],
    ['an abbreviation that is not the only one', '--max x a', ['max'], ['x', 'a']],
    ['a whole name that begins another', '--fail a', ['fail'], ['a']],
    ['a long option that is not known', '--other a', ['other'], ['a']],
    ['a short one that is not known', '-Z a', ['-Z'], ['a']],
    ['options behind operands', 'a -s b', ['silent'], ['a', 'b']],
    ['nothing behind --', '-s -- -o x', ['silent'], ['-o', 'x']],
    ['a dash alone', '- -s', ['silent'], ['-']],
    ['an argument that is not known', '-o ? a', ['output={?}'], ['a']],
    ['an argument known in part', '-H X:? a', ['header=X:{?}'], ['a']],
    ['an argument attached and not known', '-o? a', ['output={?}'], ['a']],
    ['a word that is not known', '? -s', ['silent'], ['{?}']],
  ])('%s', (_, line, options, operands) => {
    const parsed = parse(line);
    expect(parsed.options.map(({ name, value }) => (value ? `${name}=${shown(value)}` : name))).toEqual(options);
    expect(parsed.operands.map(({ text }) => shown(text))).toEqual(operands);
  });

  it('stops at the first operand where the command does', () => {
    const parsed = parse('-s curl -f x', { ...TABLE, stopAtOperand: true });
    expect(parsed.options.map(({ name }) => name)).toEqual(['silent']);
    expect(parsed.operands.map(({ text }) => knownText(text))).toEqual(['curl', '-f', 'x']);
  });

  it('tells of words without quotes that may hold options', () => {
    expect(parse('?? a').loose).toHaveLength(1);
    expect(parse('? a').loose).toEqual([]);
    expect(parse('-o ?? a').loose).toEqual([]);
  });

  it('tells which words an option is written in', () => {
    const [option] = parse('-so x a').options.slice(1);
    expect(option?.fields.map(({ word }) => word.text)).toEqual(['-so', 'x']);
    expect(option?.apart).toBe(true);
    expect(option?.field.word.text).toBe('x');
  });
});

describe('lastOption and hasOption', () => {
  const parsed = parse('-o a --output=b -s');
  it('the last one counts', () => {
    expect(lastOption(parsed, 'output')?.value).toEqual([{ text: 'b' }]);
    expect(lastOption(parsed, 'header')).toBeUndefined();
    expect(hasOption(parsed, 'header', 'silent')).toBe(true);
    expect(hasOption(parsed, 'header', 'fail')).toBe(false);
  });
});

describe('dropPrefix', () => {
  it.each<[string, Text, number, Text]>([
    ['nothing', [{ text: 'ab' }], 0, [{ text: 'ab' }]],
    ['part of a piece', [{ text: 'abc' }], 1, [{ text: 'bc' }]],
    ['a whole piece', [{ text: 'a' }, { hole: 'unknown' }], 1, [{ hole: 'unknown' }]],
    ['over a border', [{ text: 'a' }, { text: 'bc' }], 2, [{ text: 'c' }]],
    ['all of it', [{ text: 'ab' }], 2, []],
  ])('%s', (_, text, length, expected) => {
    expect(dropPrefix(text, length)).toEqual(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { datum, either, mapping, openList, reference, unknown } from '../testing/data';
import { entry, integer, items, mayBeUnknown, possibilities, text, truth, type Datum } from './datum';

function told(of: Datum | undefined): readonly string[] {
  return possibilities(of).map(({ datum: at, when }) => [text(at) ?? at?.kind ?? 'left out', ...when].join(', '));
}

describe('possibilities', () => {
  it('of a value is the value, and of nothing is that it is left out', () => {
    expect(told(datum('a'))).toEqual(['a']);
    expect(told(undefined)).toEqual(['left out']);
  });

  it('of a choice between choices name every condition on the way', () => {
    expect(told(either({ A: either({ B: 'ab', 'not B': undefined }), 'not A': 'c' }))).toEqual([
      'ab, A, B',
      'left out, A, not B',
      'c, not A',
    ]);
  });

  it('are bounded', () => {
    let deep: Datum = datum('leaf');
    for (let i = 0; i < 12; i++) deep = either({ [`A${String(i)}`]: deep, [`B${String(i)}`]: deep });
    expect(possibilities(deep).length).toBeLessThanOrEqual(32);
  });
});

describe('entry', () => {
  const options = mapping({ HttpTokens: 'required', Nested: mapping({ Deep: 1 }) });
  it.each([
    ['a value', options, ['HttpTokens'], ['required']],
    ['a value below', options, ['Nested', 'Deep'], ['1']],
    ['what is left out', options, ['HttpEndpoint'], ['left out']],
    ['what may be set elsewhere', { ...options, complete: false }, ['HttpEndpoint'], ['unknown']],
    [
      'a choice of mappings',
      either({ A: options, 'not A': undefined }),
      ['HttpTokens'],
      ['required, A', 'left out, not A'],
    ],
    ['what is not known', unknown(), ['HttpTokens'], ['unknown']],
    ['another resource', reference('Shared'), ['HttpTokens'], ['unknown']],
    ['a list of one', datum([options]), ['HttpTokens'], ['required']],
    ['a list of two', datum([options, options]), ['HttpTokens'], ['left out']],
    ['a scalar', datum('x'), ['HttpTokens'], ['left out']],
    ['nothing', undefined, ['HttpTokens'], ['left out']],
  ] as const)('of %s', (_, from, path, expected) => {
    expect(told(entry(from, ...path))).toEqual(expected);
  });
});

describe('items', () => {
  it.each([
    ['a list', datum(['a', 'b']), ['a', 'b'], true],
    ['a single value', datum('a'), ['a'], true],
    ['a list that may have more', openList('a'), ['a'], false],
    ['lists in a list', datum([['a'], ['b', 'c']]), ['a', 'b', 'c'], true],
    ['nothing', undefined, [], true],
    ['what is not known', unknown(), [], false],
    ['another resource', reference('x'), [], false],
  ] as const)('of %s', (_, from, expected, complete) => {
    const found = items(from);
    expect(found.items.map((item) => text(item.datum))).toEqual(expected);
    expect(found.complete).toBe(complete);
  });

  it('tell the conditions under which they are there', () => {
    const list = either({ A: datum(['x', either({ B: 'y', 'not B': undefined })]), 'not A': datum(['z']) });
    expect(items(list).items.map(({ datum: at, when }) => [text(at), ...when])).toEqual([
      ['x', 'A'],
      ['y', 'A', 'B'],
      ['z', 'not A'],
    ]);
  });
});

describe('scalars', () => {
  it.each([
    [22, 22],
    ['22', 22],
    [' 22 ', 22],
    ['-1', -1],
    ['ssh', undefined],
    ['2.5', undefined],
    ['', undefined],
    ['99999999999', undefined],
    [true, undefined],
  ] as const)('%j is the number %s', (value, expected) => {
    expect(integer(datum(value))).toBe(expected);
  });

  it.each([
    [true, true],
    ['true', true],
    ['True', true],
    [false, false],
    ['FALSE', false],
    ['yes', undefined],
    [1, undefined],
  ] as const)('%j is the truth value %s', (value, expected) => {
    expect(truth(datum(value))).toBe(expected);
  });

  it('nothing else has one', () => {
    for (const other of [undefined, unknown(), datum(['1']), mapping({}), reference('x')])
      expect([text(other), integer(other), truth(other)]).toEqual([undefined, undefined, undefined]);
  });
});

it.each([
  [datum('a'), false],
  [undefined, false],
  [unknown(), true],
  [reference('x'), true],
  [either({ A: 'a', 'not A': unknown() }), true],
  [either({ A: 'a', 'not A': 'b' }), false],
])('may be unknown', (of, expected) => {
  expect(mayBeUnknown(of)).toBe(expected);
});

import fc from '../../../test/fast-check';
import { describe, expect, it } from 'vitest';
import { editsOf } from '../testing/arbitrary-edits';
import { hostScript, mapHost, plainText, PUT_IN, readHost, writeHost } from '../testing/indented-host';
import { applyEdits } from './edits';
import { compose, IDENTITY, sameOffsets, scriptBuilder, somewhereIn, type SourceMap } from './source-map';
import type { Range, TextEdit } from './range';

const edit = (start: number, end: number, newText: string): TextEdit => ({ range: { start, end }, newText });

/** The host after an edit of the script; undefined where there is no certain one. */
function edited(host: string, map: SourceMap, ...edits: TextEdit[]): string | undefined {
  const mapped = map.toHostEdits(edits);
  return mapped && applyEdits(host, mapped);
}

/** A quoted string with an escape and something put in, between two that are script text. */
const HOST = `["echo \\"hi\\" ", Ref, "&& curl"]`;

function quotedElements(): { readonly text: string; readonly map: SourceMap } {
  const builder = scriptBuilder(HOST, { encode: (text) => JSON.stringify(text).slice(1, -1) });
  builder.copy(2, 7);
  builder.unit('"', 7, 9);
  builder.copy(9, 11);
  builder.unit('"', 11, 13);
  builder.copy(13, 14);
  builder.opaque(PUT_IN, 17, 20);
  builder.copy(23, 30);
  return builder.build();
}

/** What takes a line end away leaves the indentation that its host has behind it, which is layout to most readers but not to this one. */
function endsBehindNewline(script: string, { range: { start, end } }: TextEdit): boolean {
  return start < end && script.charAt(end - 1) === '\n';
}

describe('scriptBuilder', () => {
  it('puts the script together', () => {
    expect(quotedElements().text).toBe(`echo "hi" ${PUT_IN}&& curl`);
  });

  it('builds an empty script', () => {
    const { text, map } = scriptBuilder('# nothing\n').build();
    expect(text).toBe('');
    expect(map.toHost({ start: 0, end: 0 })).toEqual({ start: 0, end: 0 });
    expect(map.toHostEdits([edit(0, 0, 'x')])).toBeUndefined();
  });
});

describe('toHost', () => {
  const { text, map } = quotedElements();
  const at = (part: string): Range => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length });
  it.each([
    ['text that stands as it is', 'echo', 'echo'],
    ['an escape', '"hi"', '\\"hi\\"'],
    ['what is put in', PUT_IN, 'Ref'],
    ['text over a border', `${PUT_IN}&& curl`, 'Ref, "&& curl'],
    ['all of it', `echo "hi" ${PUT_IN}&& curl`, `echo \\"hi\\" ", Ref, "&& curl`],
  ])('%s', (_, part, expected) => {
    const { start, end } = map.toHost(at(part));
    expect(HOST.slice(start, end)).toBe(expected);
  });
});

describe('toHostEdits', () => {
  const { text, map } = quotedElements();
  it.each<[string, TextEdit, string | undefined]>([
    ['replaces in place', edit(0, 4, 'printf'), `["printf \\"hi\\" ", Ref, "&& curl"]`],
    ['writes new text the way of the host', edit(0, 4, 'e"o'), `["e\\"o \\"hi\\" ", Ref, "&& curl"]`],
    ['replaces an escape whole', edit(5, 9, "'hi'"), `["echo 'hi' ", Ref, "&& curl"]`],
    ['inserts before an escape', edit(5, 5, '-n '), `["echo -n \\"hi\\" ", Ref, "&& curl"]`],
    ['inserts behind an escape', edit(9, 9, '!'), `["echo \\"hi\\"! ", Ref, "&& curl"]`],
    [
      'keeps what is inserted before something put in with the text before',
      edit(10, 10, 'x'),
      `["echo \\"hi\\" x", Ref, "&& curl"]`,
    ],
    ['deletes', edit(4, 9, ''), `["echo ", Ref, "&& curl"]`],
    ['touches nothing that is put in', edit(10, 11, 'x'), undefined],
    ['goes over nothing that is put in', edit(9, 13, 'x'), undefined],
  ])('%s', (_, change, expected) => {
    expect(edited(HOST, map, change)).toBe(expected);
  });

  it('maps several edits together or none of them', () => {
    expect(edited(HOST, map, edit(0, 4, 'a'), edit(text.length, text.length, ';'))).toBe(
      `["a \\"hi\\" ", Ref, "&& curl;"]`,
    );
    expect(map.toHostEdits([edit(0, 4, 'a'), edit(10, 11, '')])).toBeUndefined();
  });

  it('puts lines behind the indentation of their host, and indents what follows', () => {
    const host = '    one\n    two\n';
    const { map: indented } = mapHost(host);
    expect(edited(host, indented, edit(4, 4, 'new\n'))).toBe('    one\n    new\n    two\n');
    expect(edited(host, indented, edit(3, 3, ' && x'))).toBe('    one && x\n    two\n');
  });

  it('goes over indentation, but not over other text of the host between two pieces', () => {
    const soft = scriptBuilder('a\n    b');
    soft.copy(0, 2);
    soft.softGap();
    soft.copy(6, 7);
    expect(edited('a\n    b', soft.build().map, edit(0, 3, 'x'))).toBe('x');
    const hard = scriptBuilder('"a", "b"');
    hard.copy(1, 2);
    hard.copy(6, 7);
    expect(hard.build().map.toHostEdits([edit(0, 2, 'x')])).toBeUndefined();
  });

  it('changes nothing of what the host only implies', () => {
    const builder = scriptBuilder('- a\n- b\n');
    builder.copy(2, 3);
    builder.unit('\n', 3, 3);
    builder.copy(6, 7);
    const { text: script, map: implied } = builder.build();
    expect(script).toBe('a\nb');
    expect(implied.toHostEdits([edit(1, 2, ' ')])).toBeUndefined();
    expect(edited('- a\n- b\n', implied, edit(0, 1, 'x'))).toBe('- x\n- b\n');
  });

  it('gives nothing where the host has no spelling', () => {
    const builder = scriptBuilder('ExecStart=curl', { encode: (added) => (added.includes('\n') ? undefined : added) });
    builder.copy(10, 14);
    const { map: oneLine } = builder.build();
    expect(oneLine.toHostEdits([edit(0, 0, 'x\n')])).toBeUndefined();
    expect(oneLine.toHostEdits([edit(4, 4, ' x')])).toEqual([edit(14, 14, ' x')]);
  });

  it('needs no spelling to delete', () => {
    const builder = scriptBuilder('curl x', { encode: () => undefined });
    builder.copy(0, 6);
    expect(edited('curl x', builder.build().map, edit(4, 6, ''))).toBe('curl');
  });
});

describe('maps for a host written and read by hand', () => {
  it('read the same script', () => {
    fc.assert(
      fc.property(hostScript, (script) => {
        const host = writeHost(script);
        expect(readHost(host)).toBe(script);
        expect(mapHost(host).text).toBe(script);
      }),
    );
  });

  it('lead back to text that reads as the script does', () => {
    fc.assert(
      fc.property(hostScript, fc.nat(40), fc.nat(40), (script, a, b) => {
        const start = Math.min(a, b, script.length);
        const end = Math.min(Math.max(a, b), script.length);
        const host = writeHost(script);
        const span = mapHost(host).map.toHost({ start, end });
        expect(span.start).toBeLessThanOrEqual(span.end);
        expect(span.end).toBeLessThanOrEqual(host.length);
        if (start < end) expect(readHost(host.slice(span.start, span.end))).toBe(script.slice(start, end));
      }),
      { numRuns: 300 },
    );
  });

  it('give host edits that never overlap and, read again, are the edited script', () => {
    const cases = hostScript.chain((script) => fc.tuple(fc.constant(script), editsOf(script, plainText)));
    fc.assert(
      fc.property(cases, ([script, edits]) => {
        fc.pre(!edits.some((change) => endsBehindNewline(script, change)));
        const host = writeHost(script);
        const after = edited(host, mapHost(host).map, ...edits);
        if (after !== undefined) expect(readHost(after)).toBe(applyEdits(script, edits));
      }),
      { numRuns: 1000 },
    );
  });

  it('refuse only what touches something put in', () => {
    fc.assert(
      fc.property(hostScript, fc.nat(40), fc.integer({ min: 1, max: 6 }), (script, from, length) => {
        const start = Math.min(from, script.length);
        const end = Math.min(start + length, script.length);
        const { map } = mapHost(writeHost(script));
        const touches = script.slice(start, end).includes(PUT_IN);
        if (start < end) expect(map.toHostEdits([edit(start, end, 'x')]) === undefined).toBe(touches);
      }),
    );
  });
});

describe('sameOffsets', () => {
  const map = sameOffsets({ encode: (text) => (text === '?' ? undefined : text.toUpperCase()) });
  it('keeps places and writes new text the way of the host', () => {
    expect(map.toHost({ start: 1, end: 3 })).toEqual({ start: 1, end: 3 });
    expect(map.toHostEdits([edit(1, 3, 'x')])).toEqual([edit(1, 3, 'X')]);
    expect(map.toHostEdits([edit(0, 0, 'x'), edit(1, 3, '?')])).toBeUndefined();
  });
});

describe('somewhereIn', () => {
  const map = somewhereIn({ start: 5, end: 9 });
  it('is one place, and cannot be edited', () => {
    expect(map.toHost({ start: 0, end: 1 })).toEqual({ start: 5, end: 9 });
    expect(map.toHostEdits([edit(0, 0, 'x')])).toBeUndefined();
    expect(map.toHostEdits([])).toEqual([]);
  });
});

describe('compose', () => {
  it('leaves a map alone beside the identity', () => {
    const { map } = quotedElements();
    expect(compose(map, IDENTITY).toHost({ start: 0, end: 4 })).toEqual({ start: 2, end: 6 });
    expect(compose(IDENTITY, map).toHost({ start: 0, end: 4 })).toEqual({ start: 2, end: 6 });
  });

  it('goes through two hosts: what is edited inside reads as edited from outside', () => {
    const cases = fc.record({ script: hostScript, from: fc.nat(40), length: fc.nat(4), newText: plainText });
    fc.assert(
      fc.property(cases, ({ script, from, length, newText }) => {
        const start = Math.min(from, script.length);
        const change = edit(start, Math.min(start + length, script.length), newText);
        fc.pre(!endsBehindNewline(script, change));
        const middle = writeHost(script);
        const outside = writeHost(middle);
        const outer = mapHost(outside);
        const inner = mapHost(outer.text);
        expect(inner.text).toBe(script);
        const after = edited(outside, compose(inner.map, outer.map), change);
        if (after !== undefined) expect(readHost(readHost(after))).toBe(applyEdits(script, [change]));
      }),
      { numRuns: 300 },
    );
  });
});

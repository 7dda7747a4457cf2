import { describe, expect, test } from 'vitest';
import { createEngine } from '.';
import { NO_GRAMMARS, type Grammars } from './grammar/grammars';
import type { Script } from './hosts/host';
import { IDENTITY } from './text/source-map';
import { remembering, rememberingDistant, understand } from './understood';

const CALL = 'curl -s http://169.254.169.254/latest/meta-data/hostname\n';
const script = (text: string, parts: Partial<Script> = {}): Script => ({
  language: 'shell',
  text,
  map: IDENTITY,
  ...parts,
});
const surroundings = (grammars: Grammars = { ...NO_GRAMMARS }) => ({ grammars, files: new Map<string, string>() });

test('the same script is understood once, wherever it lies', () => {
  const here = surroundings();
  const first = understand(script(CALL), here);
  expect(first?.program.requests).toHaveLength(1);
  expect(understand(script(CALL, { map: { ...IDENTITY } }), here)).toBe(first);
});

test.each<[string, Script, Script]>([
  ['another text', script(CALL), script(`${CALL}# more\n`)],
  ['no room for lines', script(CALL), script(CALL, { oneLine: true })],
  [
    'another value of a placeholder',
    script('curl $X\ue000\n', { placeholders: new Map([['\ue000', [[{ text: 'a' }]]]]) }),
    script('curl $X\ue000\n', { placeholders: new Map([['\ue000', [[{ text: 'b' }]]]]) }),
  ],
])('%s makes another program', (_, one, other) => {
  const here = surroundings();
  expect(understand(one, here)).not.toBe(understand(other, here));
});

test('other grammars, or a grammar that has come meanwhile, make another program', () => {
  expect(understand(script(CALL), surroundings())).not.toBe(understand(script(CALL), surroundings()));
  let loaded = false;
  const here = surroundings({ ...NO_GRAMMARS, isLoaded: () => loaded });
  const before = understand(script(CALL), here);
  loaded = true;
  expect(understand(script(CALL), here)).not.toBe(before);
});

test('only so much of a document is kept', () => {
  const here = surroundings();
  const first = understand(script(CALL), here);
  for (let n = 0; n < 40; n++) understand(script(`# ${'x'.repeat(10_000)} ${String(n)}\n${CALL}`), here);
  expect(understand(script(CALL), here)).toBe(first);
  const last = script(`# ${'x'.repeat(10_000)} 39\n${CALL}`);
  expect(understand(last, here)).not.toBe(understand(last, here));
});

describe('while documents are read', () => {
  const read = (name: string, text: string, here: ReturnType<typeof surroundings>): unknown =>
    remembering(name, here, () => understand(script(text), here));

  test('the next version of one finds the scripts of the last', () => {
    const here = surroundings();
    expect(read('a', CALL, here)).toBe(read('a', CALL, here));
  });

  test('what the last version had not is forgotten', () => {
    const here = surroundings();
    const first = read('a', CALL, here);
    read('a', `${CALL}# more\n`, here);
    expect(read('a', CALL, here)).not.toBe(first);
  });

  test('another finds them too, until some more were read', () => {
    const here = surroundings();
    const first = read('a', CALL, here);
    expect(read('b', CALL, here)).toBe(first);
    for (const name of ['c', 'd', 'e', 'f']) read(name, `# ${name}\n`, here);
    expect(read('g', CALL, here)).not.toBe(first);
  });

  test('what was read when one could not be read to its end is kept', () => {
    const here = surroundings();
    let first: unknown;
    const broken = (): unknown =>
      remembering('a', here, () => {
        first = understand(script(CALL), here);
        throw new Error('broken');
      });
    expect(broken).toThrow('broken');
    expect(read('b', CALL, here)).toBe(first);
  });
});

test('two documents with the same script have its findings each in its own place', () => {
  const engine = createEngine();
  const config = (before: string): string => `#cloud-config\n${before}runcmd:\n  - |\n    ${CALL}`;
  for (const before of ['', 'package_update: true\n', '# x\n']) {
    const text = config(before);
    const { findings } = engine.lint({ uri: 'file:///w/a.yaml', text });
    expect(findings.map(({ range }) => text.slice(range.start, range.end))).toEqual([CALL.trim()]);
    expect(findings[0]?.fixes[0]?.edits()[0]?.range.start).toBeGreaterThan(text.indexOf('runcmd'));
  }
});

test('a script of another file is understood once, however often the document is read, until there are too many', () => {
  const here = surroundings();
  const read = (text: string) => {
    remembering('main.tf', here, () => undefined);
    return rememberingDistant(here, () => understand(script(text), here));
  };
  const first = read(CALL);
  expect(read(CALL)).toBe(first);
  for (let n = 0; n < 40; n++) read(`# ${'x'.repeat(10_000)}${String(n)}\n${CALL}`);
  expect(read(CALL)).not.toBe(first);
});

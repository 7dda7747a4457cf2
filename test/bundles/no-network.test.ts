import { build, transform, type BuildOptions } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { ENTRIES, optionsOf } from '../../scripts/build.mjs';

/** Modules of Node by which a program reaches another machine, or the socket of another program. */
const NETWORK = /^(node:)?(dgram|dns|dns\/promises|http|http2|https|inspector|net|tls|undici)$/;

/** Globals that do the same. esbuild replaces those that are not declared in the bundle by this mark. */
const GLOBALS = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'navigator.sendBeacon'];
const MARK = 'A_GLOBAL_THAT_REACHES_THE_NETWORK';
const marked = Object.fromEntries(GLOBALS.flatMap((name) => [name, `globalThis.${name}`]).map((name) => [name, MARK]));

const LINTER = ['dist/extension.js', 'dist/server.js', 'dist/browser/server.js'];

test('a global that reaches the network is noticed, a function of that name is not', async () => {
  const contents =
    'fetch("a"); function b(fetch) { fetch() } new globalThis.WebSocket("d"); navigator.sendBeacon("c"); b(console.log);';
  const { outputFiles } = await build({ stdin: { contents }, define: marked, bundle: true, write: false });
  expect(outputFiles[0]?.text.match(new RegExp(MARK, 'g'))).toHaveLength(3);
});

describe.each(ENTRIES.filter(({ to }) => LINTER.includes(to)))('$to', (entry) => {
  let modules: string[] = [];
  let text = '';

  beforeAll(async () => {
    const options: BuildOptions = { ...optionsOf(entry, false), write: false, sourcemap: false };
    const { metafile, outputFiles = [] } = await build({ ...options, metafile: true, minify: false });
    modules = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
    const [bundle] = outputFiles;
    text = (await transform(bundle?.text ?? '', { define: marked })).code;
  });

  test('loads no module that reaches the network', () => {
    expect(text.length).toBeGreaterThan(10_000);
    expect(modules.filter((path) => NETWORK.test(path))).toEqual([]);
    // What a metafile does not list: a module loaded by a computed name.
    expect(text.match(/\brequire\(\s*[^"'\s]/g) ?? []).toEqual([]);
  });

  test('uses no global that does', () => {
    expect(text).not.toContain(MARK);
  });
});

test('every bundle of the linter is looked at', () => {
  expect(ENTRIES.map(({ to }) => to)).toEqual(expect.arrayContaining(LINTER));
});

import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { ENTRIES, optionsOf } from '../../scripts/build.mjs';

/** The modules of a bundle that are functions of their own there, carried out when something asks for them. */
async function loadedLater(to: string): Promise<readonly string[]> {
  const entry = ENTRIES.find((each) => each.to === to);
  if (!entry) throw new Error(`There is no bundle ${to}.`);
  const { outputFiles } = await build({ ...optionsOf(entry, false), minify: false, write: false, sourcemap: false });
  const text = outputFiles.find(({ path }) => path.endsWith('.js'))?.text ?? '';
  return [...text.matchAll(/__esm\(\{\s*"([^"]+)"\(/g)].map(([, path = '']) => path);
}

/*
 * Of a module that is reached by import(), esbuild makes such a function, and of all that the module imports too: one import() of what leads to the engine, and
 * all of it is read twice at every start (a twentieth of a run over 100 scripts).
 */
test.each(['dist/cli.js', 'dist/server.js', 'dist/extension.js'])(
  'the engine is in no such module of %s',
  async (to) => {
    const later = await loadedLater(to);
    expect(later.filter((path) => path.startsWith('src/engine/'))).toEqual([]);
  },
);

test('what a run seldom needs is in some', async () => {
  expect(await loadedLater('dist/cli.js')).toContain('src/cli/fix-report.ts');
});

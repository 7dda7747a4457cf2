import { build, type Metafile } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { ENTRIES, optionsOf } from '../../scripts/build.mjs';
import { markSchemasPure } from '../../scripts/lean-sdk.mjs';

const SDK = /node_modules\/(@aws-sdk|@smithy|@aws-crypto)\//;

/** What is in a bundle, by the path of each module, with its bytes there. */
async function modulesOf(to: string): Promise<Metafile['outputs'][string]> {
  const entry = ENTRIES.find((each) => each.to === to);
  if (!entry) throw new Error(`There is no bundle ${to}.`);
  const { metafile } = await build({ ...optionsOf(entry, false), write: false, sourcemap: false, metafile: true });
  const [output] = Object.values(metafile.outputs);
  if (!output) throw new Error(`${to} has no output.`);
  return output;
}

function bytes({ inputs }: Metafile['outputs'][string], of: RegExp): number {
  return Object.entries(inputs).reduce(
    (sum, [path, { bytesInOutput }]) => sum + (of.test(path) ? bytesInOutput : 0),
    0,
  );
}

describe('the AWS SDK', () => {
  test.each(['dist/extension.js', 'dist/server.js', 'dist/browser/server.js', 'dist/cli.js', 'dist/enforce.js'])(
    'is not in %s',
    async (to) => {
      const { inputs } = await modulesOf(to);
      expect(Object.keys(inputs).filter((path) => SDK.test(path))).toEqual([]);
    },
  );

  describe('in dist/aws.js', () => {
    let output: Metafile['outputs'][string];

    beforeAll(async () => {
      output = await modulesOf('dist/aws.js');
    });

    test('is there, with what is asked for and little else', () => {
      expect(bytes(output, /client-ec2\//)).toBeGreaterThan(10_000);
      expect(bytes(output, /client-ec2\//)).toBeLessThan(150_000);
      expect(bytes(output, /bowser/)).toBeLessThan(100);
      expect(bytes(output, /package\.json$/)).toBeLessThan(1000);
      expect(output.bytes).toBeLessThan(750_000);
    });

    test('comes without the parsers of documents', () => {
      expect(bytes(output, /unbash|web-tree-sitter|jsonc-parser|src\/engine\/hosts\//)).toBe(0);
      expect(Object.values(output.imports).filter(({ path }) => path === 'vscode')).toEqual([]);
    });
  });
});

test('descriptions of operations are marked, and nothing else', () => {
  const source = [
    'const _a = "a;b";',
    'export var One$ = [3, n0, _O,',
    '    0,',
    '    [_a], [[() => Two, { [_xN]: _a }]]',
    '];',
    'var Two = [0, n0, _T, 8, 0];',
    'const registry = new TypeRegistry(_s);',
    'registry.registerError(One$, Error);',
    '',
  ].join('\n');
  expect(markSchemasPure(source)).toBe(
    source
      .replace('[3, n0', '/* @__PURE__ */ (() => [3, n0')
      .replace(']]\n];', ']]\n])();')
      .replace('[0, n0, _T, 8, 0];', '/* @__PURE__ */ (() => [0, n0, _T, 8, 0])();'),
  );
});

import { describe, expect, it } from 'vitest';
import { createEngine, type FileAccess } from './index';

const engine = createEngine(() => Promise.reject(new Error('no grammar is wanted')));

/** Files of one folder, which are read in as many turns as it says. */
function slowly(texts: Readonly<Record<string, readonly [text: string, turns: number]>>): FileAccess {
  return {
    read: async (uri) => {
      const [text, turns] = texts[uri] ?? [undefined, 0];
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      return text;
    },
    list: () => Promise.resolve(Object.keys(texts)),
  };
}

describe('prepare', () => {
  it('has files in the order of their folder, whichever is read first', async () => {
    const document = { uri: 'file:///c/main.tf', text: 'resource "aws_instance" "w" {}\n' };
    const other = 'variable "v" {}\n';
    const order = async (a: number, b: number): Promise<readonly string[]> => {
      const files = slowly({ 'file:///c/a.tf': [other, a], 'file:///c/b.tf': [other, b] });
      return [...((await engine.prepare(document, files)).surroundings?.files.keys() ?? [])];
    };
    expect(await order(5, 1)).toEqual(['file:///c/a.tf', 'file:///c/b.tf']);
    expect(await order(1, 5)).toEqual(['file:///c/a.tf', 'file:///c/b.tf']);
  });
});

import * as fs from 'node:fs';
import * as path from 'node:path';
import fc from '../../test/fast-check';
import { describe, expect, it } from 'vitest';
import { decode, MAX_BYTES, NotText, readSource } from './source';
import { folderWith } from './testing/folder';

describe('decode', () => {
  it.each<[string, Uint8Array, string]>([
    ['UTF-16, little endian', Buffer.from('\uFEFFecho', 'utf16le'), 'it is UTF-16, not UTF-8; save it as UTF-8'],
    ['UTF-16, big endian', Buffer.from([0xfe, 0xff, 0, 0x65]), 'it is UTF-16, not UTF-8; save it as UTF-8'],
    ['a NUL byte', Buffer.from('echo\0'), 'it is binary (it holds a NUL byte)'],
    ['Latin-1', Buffer.from('echo \u00e9', 'latin1'), 'it is not UTF-8; save it as UTF-8'],
    ['half a character at the end', Buffer.from([0x65, 0xc3]), 'it is not UTF-8; save it as UTF-8'],
    ['a surrogate in UTF-8', Buffer.from([0xed, 0xa0, 0x80]), 'it is not UTF-8; save it as UTF-8'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => decode(bytes)).toThrow(new NotText(message));
  });

  it('takes a byte order mark off the text, but only one, and only at the start', () => {
    expect(decode(Buffer.from('\uFEFF#!/bin/sh\n'))).toMatchObject({ bom: '\uFEFF', text: '#!/bin/sh\n' });
    expect(decode(Buffer.from('\uFEFF\uFEFFa\uFEFF'))).toMatchObject({ bom: '\uFEFF', text: '\uFEFFa\uFEFF' });
    expect(decode(Buffer.from('#!/bin/sh\n'))).toMatchObject({ bom: '', text: '#!/bin/sh\n' });
    expect(decode(Buffer.from(''))).toMatchObject({ bom: '', text: '' });
  });

  it('loses nothing: what it takes is the bytes again', () => {
    const character = fc.constantFrom('a', '\t', '\r\n', '\n', 'é', '漢', '🔑', '\uFEFF', '\u0301', '\u{10ffff}');
    const text = fc.array(character).map((characters) => characters.join(''));
    fc.assert(
      fc.property(text, (string) => {
        const bytes = Buffer.from(string, 'utf8');
        const { bom, text } = decode(bytes);
        expect(Buffer.from(bom + text, 'utf8').equals(bytes)).toBe(true);
      }),
    );
  });
});

describe('readSource', () => {
  it('reads a file of any length', async () => {
    const text = 'echo hello\n'.repeat(20_000);
    const folder = folderWith({ 'a.sh': text, 'empty.sh': '' });
    expect((await readSource(path.join(folder, 'a.sh'))).text).toBe(text);
    expect((await readSource(path.join(folder, 'empty.sh'))).text).toBe('');
  });

  it('does not read what is far too large to be a script', async () => {
    const folder = folderWith({ 'a.log': '' });
    fs.truncateSync(path.join(folder, 'a.log'), MAX_BYTES + 1);
    await expect(readSource(path.join(folder, 'a.log'))).rejects.toThrow('it is larger than 16 MiB');
  });

  it.runIf(process.platform !== 'win32')('ends where a device does not', async () => {
    await expect(readSource('/dev/zero')).rejects.toThrow('it is larger than 16 MiB');
    await expect(readSource('/dev/null')).resolves.toMatchObject({ text: '' });
  });

  it('rejects with the error of the system', async () => {
    await expect(readSource(path.join(folderWith({}), 'gone'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

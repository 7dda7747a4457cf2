import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from '../../../test/fast-check';
import { expect, test } from 'vitest';
import { AwsFailure } from '../clients/failure';
import { saveSessionAs, withSession } from './save-session';

const KEYS = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'secret',
  sessionToken: 'token==',
  expires: new Date('2026-11-22T18:00:00Z'),
};
const BLOCK = `[work-mfa]
aws_access_key_id = ASIAEXAMPLE
aws_secret_access_key = secret
aws_session_token = token==
x_security_token_expires = 2026-11-22T18:00:00.000Z
`;

test.each([
  ['an empty file', '', BLOCK],
  ['a file with comments', '# mine\n[work]\nkey = 1 ; x\n', `# mine\n[work]\nkey = 1 ; x\n\n${BLOCK}`],
  ['a file without an end of line', '[work]\nkey = 1', `[work]\nkey = 1\n\n${BLOCK}`],
  ['a file of Windows', '[work]\r\nkey = 1\r\n', `[work]\r\nkey = 1\r\n\r\n${BLOCK.replaceAll('\n', '\r\n')}`],
  [
    'a session that is there',
    '[work-mfa]\n# by hand\nregion = x\naws_access_key_id = old\naws_secret_access_key = old\naws_session_token = old\nx_security_token_expires = old\n[z]\na = b\n',
    '[work-mfa]\n# by hand\nregion = x\naws_access_key_id = ASIAEXAMPLE\naws_secret_access_key = secret\naws_session_token = token==\nx_security_token_expires = 2026-11-22T18:00:00.000Z\n[z]\na = b\n',
  ],
])('%s', (_name, before, after) => {
  const written = withSession(before, 'work-mfa', KEYS);
  expect(written).toBe(after);
  expect(withSession(written, 'work-mfa', KEYS)).toBe(after);
});

test.each([['work'], ['a b'], ['x]\n[default'], ['']])('%j is refused', (name) => {
  expect(() => withSession('[work]\naws_access_key_id = long-lived\n', name, KEYS)).toThrow(AwsFailure);
});

test('everything else stays, whatever it is', () => {
  const line = fc.oneof(
    fc.constantFrom('# note', '', '  indented = 1', '[other]', 'key = value', '[profile x]', ';;', '=', '['),
    fc.string({ unit: 'grapheme-ascii' }).filter((text) => !/[\r\n]/.test(text) && !text.includes('work-mfa')),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const before = lines.join('\n');
      const after = withSession(before, 'work-mfa', KEYS);
      expect(after.endsWith(BLOCK)).toBe(true);
      if (before.trim() !== '') expect(after.startsWith(before)).toBe(true);
    }),
  );
});

test('the file is written at once, for its owner only, also where it was open before', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ec2-warden-save-'));
  try {
    const file = join(folder, 'credentials');
    writeFileSync(file, '[a]\nb = c\n');
    chmodSync(file, 0o644);
    await saveSessionAs(file, 'work-mfa', KEYS);
    expect(readFileSync(file, 'utf8')).toBe(`[a]\nb = c\n\n${BLOCK}`);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['credentials']);
    await saveSessionAs(join(folder, 'new/credentials'), 'work-mfa', KEYS);
    expect(readFileSync(join(folder, 'new/credentials'), 'utf8')).toBe(BLOCK);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

import fc from '../../../../test/fast-check';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Grammars } from '../../grammar/grammars';
import { powershellGrammars } from '../../testing/powershell';
import { parsePowerShell } from './parse';

const URI = 'http://169.254.169.254/latest/meta-data';
const SCRIPT = `$base = "${URI}"
Install-WindowsFeature Web-Server
function Get-Meta {
  param([string]$Path)
  $n = 1 + 2
  Invoke-RestMethod -Uri "$base/$Path" -TimeoutSec $n
}
Get-Service | Where-Object { $_.Status -eq 'Running' } | ForEach-Object {
  Write-Host $_.Name
}
if ($env:STAGE -eq 'prod') {
  $name = Get-Meta 'instance-id'
} else { $name = 'x' }
Get-Meta hostname
Write-Host "done $name"
`;
const PIECES = [
  '$base',
  '$n',
  "'",
  '"',
  '{',
  '}',
  '(',
  ')',
  '\n',
  ';',
  '#',
  ' Get-Meta x',
  `irm ${URI}/ami-id\n`,
  '|',
  '`',
];

let grammars: Grammars;
beforeAll(async () => {
  grammars = await powershellGrammars();
});

/** With nothing remembered: what is remembered belongs to the object. */
const afresh = (): Grammars => ({ ...grammars });

it('changes nothing of what is read, whatever was typed before', () => {
  const edit = fc.record({
    at: fc.nat(SCRIPT.length),
    length: fc.nat(8),
    piece: fc.oneof(fc.constant(''), fc.constantFrom(...PIECES), fc.string({ maxLength: 2 })),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
      const remembering = afresh();
      let text = SCRIPT;
      for (const { at, length, piece } of edits) {
        text = text.slice(0, at) + piece + text.slice(at + length);
        expect(parsePowerShell(text, remembering)).toEqual(parsePowerShell(text, afresh()));
      }
    }),
    { numRuns: 60 },
  );
});

it('parses only the statement that is typed in', () => {
  const parse = vi.fn(grammars.parse.bind(grammars));
  const counting: Grammars = { ...grammars, parse };
  parsePowerShell(SCRIPT, counting);
  expect(parse.mock.calls.length).toBeGreaterThan(2);
  parse.mockClear();
  parsePowerShell(SCRIPT.replace('Get-Meta hostname', 'Get-Meta hostnam'), counting);
  expect(parse.mock.calls.map(([, text]) => text.trim())).toEqual(['Get-Meta hostnam']);
});

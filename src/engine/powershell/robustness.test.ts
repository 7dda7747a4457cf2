/** Broken, mutated and hostile scripts: nothing throws, and a rewrite is whatever else one that is right. */
import fc from '../../../test/fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../index';
import { engine, fixed, findingsIn, META, rulesIn, scriptDocument, TOKEN_URL } from '../testing/powershell';

const SCRIPT = `param([string]$Name = "x")
function Get-Meta {
  param([string]$Path)
  try { return Invoke-RestMethod -Uri "${META}/$Path" -TimeoutSec 5 } catch { Write-Host "no $($_.Exception.Message)" }
}
$token = Invoke-RestMethod -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "300"} -Method PUT -Uri ${TOKEN_URL}
$headers = @{ 'X-aws-ec2-metadata-token' = $token; Accept = 'text/plain' }
foreach ($p in 'ami-id', 'hostname') { Get-Meta $p }
$wc = New-Object System.Net.WebClient
$wc.Headers.Add("Accept", "*/*")
$id = $wc.DownloadString('${META}/instance-id')
if ($id -and !$token) { curl.exe -s -H 'A: b' $base/x } else { irm @params \`
  -Headers $headers }
@"
$id is \`$id and {0}
"@ -f $token | Set-Content $env:TEMP\\x.ps1
`;

const PIECES = ['"', "'", '$(', ')', '{', '}', '@{', '@"\n', '\n"@', '`', '<#', '#>', '#', '|', ';', '\n', '$x/', '--a=b', '[', ']', '${', '(', ' -f ', '||', '?', '\u0000']; // prettier-ignore

describe('a mutated script', () => {
  const mutation = fc.record({
    at: fc.nat(SCRIPT.length),
    length: fc.nat(12),
    piece: fc.constantFrom('', ...PIECES),
  });
  it('never throws, and no edit lies outside it', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        let text = SCRIPT;
        for (const { at, length, piece } of mutations) text = text.slice(0, at) + piece + text.slice(at + length);
        for (const { range, fixes } of findingsIn(text)) {
          expect(range.start).toBeLessThanOrEqual(range.end);
          expect(range.end).toBeLessThanOrEqual(text.length);
          for (const fix of fixes) applyEdits(text, fix.edits());
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is left alone by a second fix', () => {
    fc.assert(
      fc.property(mutation, ({ at, length, piece }) => {
        const once = fixed(SCRIPT.slice(0, at) + piece + SCRIPT.slice(at + length));
        expect(fixed(once)).toBe(once);
      }),
      { numRuns: 15 },
    );
  });

  it('may end anywhere', () => {
    for (let end = 0; end <= SCRIPT.length; end += 7) expect(() => findingsIn(SCRIPT.slice(0, end))).not.toThrow();
  });
});

describe('a script that nobody writes', () => {
  const CALL = `irm ${META}/ami-id\n`;
  it.each([
    ['brackets', '('.repeat(5000)],
    ['braces', '{'.repeat(5000)],
    ['subexpressions', '$('.repeat(5000)],
    ['braced variables', '${'.repeat(5000)],
    ['strings in strings', '"$('.repeat(3000)],
    ['comments', '<#'.repeat(5000)],
    ['here-strings', '@"\n'.repeat(3000)],
    ['backticks', '`'.repeat(5000)],
    ['options', '--a='.repeat(3000)],
    ['words', '$a/'.repeat(3000)],
    ['signs', '$a+'.repeat(2000)],
    ['tables', '@{a='.repeat(1500)],
  ])('of %s', (_, text) => {
    expect(() => findingsIn(CALL + text)).not.toThrow();
    expect(() => findingsIn(text + CALL)).not.toThrow();
  });
});

describe('requests that were found', () => {
  const PATHS = ['ami-id', 'instance-id', 'placement/availability-zone'];
  const WAYS: readonly ((path: string) => string)[] = [
    (path) => `$v = Invoke-RestMethod -Uri ${META}/${path}`,
    (path) => `$v = (iwr "${META}/${path}" -UseBasicParsing).Content`,
    (path) => `if ($x) {\n  $v = irm ${META}/${path}\n}`,
    (path) => `try {\n  $v = irm ${META}/${path}\n} catch { }`,
    (path) => `$v = (New-Object Net.WebClient).DownloadString('${META}/${path}')`,
    (path) => `$v = curl.exe -s ${META}/${path}`,
    (path) => `function F {\n  irm ${META}/${path}\n}\nF`,
    (path) => `while (!$v) {\n  $v = irm ${META}/${path}\n  Start-Sleep 1\n}`,
    (path) => `$h = @{ a = 'b' }\n$v = irm ${META}/${path} -Headers $h`,
    () => 'Get-Date | Out-Null',
    () => 'New-Item $dir\\x -Force',
  ];
  const statement = fc.tuple(fc.constantFrom(...WAYS), fc.constantFrom(...PATHS)).map(([way, path]) => way(path));
  it('are the same after the fix, with a token', () => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 6 }), (statements) => {
        const script = `${statements.join('\n')}\n`;
        const found = rulesIn(script).length;
        const result = fixed(script);
        expect(rulesIn(result)).toEqual([]);
        expect(fixed(result)).toBe(result);
        // Each way asks the service once; afterwards each of these requests is there as it was, and asks with a token.
        const urls = (text: string): readonly string[] => [...text.matchAll(/meta-data\/[\w/-]+/g)].map(([url]) => url);
        expect(urls(result)).toEqual(urls(script));
        expect([...result.matchAll(/X-aws-ec2-metadata-token(?!-ttl)/g)].length).toBeGreaterThanOrEqual(found);
      }),
      { numRuns: 15 },
    );
  });
  it('are given to nobody without a grammar', () => {
    expect(engine.couldMatter(scriptDocument(`irm ${META}`))).toBe(true);
    expect(engine.couldMatter(scriptDocument('Get-Date'))).toBe(false);
  });
});

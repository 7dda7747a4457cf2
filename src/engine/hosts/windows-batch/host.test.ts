import { describe, expect, it } from 'vitest';
import { engine, judged, META, rulesIn } from '../../testing/powershell';
import { scriptDocument } from '../../testing/script';

const BATCH = 'file:///srv/setup.cmd';

describe('requests in batch files', () => {
  it.each([
    ['a line', `@echo off\r\n«curl -s ${META}/instance-id» > C:\\id.txt\r\n`],
    ['a line that is not echoed', `@«curl -s ${META}/instance-id»\n`],
    ['a program with its path', `C:\\tools\\«curl.exe -s ${META}/instance-id»\n`],
    ['what for reads', `for /f %%i in ('«curl -s ${META}/instance-id»') do set ID=%%i\n`],
    [
      'what for reads, in quotes',
      `for /f "tokens=2 delims=:" %%a in ('«curl -s "${META}/public-ipv4"» 2^>nul') do set IP=%%a\n`,
    ],
    ['what for reads, in backquotes', `for /f "usebackq" %%i in (\`«curl -s ${META}/instance-id»\`) do set ID=%%i\n`],
    ['behind another', `cd C:\\ & «curl ${META}/instance-id»\n`],
    ['in a condition', `if "%ID%"=="" «curl ${META}/instance-id»\n`],
    ['on several lines', `«curl ^\n  -s ^\n  ${META}/instance-id»\n`],
    ['a path that a variable has', `«curl ${META}/%KEY%»\n`],
    ['PowerShell', `powershell -NoProfile -Command "(«Invoke-WebRequest ${META}/instance-id»).Content"\n`],
    [
      'PowerShell that for reads',
      `for /f %%i in ('powershell -Command "«(New-Object Net.WebClient).DownloadString('${META}/instance-id')»"') do set ID=%%i\n`,
    ],
    ['a header that is a variable', `curl -H "X-aws-ec2-metadata-token: %TOKEN%" ${META}/instance-id\n`],
    ['a header that is a variable of a block', `curl -H "X-aws-ec2-metadata-token: !TOKEN!" ${META}/instance-id\n`],
    ['an address that a variable has', `set B=${META}\ncurl %B%/instance-id\n`],
    ['what is said', `echo curl ${META}/instance-id\n`],
    ['what is kept', `set C=curl ${META}/instance-id\n`],
    ['a remark', `rem curl ${META}/instance-id\n:: curl ${META}/instance-id\n`],
    ['an address', `netsh interface ip add route 169.254.169.254/32\n`],
    ['another cloud', `curl -H "Metadata: true" http://169.254.169.254/metadata/instance\n`],
  ])('%s', (_, text) => {
    expect(judged(text, 'imdsv1-call', BATCH)).toBe(text);
  });

  it('are not rewritten', async () => {
    const document = await engine.prepare(
      scriptDocument(`curl ${META}/a\npowershell -Command "irm ${META}/b"\n`, BATCH),
    );
    expect(engine.lint(document).findings.map(({ fixes }) => fixes.length)).toEqual([0, 0]);
  });

  it('by the language of the editor', () => {
    expect(rulesIn(`curl ${META}/a\n`, 'file:///srv/setup.bat')).toEqual(['imdsv1-call']);
  });
});

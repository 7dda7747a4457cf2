import { expect, it } from 'vitest';
import { applyEdits } from '../../text/edits';
import { wholePiece } from '../piece';
import { powershellProgram } from './windows-command';

it.each([
  ['powershell.exe -Command "Get-Date"', 'Get-Date'],
  ['powershell -c "Get-Date"', 'Get-Date'],
  ['powershell.exe -ExecutionPolicy Bypass -NoProfile -Command Get-Date', 'Get-Date'],
  ['powershell.exe -nop -ep Unrestricted Get-Date\n', 'Get-Date'],
  ['cmd /c powershell.exe -Command "Write-Host \\"a\\""', 'Write-Host "a"'],
  ['C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe Get-Date', 'Get-Date'],
  ['pwsh -Command Get-Date', 'Get-Date'],
])('%s', (line, program) => {
  expect(powershellProgram(wholePiece(line))?.text).toBe(program);
});

it.each([
  ['powershell.exe -File c:\\a.ps1'],
  ['powershell.exe -EncodedCommand AAAA'],
  ['powershell.exe'],
  ['echo powershell.exe Get-Date'],
  ['powershellish Get-Date'],
])('no program in %s', (line) => {
  expect(powershellProgram(wholePiece(line))).toBeUndefined();
});

const edited = (line: string, newText: string): string | undefined => {
  const edits = powershellProgram(wholePiece(line))?.map.toHostEdits([{ range: { start: 0, end: 0 }, newText }]);
  return edits && applyEdits(line, edits);
};

it('quotes are written as the command line has them', () => {
  expect(edited('powershell.exe -Command "Get-Date"', '"a"; ')).toBe('powershell.exe -Command "\\"a\\"; Get-Date"');
  expect(edited('powershell.exe Get-Date', "'a'; ")).toBe("powershell.exe 'a'; Get-Date");
  expect(edited('powershell.exe Get-Date', '"a"; ')).toBeUndefined();
  expect(edited('powershell.exe -Command "Get-Date"', '%a%')).toBeUndefined();
});

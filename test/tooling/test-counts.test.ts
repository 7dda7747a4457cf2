import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countsOfEditor, countsOfVitest } from '../../scripts/test-counts.mjs';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ec2-warden-counts-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function report(value: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
}

function vitestFile(statuses: Record<string, string>, status = 'passed'): unknown {
  const assertionResults = Object.entries(statuses).map(([fullName, result]) => ({ fullName, status: result }));
  return { name: '/work/some.test.ts', status, message: '', assertionResults };
}

test('passed, failed and left out are told apart, and the latter two are named', () => {
  const file = report({
    testResults: [
      vitestFile({ one: 'passed', two: 'failed', three: 'pending', four: 'todo', five: 'skipped' }, 'failed'),
    ],
  });
  expect(countsOfVitest('unit', file, 1)).toEqual({
    passed: 1,
    failed: 1,
    skipped: ['three', 'four', 'five'],
    failures: ['two'],
  });
});

test('a failure says how it began', () => {
  const message =
    'TimeoutError: Timeout 30000ms exceeded.\nCall log:\n  - waiting for locator\n    at page.click\n    at more';
  const failed = { fullName: 'two', status: 'failed', failureMessages: [message] };
  const file = report({
    testResults: [{ name: 'some.test.ts', status: 'failed', message: '', assertionResults: [failed] }],
  });
  expect(countsOfVitest('unit', file, 1).failures).toEqual([
    'two: TimeoutError: Timeout 30000ms exceeded. Call log:   - waiting for locator     at page.click',
  ]);
});

test('a test file that cannot be loaded has failed', () => {
  const file = report({ testResults: [vitestFile({ one: 'passed' }), vitestFile({}, 'failed')] });
  expect(countsOfVitest('unit', file, 1)).toMatchObject({ passed: 1, failed: 1, failures: ['/work/some.test.ts'] });
});

test('a run that ends badly though every test passed has failed', () => {
  expect(countsOfVitest('unit', report({ testResults: [vitestFile({ one: 'passed' })] }), 1)).toMatchObject({
    passed: 1,
    failed: 1,
  });
});

test('a run without tests has failed', () => {
  expect(countsOfVitest('unit', report({ testResults: [] }), 1)).toMatchObject({ passed: 0, failed: 1 });
});

test('a run that dies before its report has failed', () => {
  expect(countsOfVitest('unit', join(folder, 'none.json'), 139)).toMatchObject({ passed: 0, failed: 1 });
  expect(countsOfEditor(join(folder, 'none.json'), 139)).toMatchObject({ passed: 0, failed: 1 });
});

test('the editor suites are counted as they say', () => {
  const counts = { passed: 3, failed: 1, skipped: ['a'], failures: ['b'] };
  expect(countsOfEditor(report(counts), 1)).toEqual(counts);
  expect(countsOfEditor(report({ ...counts, failed: 0, failures: [] }), 1)).toMatchObject({ passed: 3, failed: 1 });
});

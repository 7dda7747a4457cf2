import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkbench } from '../harness/open-workbench.mjs';

/** @type {import('../harness/open-workbench.mjs').Workbench} */
let workbench;

beforeAll(async () => {
  workbench = await openWorkbench();
});

afterAll(() => workbench.close());

test('the workbench opens on the sample, asks for no trust, and shows a script', async () => {
  const { page } = workbench;
  await workbench.openFile('user-data.sh');
  const text = await page.locator('.editor-instance .view-lines').innerText();
  expect(text.replaceAll('\u00a0', ' ')).toContain('# User data of the web fleet');
  expect(await page.locator('.monaco-dialog-box').count()).toBe(0);
  await workbench.screenshot('journey-workbench');
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkbench } from '../harness/open-workbench.mjs';
import { editorText, placeCursor, statusOf } from './support/editor.mjs';

// Somebody opens the sample's user data, sees what is wrong, and puts one request right with the lightbulb.

/** @type {import('../harness/open-workbench.mjs').Workbench} */
let workbench;

beforeAll(async () => {
  workbench = await openWorkbench({ settings: { 'files.autoSave': 'off' } });
});

afterAll(() => workbench.close());

test('an IMDSv1 call is underlined, the lightbulb fixes it, and the file holds the fix', async () => {
  const { page, folder } = workbench;
  await workbench.openFile('user-data.sh');
  await page.locator('.editor-instance .squiggly-warning').first().waitFor();
  await expect.poll(() => statusOf(workbench)).toContain('8 findings');
  await workbench.screenshot('journey-fix-1-squiggle');

  await placeCursor(workbench, { line: 9, column: 20 });
  await page.keyboard.press('ControlOrMeta+.');
  const menu = page.locator('.action-widget').first();
  await menu.waitFor();
  await menu.getByText('Fetch a token and send it (IMDSv2)').first().waitFor();
  await workbench.screenshot('journey-fix-2-lightbulb');
  await menu.getByText('Fetch a token and send it (IMDSv2)').first().click();

  await expect.poll(() => editorText(workbench)).toContain('latest/api/token');
  await expect.poll(() => statusOf(workbench)).toContain('7 findings');
  await workbench.screenshot('journey-fix-3-fixed');
  await page.keyboard.press('ControlOrMeta+S');
  await expect
    .poll(() => readFileSync(join(folder, 'user-data.sh'), 'utf8'))
    .toMatch(/^TOKEN=\$\(curl .*-X PUT .*\nREGION=\$\(curl .*X-aws-ec2-metadata-token: \$TOKEN/m);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkbench } from '../harness/open-workbench.mjs';
import { editorText, newFile, statusOf } from './support/editor.mjs';
import { hoverOver } from './support/hover.mjs';

// Somebody types a script into a new file, reads what is wrong with it, and has all of it fixed by a command.

/** @type {import('../harness/open-workbench.mjs').Workbench} */
let workbench;

beforeAll(async () => {
  workbench = await openWorkbench();
});

afterAll(() => workbench.close());

test('a call is found as it is typed, a hover and the Problems panel explain it, a command fixes it', async () => {
  const { page } = workbench;
  await newFile(workbench, 'deploy.sh');
  await page.keyboard.type('ID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)\nchmod -R 777 ~/.aws\n');
  const squiggles = page.locator('.editor-instance .squiggly-warning');
  await squiggles.first().waitFor();
  await expect.poll(() => statusOf(workbench)).toContain('Shell script, 2 findings');

  const call = page.locator('.editor-instance .view-line', { hasText: '169.254' });
  const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: 'imdsv1-call' });
  await hoverOver(call, hover, { position: { x: 120, y: 8 } });
  await workbench.screenshot('journey-type-1-hover');

  await page.keyboard.press('Escape');
  await workbench.run('Problems: Focus on Problems View');
  const problems = page.locator('.markers-panel');
  await problems.getByText('ec2-warden').first().waitFor();
  await workbench.screenshot('journey-type-2-problems');

  await page.locator('.editor-instance .view-line').first().click();
  await workbench.run('EC2 Warden: Fix All Safe Problems in File');
  await expect.poll(() => editorText(workbench)).toContain('latest/api/token');
  await expect.poll(() => editorText(workbench)).toContain('chmod -R u=rwX,go= ~/.aws');
  await expect.poll(() => squiggles.count()).toBe(0);
  await expect.poll(() => problems.getByText('ec2-warden').count()).toBe(0);
  await workbench.screenshot('journey-type-3-fixed');
});

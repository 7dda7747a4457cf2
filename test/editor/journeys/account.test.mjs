import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { throttled } from '../../account/proxy/faults.mjs';
import { replayInstances } from '../../account/proxy/replay.mjs';
import { collapse, expand, openAccountWorkbench, row } from './support/account.mjs';
import { hoverOver } from './support/hover.mjs';
import { chooseFromMenu } from './support/menus.mjs';
import { pictureOfFailures } from './support/pictures.mjs';

// Somebody looks at the account of a company in the sidebar.

const PATIENT = { timeout: 20_000 };

/** @type {import('./support/account.mjs').AccountWorkbench} */
let opened;

pictureOfFailures(() => opened.workbench);

beforeAll(async () => {
  opened = await openAccountWorkbench();
}, 180_000);

afterEach(() => opened.account.proxy.clear());

afterAll(() => opened.close());

/** @param {string} text */
async function filterBy(text) {
  const { page } = opened.workbench;
  const input = page.locator('.quick-input-widget input.input');
  await page.locator('.sidebar .action-label[aria-label^="Filter Resources"]').first().click();
  await input.waitFor();
  await input.fill(text);
  await input.press('Enter');
}

/** The label that a screen reader reads. @param {string | RegExp} text */
async function spoken(text) {
  return (await row(opened.workbench, text).first().getAttribute('aria-label')) ?? '';
}

test('the first expansion leads from a profile to its instances, each with its posture in words', async () => {
  const { workbench, account } = opened;
  await row(workbench, 'tidewater-production').first().waitFor();
  // Profiles are read from the files; nobody is asked.
  expect(account.proxy.calls).toEqual([]);
  await workbench.screenshot('journey-account-1-profiles');
  await expand(workbench, 'tidewater-production', 'eu-central-1');
  await expand(workbench, 'eu-central-1', 'Instances');
  await expand(workbench, 'Instances', 'web-1');
  // VS Code tells a screen reader of a row when it puts it there: what was found since is told when it is opened again.
  const again = async () => {
    await collapse(workbench, /^Instances/);
    await expand(workbench, /^Instances/, 'web-1');
    return spoken('web-1');
  };
  await expect
    .poll(again, { ...PATIENT, interval: 2000 })
    .toMatch(/web-1, IMDSv1 allowed, running, m6i\.large.*, \d (error|warning|note)/);
  await expect.poll(() => spoken('api-4'), PATIENT).toMatch(/IMDSv2 required, pending/);
  await expect.poll(() => spoken('tidewater-production'), PATIENT).toContain('222233334444');
  const told = workbench.page.locator('.monaco-hover', { hasText: /^Instances, \d+.*account 222233334444/ });
  await hoverOver(row(workbench, /^Instances/).first(), told);
  await workbench.screenshot('journey-account-2-instances');
});

test('opening an instance shows what AWS returned, with its findings underlined', async () => {
  const { workbench } = opened;
  await row(workbench, 'web-1').first().click();
  await workbench.page.locator('.editor-instance .squiggly-warning').first().waitFor();
  expect(await workbench.page.locator('.editor-instance .view-lines').innerText()).toContain('HttpTokens');
  await workbench.screenshot('journey-account-3-document');
});

test('the id of an instance in a script says whose it is, and leads to it whatever the filter hides', async () => {
  const { workbench } = opened;
  const { page } = workbench;
  const [id = ''] = /i-[0-9a-f]{17}/.exec(await spoken('web-2')) ?? [];
  writeFileSync(join(workbench.folder, 'reboot.sh'), `#!/bin/sh\naws ec2 reboot-instances --instance-ids ${id}\n`);
  await workbench.openFile('reboot.sh');
  const place = page.locator('.view-line span', { hasText: id }).last();
  const hover = page.locator('.monaco-hover:visible', { hasText: 'In eu-central-1 of account 222233334444' });
  await hoverOver(place, hover);
  await workbench.screenshot('journey-account-3-id');
  await filterBy('imds:v2');
  await hoverOver(place, hover);
  await hover.getByText('Show in the sidebar').first().click();
  await row(workbench, 'web-2').first().waitFor();
  await page.locator('.sidebar .action-label[aria-label^="Clear the Filter"]').first().click();
  await row(workbench, 'web-1').first().waitFor();
});

test('its user data opens as a script that is linted, and a diff shows the fix', async () => {
  const { workbench } = opened;
  const { page } = workbench;
  await expand(workbench, 'web-1', 'User data');
  await row(workbench, 'User data').first().click();
  await page.locator('.tab.active', { hasText: 'user-data-i-' }).waitFor();
  await page.locator('.editor-instance .squiggly-warning').first().waitFor({ timeout: 30_000 });
  await workbench.screenshot('journey-account-4-user-data');
  const diff = page.locator('.monaco-diff-editor').first();
  await chooseFromMenu(page, row(workbench, 'User data').first(), 'Show What Fixing', diff);
  await expect
    .poll(() => page.locator('.monaco-diff-editor .modified .view-lines').innerText(), { timeout: 20_000 })
    .toContain('api/token');
  await workbench.screenshot('journey-account-5-diff');
});

test('a filter shows what matches and says that it does; it is cleared from where it hides everything', async () => {
  const { workbench } = opened;
  const { page } = workbench;
  await filterBy('imds:v1 state:running');
  // Between its label and its instances, a folder that was being drawn just then shows some of either.
  await expect.poll(() => spoken(/^Instances/), PATIENT).toContain('filtered by');
  await expect.poll(() => row(workbench, 'IMDSv2 required').count(), PATIENT).toBe(0);
  await row(workbench, 'jenkins').first().waitFor();
  await workbench.screenshot('journey-account-6-filter');
  await page.locator('.sidebar .action-label[aria-label^="Clear the Filter"]').first().click();
  await row(workbench, 'api-1').first().waitFor();
});

test('a login that has run out and a broken profile say what to do, without a toast', async () => {
  const { workbench } = opened;
  await workbench.page.locator('.sidebar .action-label[aria-label^="Collapse All"]').first().click();
  await expand(workbench, 'tidewater-sso', 'Nobody is logged in to SSO');
  await expand(workbench, 'ci-2019', 'takes its credentials from the profile jenkins, which does not exist');
  expect(await workbench.page.locator('.notification-toast').count()).toBe(0);
  await workbench.screenshot('journey-account-7-broken-profiles');
});

test('a profile with an MFA device asks for its code once, naming the device', async () => {
  const { workbench } = opened;
  const { page } = workbench;
  await expand(workbench, 'tidewater-break-glass');
  const input = page.locator('.quick-input-widget input.input');
  await input.waitFor();
  await expect
    .poll(() => page.locator('.quick-input-widget').innerText(), PATIENT)
    .toContain('arn:aws:iam::123456789012:mfa/anna');
  await workbench.screenshot('journey-account-8-mfa');
  await input.fill('123456');
  await input.press('Enter');
  await row(workbench, 'us-east-1').first().waitFor();
  await expect.poll(() => spoken('tidewater-break-glass'), PATIENT).toContain('until');
  await workbench.screenshot('journey-account-9-mfa-session');
});

test('an account that is throttled says so while it waits, and what to do when it was in vain', async () => {
  const { workbench, account } = opened;
  account.proxy.use(throttled({ action: 'DescribeInstances', account: '555566667777' }));
  await workbench.page.locator('.sidebar .action-label[aria-label^="Collapse All"]').first().click();
  await expand(workbench, 'tidewater-staging', 'eu-central-1');
  await expand(workbench, 'eu-central-1', 'Instances');
  await expand(workbench, 'Instances');
  await row(workbench, 'throttled, trying again').first().waitFor();
  await workbench.screenshot('journey-account-10-throttled');
  await row(workbench, 'AWS kept answering').first().waitFor({ timeout: 60_000 });
  await workbench.screenshot('journey-account-11-gave-up');
  account.proxy.clear();
  await row(workbench, 'AWS kept answering').first().click();
  await row(workbench, 'staging-web-1').first().waitFor({ timeout: 30_000 });
});

test('10,000 instances: the first page is there at once, all of them are counted, and more are shown on request', async () => {
  const { workbench, account } = opened;
  account.proxy.use(replayInstances({ count: 10_000, region: 'us-east-1', account: '222233334444' }));
  await workbench.page.locator('.sidebar .action-label[aria-label^="Collapse All"]').first().click();
  await expand(workbench, 'tidewater-break-glass', 'us-east-1');
  await expand(workbench, 'us-east-1', 'Instances');
  await expand(workbench, 'Instances', 'IMDSv');
  await workbench.screenshot('journey-account-12-first-page');
  await expect.poll(() => spoken(/^Instances/), { timeout: 90_000 }).toMatch(/Instances, 10000(,|$)/);
  await row(workbench, 'IMDSv').first().click();
  await workbench.page.keyboard.press('End');
  await workbench.screenshot('journey-account-13-ten-thousand');
}, 150_000);

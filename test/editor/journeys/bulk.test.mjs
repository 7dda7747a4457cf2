import { CreateTagsCommand, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PRODUCTION } from '../../../samples/account/production.mjs';
import { clientsOf } from '../../../scripts/account/seed/clients.mjs';
import { tellMetadataUse } from '../../../scripts/account/seed/metrics.mjs';
import { denied } from '../../account/proxy/faults.mjs';
import { expand, openAccountWorkbench, row } from './support/account.mjs';
import { chooseFromMenu } from './support/menus.mjs';
import { pictureOfFailures } from './support/pictures.mjs';

// Somebody requires IMDSv2 on fifty, of which some would break; AWS refuses it for three, which are tried again.

const PATIENT = { timeout: 30_000 };
const HOSTS = 50;

/** @type {import('./support/account.mjs').AccountWorkbench} */
let opened;
/** Of batch-1 to batch-50. @type {string[]} */
let ids = [];

const HOST = /** @type {const} */ ({ type: 't3.nano', image: 'windows', imds: 'v1', groups: [], subnet: 'private' });

/** Forty-two that nobody asks without a token, five that somebody does, three of which there is no data. @param {number} index */
function noTokenOf(index) {
  if (index < 42) return { noToken: 0 };
  return index < 47 ? { noToken: 40 } : {};
}

/** @param {import('../../account/account.mjs').TestAccount} account */
async function startFleet({ emulator, endpoint }) {
  const { ec2, cloudWatch, close } = await clientsOf(emulator, PRODUCTION.id, 'eu-central-1', endpoint);
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({ ImageId: 'ami-b7e93bce', InstanceType: 't3.nano', MinCount: HOSTS, MaxCount: HOSTS }),
  );
  ids = Instances.map(({ InstanceId = '' }) => InstanceId);
  for (const [index, id] of ids.entries()) {
    await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'Name', Value: `batch-${index + 1}` }] }));
  }
  const told = ids.map((id, index) => ({ id, host: { ...HOST, name: id, ...noTokenOf(index) } }));
  await tellMetadataUse(cloudWatch, told);
  close();
}

pictureOfFailures(() => opened.workbench);

beforeAll(async () => {
  opened = await openAccountWorkbench();
  await startFleet(opened.account);
  const { workbench } = opened;
  const { page } = workbench;
  await row(workbench, 'tidewater-production').first().waitFor();
  await page.locator('.sidebar .action-label[aria-label^="Filter Resources"]').first().click();
  await page.locator('.quick-input-widget input.input').fill('batch');
  await page.keyboard.press('Enter');
  await expand(workbench, 'tidewater-production', 'eu-central-1');
  await expand(workbench, 'eu-central-1', 'Instances');
  await expand(workbench, 'Instances', 'batch-1');
}, 180_000);

afterAll(() => opened.close());

/** What was sent to change something. */
const sent = () =>
  opened.account.proxy.calls.filter(
    ({ action, parameters }) => action === 'ModifyInstanceMetadataOptions' && parameters.get('DryRun') !== 'true',
  );

/** @param {string} text an entry's */
async function chooseOnInstances(text) {
  const { page } = opened.workbench;
  const instances = row(opened.workbench, /^Instances/).first();
  await chooseFromMenu(page, instances, text, page.locator('.quick-input-widget').first());
}

/** Waits until the table has a verdict on all. */
async function tableIsFull() {
  const table = opened.workbench.page.locator('.quick-input-widget');
  const title = table.locator('.quick-input-title');
  await expect.poll(() => title.innerText(), PATIENT).toMatch(/50 instances in eu-central-1, account 222233334444$/);
  return table;
}

/** @param {string} text */
const toast = (text) => opened.workbench.page.locator('.notification-toast', { hasText: text });

test('fifty in one go: the table, one question, three that fail, which are tried again; and undo', async () => {
  const { workbench, account } = opened;
  const { page } = workbench;
  const refused = ids.slice(10, 13);
  account.proxy.use((call, forward) =>
    refused.includes(call.parameters.get('InstanceId') ?? '') && call.parameters.get('DryRun') !== 'true'
      ? denied({ action: 'ModifyInstanceMetadataOptions' })(call, forward)
      : undefined,
  );
  account.proxy.calls.length = 0;
  await chooseOnInstances('Require IMDSv2 on Many…');
  const table = await tableIsFull();
  expect(await table.innerText()).toMatch(/Will break something \(5\)[^]*Last call without a token[^]*Unknown \(3\)/);
  await expect.poll(() => table.locator('.quick-input-count').innerText(), PATIENT).toContain('42');
  await workbench.screenshot('journey-bulk-1-table');
  await page.keyboard.press('Enter');

  const dialog = page.locator('.monaco-dialog-box');
  await dialog.waitFor(PATIENT);
  const said = await dialog.innerText();
  for (const part of [
    'Require IMDSv2 on 42 instances? 42 safe.',
    'Account: 222233334444 (tidewater-production)',
    'Region: eu-central-1: 42 instances: 42 safe',
    'optional → required',
  ]) {
    expect(said).toContain(part);
  }
  expect(sent()).toEqual([]);
  await workbench.screenshot('journey-bulk-2-question');
  await dialog.locator('.monaco-button', { hasText: 'Require IMDSv2' }).click();

  await toast('39 require tokens, 3 failed').waitFor(PATIENT);
  await page.locator('.tab.active', { hasText: 'Requiring IMDSv2' }).waitFor(PATIENT);
  const lines = page.locator('.editor-instance .view-lines').first();
  await expect.poll(() => lines.innerText(), PATIENT).toMatch(/Failed[^]*batch-11[^]*lacks[^]*permission/);
  expect(new Set(sent().map(({ parameters }) => parameters.get('InstanceId'))).size).toBe(42);
  await row(workbench, /batch-1.*IMDSv2 required · running/)
    .first()
    .waitFor(PATIENT);
  await page.locator('.codelens-decoration a', { hasText: 'Retry the Failed Ones (3)' }).waitFor(PATIENT);
  await workbench.screenshot('journey-bulk-3-report');

  account.proxy.clear();
  account.proxy.calls.length = 0;
  await page.locator('.codelens-decoration a', { hasText: 'Retry the Failed Ones (3)' }).click();
  await dialog.waitFor(PATIENT);
  expect(await dialog.innerText()).toContain('Require IMDSv2 on 3 instances? 3 safe.');
  await dialog.locator('.monaco-button', { hasText: 'Require IMDSv2' }).click();
  await toast('3 require tokens.').waitFor(PATIENT);
  expect(
    sent()
      .map(({ parameters }) => parameters.get('InstanceId'))
      .sort(),
  ).toEqual([...refused].sort());
  await toast('3 require tokens.').locator('.monaco-button', { hasText: 'Undo All of These' }).click();
  await dialog.waitFor(PATIENT);
  expect(await dialog.innerText()).toMatch(/Undo the changes of 3 instances\?[^]*required → optional/);
  await workbench.screenshot('journey-bulk-4-undo');
  await dialog.locator('.monaco-button', { hasText: 'Undo All of These' }).click();
  await toast('3 taken back').waitFor(PATIENT);
  expect(sent()).toHaveLength(6);
}, 120_000);

test('as a plan, from the palette, of what the filter shows: both of its forms are shown, and nothing is asked of AWS but what is there', async () => {
  const { workbench, account } = opened;
  const { page } = workbench;
  account.proxy.calls.length = 0;
  await workbench.run('EC2 Warden: Export as Plan…');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'What the filter “batch” shows' }).click();
  const title = page.locator('.quick-input-widget .quick-input-title');
  await expect.poll(() => title.innerText(), PATIENT).toMatch(/11 instances in eu-central-1, account 222233334444$/);
  await page.keyboard.press('Enter');
  await toast('A plan for 3 instances of account 222233334444. Nothing was changed.').waitFor(PATIENT);
  await page.locator('.tab', { hasText: '.ec2-warden-plan.json' }).waitFor(PATIENT);
  const editors = page.locator('.editor-instance .view-lines');
  await expect.poll(async () => (await editors.allInnerTexts()).join('\n'), PATIENT).toMatch(/"version":/);
  await expect.poll(async () => (await editors.allInnerTexts()).join('\n'), PATIENT).toMatch(/get-caller-identity/);
  await workbench.screenshot('journey-bulk-5-plan');
  expect(account.proxy.calls.filter(({ action }) => action.startsWith('Modify'))).toEqual([]);
}, 60_000);

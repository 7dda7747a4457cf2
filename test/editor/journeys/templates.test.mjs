import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openWorkbench } from '../harness/open-workbench.mjs';
import { coloursOf, editorText, placeCursor, statusOf } from './support/editor.mjs';
import { pictureOfFailures } from './support/pictures.mjs';

// Scripts and resources in templates: a CloudFormation template, a Terraform module and a cloud-config, each with a finding, its fix and its colours.

/** @type {import('../harness/open-workbench.mjs').Workbench} */
let workbench;

pictureOfFailures(() => workbench);

beforeAll(async () => {
  workbench = await openWorkbench({ terraform: true, settings: { 'files.autoSave': 'off' } });
});

afterAll(() => workbench.close());

/** Opens the lightbulb's menu at a place, keeps a picture of it, and chooses an entry. @param {{ line: number, column: number }} place @param {string} title @param {string} picture */
async function choose(place, title, picture) {
  const { page } = workbench;
  await placeCursor(workbench, place);
  const entry = page.locator('.action-widget').first().getByText(title).first();
  // A menu shows what was known when it opened: on a busy machine that may be too early.
  await vi.waitFor(
    async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('ControlOrMeta+.');
      await entry.waitFor({ timeout: 3000 });
    },
    { timeout: 30_000 },
  );
  await workbench.screenshot(picture);
  await entry.click();
}

/** Colours follow the text after a while. @param {string} line @param {string} one @param {string} other */
async function expectOtherColours(line, one, other) {
  await vi.waitFor(
    async () => {
      const colours = await coloursOf(workbench, line);
      expect([...colours.keys()]).toEqual(expect.arrayContaining([one, other]));
      expect(colours.get(one)).not.toBe(colours.get(other));
    },
    { timeout: 20_000, interval: 100 },
  );
}

/** Answers the question of a fix: once wrongly, once rightly. @param {string} picture */
async function answerCidr(picture) {
  const { page } = workbench;
  const input = page.locator('.quick-input-widget input.input');
  await input.waitFor();
  await input.fill('0.0.0.0/0');
  const message = page.locator('.quick-input-widget .quick-input-message');
  await expect.poll(() => message.innerText()).toContain('the whole internet');
  await workbench.screenshot(picture);
  await input.fill('203.0.113.0/24');
  await expect.poll(() => message.innerText()).not.toContain('the whole internet');
  await input.press('Enter');
  await input.waitFor({ state: 'hidden' });
}

test('CloudFormation: an open port is underlined at its source, and its fix asks for another', async () => {
  const { page } = workbench;
  await workbench.openFile('fleet.yaml');
  await page.locator('.editor-instance .squiggly-error').first().waitFor();
  await expect.poll(() => statusOf(workbench)).toContain('3 findings');
  await workbench.screenshot('journey-cloudformation-1-findings');
  await choose({ line: 22, column: 22 }, 'Let only one address block connect', 'journey-cloudformation-2-lightbulb');
  await answerCidr('journey-cloudformation-3-question');
  await expect.poll(() => editorText(workbench)).toContain('CidrIp: 203.0.113.0/24');
  await expect.poll(() => statusOf(workbench)).toContain('2 findings');
});

test('CloudFormation: a call where tokens are required shows both places, and is put right in the script', async () => {
  const { page } = workbench;
  await placeCursor(workbench, { line: 31, column: 23 });
  await workbench.run('Problems: Focus on Problems View');
  const problems = page.locator('.markers-panel');
  await problems.getByText('Tokens are required here').first().waitFor();
  await problems.getByText('it will get 401').first().waitFor();
  await workbench.screenshot('journey-cloudformation-4-both-places');
  await workbench.run('View: Focus First Editor Group');
  await choose({ line: 36, column: 20 }, 'Fetch a token and send it (IMDSv2)', 'journey-cloudformation-5-lightbulb');
  await expect.poll(() => editorText(workbench)).toContain('latest/api/token');
  await expect.poll(() => statusOf(workbench)).toContain('no findings');
  await workbench.screenshot('journey-cloudformation-6-fixed');
  await page.keyboard.press('ControlOrMeta+S');
  await expect
    .poll(() => readFileSync(join(workbench.folder, 'templates/fleet.yaml'), 'utf8'))
    .toMatch(/^ {10}TOKEN=\$\(curl .*-X PUT .*\n {10}ID=\$\(curl .*X-aws-ec2-metadata-token: \$TOKEN/m);
});

test('CloudFormation: the script is coloured as shell, and what follows it as YAML', async () => {
  await placeCursor(workbench, { line: 36, column: 1 });
  await expectOtherColours('set -euo pipefail', 'set', '-euo');
  await expect
    .poll(async () => (await coloursOf(workbench, 'aws ec2 create-tags')).get('aws'))
    .toBe((await coloursOf(workbench, 'ID=$(curl')).get('curl'));
});

test('cloud-config: a command is fixed in its block, and coloured', async () => {
  await workbench.openFile('cloud-config.yaml');
  await workbench.screenshot('journey-cloud-config-1-findings');
  await choose({ line: 12, column: 18 }, 'Fetch a token and send it (IMDSv2)', 'journey-cloud-config-2-lightbulb');
  await expect.poll(() => editorText(workbench)).toMatch(/^ {2}- 'TOKEN=\$\(curl .*-X PUT/m);
  await expect.poll(() => statusOf(workbench)).toContain('1 finding');
  await workbench.screenshot('journey-cloud-config-3-fixed');
  await expectOtherColours('echo "type=', 'echo', '"type=');
});

test('Terraform: an open port, both places of a refused call, and the template file', async () => {
  const { page } = workbench;
  await workbench.openFile('main.tf');
  await page.locator('.editor-instance .squiggly-error').first().waitFor();
  await workbench.screenshot('journey-terraform-1-findings');
  await choose({ line: 14, column: 24 }, 'Let only one address block connect', 'journey-terraform-2-lightbulb');
  await answerCidr('journey-terraform-3-question');
  await expect.poll(() => editorText(workbench)).toContain('cidr_blocks = ["203.0.113.0/24"]');
  const problems = page.locator('.markers-panel');
  await problems.getByText('Tokens are required here').first().waitFor();
  await workbench.screenshot('journey-terraform-4-both-places');
  await choose({ line: 40, column: 20 }, 'Fetch a token and send it (IMDSv2)', 'journey-terraform-5-lightbulb');
  await expect.poll(() => editorText(workbench)).toMatch(/^ {4}TOKEN=\$\(curl .*-X PUT/m);
  await workbench.screenshot('journey-terraform-6-fixed');
  await expectOtherColours('ZONE=$(curl', 'ZONE', 'curl');
});

test('Terraform: a template file is fixed with the escapes that it needs', async () => {
  await workbench.openFile('bootstrap.tftpl');
  await expect.poll(() => statusOf(workbench)).toContain('1 finding');
  await choose({ line: 4, column: 10 }, 'Fetch a token and send it (IMDSv2)', 'journey-terraform-7-template');
  await expect.poll(() => editorText(workbench)).toContain('X-aws-ec2-metadata-token: $TOKEN');
  await expect.poll(() => statusOf(workbench)).toContain('no findings');
  expect(await editorText(workbench)).toContain('$${HOME}/identity');
});

test('the embedded script opens beside, dedented and with its findings', async () => {
  const { page } = workbench;
  await workbench.openFile('cloud-config.yaml');
  await expect.poll(() => statusOf(workbench)).toContain('1 finding');
  await placeCursor(workbench, { line: 8, column: 10 });
  await workbench.run('EC2 Warden: Open the Embedded Script');
  await expect.poll(() => page.locator('.editor-instance').count()).toBe(2);
  const beside = page.locator('.editor-instance').nth(1);
  await expect
    .poll(async () => (await beside.locator('.view-line').first().innerText()).replaceAll('\u00a0', ' '))
    .toBe('#!/bin/bash');
  await beside.locator('.squiggly-warning').first().waitFor();
  await workbench.screenshot('journey-script-beside');
  await page.keyboard.press('a');
  expect(await beside.innerText()).not.toContain('a#!/bin/bash');
});

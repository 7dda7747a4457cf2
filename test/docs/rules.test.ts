import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { examplesOf } from './examples';
import { engine, fixed, judge, placesOf } from './running';
import { LIVE_ONLY } from './running-account';

const FOLDER = join(import.meta.dirname, '../../docs/rules');
const SECTIONS = ['Why it matters', 'Examples', 'What it leaves alone', 'Silence it', 'Settings', 'Sources'];
const FIXES = { safe: 'safe fix', suggestion: 'fix as a suggestion', none: 'no automatic fix' };
/** About our own comments and files; all others are about AWS. */
const ABOUT_OURSELVES = new Set(['unused-suppression', 'invalid-suppression', 'invalid-configuration']);

const read = (id: string): string => readFileSync(join(FOLDER, `${id}.md`), 'utf8');
const section = (page: string, title: string): string => page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

test('every rule has a page, and every page is that of a rule', () => {
  const pages = readdirSync(FOLDER).filter((name) => name !== 'README.md');
  expect(pages.sort()).toEqual(engine.rules.map(({ id }) => `${id}.md`).sort());
});

describe.each(engine.rules)('$id', ({ id, title, description, severity, fix }) => {
  const page = read(id);
  const examples = examplesOf(id, page);

  test('says what the rule says of itself', () => {
    expect(page).toContain(`# ${id}\n\n**${title}** · ${severity} · ${FIXES[fix]}\n\n${description}\n`);
  });

  test('has every part, and its source', () => {
    const titles = [...page.matchAll(/^## (.+)$/gm)].map(([, found]) => found);
    expect(titles.filter((each) => each !== 'What counts')).toEqual(SECTIONS);
    if (!ABOUT_OURSELVES.has(id)) expect(section(page, 'Sources')).toContain('https://docs.aws.amazon.com/');
    expect(section(page, 'Settings')).toContain(`"ec2Warden.rules": { "${id}": "off" }`);
  });

  test('shows what is found, how it is put right, and what is not found', () => {
    expect(examples.some(({ is, after }) => is === 'found' && after !== undefined)).toBe(true);
    expect(examples.some(({ is }) => is === 'silent')).toBe(true);
  });

  test.each(examples)('line $at: $language, $is', async (example) => {
    const judged = await judge(example, example.text);
    const found = (places: ReturnType<typeof placesOf>): string[] =>
      places.map((each) => `${each.ruleId}@${each.line}`).sort();
    expect(found(placesOf(judged))).toEqual(found(example.findings));
    const { after } = example;
    if (!after) return;
    if (after.by !== 'hand') expect(fixed(judged, after.by)).toBe(after.text);
    const again = await judge(example, after.text);
    expect(placesOf(again).filter(({ ruleId }) => ruleId === id)).toEqual([]);
    if (after.by === 'all') expect(fixed(again, 'all')).toBe(after.text);
  });

  const silenced = examples.filter(({ text }) => section(page, 'Silence it').includes(text));

  test.each(silenced)('line $at: without the comment it is found', async (example) => {
    const lines = example.text.split('\n');
    const bare = lines.filter((line) => !line.includes(`ec2-warden-disable-next-line ${id}`)).join('\n');
    expect(placesOf(await judge(example, bare)).map(({ ruleId }) => ruleId)).toContain(id);
  });

  test('shows a comment that silences it', () => {
    expect(silenced.length).toBe(ABOUT_OURSELVES.has(id) || LIVE_ONLY.has(id) ? 0 : 1);
  });
});

const RESOURCE_RULES = engine.rules.filter(({ id }) => section(read(id), 'Examples').includes('resource "'));

test.each(RESOURCE_RULES)('$id has examples in Terraform and CloudFormation, or says why not', ({ id }) => {
  const languages = new Set(examplesOf(id, read(id)).flatMap(({ language, is }) => (is === 'found' ? [language] : [])));
  expect(languages.has('hcl')).toBe(true);
  expect(languages.has('yaml') || /CloudFormation (?:cannot|has no)/.test(read(id))).toBe(true);
});

describe('a page that cannot be run is refused', () => {
  test.each([
    ['a block without a note', '# x\n\n```sh\necho\n```\n'],
    ['a note that names no line', 'Found in line last:\n\n```sh\necho\n```\n'],
    ['a block without an end', 'Not found:\n\n```sh\necho\n'],
  ])('%s', (_, markdown) => {
    expect(() => examplesOf('x', markdown)).toThrow();
  });

  test('a language that nobody knows', async () => {
    await expect(judge({ page: 'x', language: 'cobol' }, '')).rejects.toThrow('nobody knows how to run');
  });

  test('a text that is not taken for what it is', async () => {
    await expect(judge({ page: 'x', language: 'yaml' }, 'a: b\n')).rejects.toThrow('taken for');
  });

  test('a fix that does not exist', async () => {
    const judged = await judge({ page: 'x', language: 'sh' }, 'curl http://169.254.169.254/\n');
    expect(() => fixed(judged, { title: 'Make it so' })).toThrow('there is no fix');
  });
});

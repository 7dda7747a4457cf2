import { describe, expect, it } from 'vitest';
import { editsReadAsMeant, scriptTexts, survivesDamage } from '../../testing/carriers';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, findingsIn, fixed, judged, offered } from '../../testing/script';

const URI = 'file:///etc/init/id.conf';
const job = (text: string): string => `description "id"\nstart on runlevel [2345]\n${text}`;

it.each([
  ['by its name and what starts it', '/etc/init/id.conf', job(`exec curl ${META}/\n`)],
  ['by its first line', '/srv/user-data', '#upstart-job\nexec true\n'],
])('a job is known %s', (_, path, text) => {
  expect(engine.lint({ uri: `file://${path}`, text }).kind).toBe('Upstart job');
});

it('a configuration of something else is none', () => {
  expect(engine.lint({ uri: URI, text: `url = ${META}/\n` }).kind).toBeUndefined();
});

describe('calls are found', () => {
  it.each([
    ['in a script', `script\n  «curl -s ${META}/»\nend script\n`],
    ['in one before it', `pre-start script\n  «curl -s ${META}/»\nend script\nexec true\n`],
    ['in two', `script\n  «curl ${META}/a»\nend script\npost-stop script\n  «curl ${META}/b»\nend script\n`],
    ['as what is started', `exec «curl -s ${META}/»\n`],
    ['with an address from the environment', `env M=${META}\nscript\n  «curl $M/»\nend script\n`],
  ])('%s', (_, text) => {
    expect(judged(job(text), 'imdsv1-call', URI)).toBe(job(text));
  });

  it.each([
    ['in a comment', `# curl ${META}/\nexec true\n`],
    ['in a script that is not ended', `script\n  curl ${META}/\n`],
    ['in a description', `description "curl ${META}/"\nexec true\n`],
  ])('none %s', (_, text) => {
    expect(findingsIn(job(text), URI)).toEqual([]);
  });
});

it('a script stops at the first error', () => {
  expect(scriptTexts(job(`env A=b\nscript\n  169.254.169.254\nend script\n`), URI)).toEqual([
    'export A=b\nset -e\n  169.254.169.254\n',
  ]);
});

it('a fix is a line of the script; what is started has no place for one', () => {
  const text = (lines: string): string => job(`script\n${lines}end script\n`);
  expect(fixed(text(`  curl -s ${META}/\n`), URI)).toBe(text(`  ${FETCH}\n  curl ${SEND} -s ${META}/\n`));
  expect(offered(job(`exec curl -s ${META}/\n`), URI)).toEqual([]);
});

describe('what is written is read', () => {
  const SAMPLE = job('script\n  # 169.254.169.254\n  echo EDIT one\nend script\n');
  editsReadAsMeant(SAMPLE, URI);
  survivesDamage(SAMPLE.replaceAll('echo EDIT', `curl ${META}/`), URI.slice(7));
});

import { describe, expect, it } from 'vitest';
import { editsReadAsMeant, survivesDamage } from '../../testing/carriers';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, findingsIn, fixed, judged } from '../../testing/script';

const URI = 'file:///srv/image.json';
const json = (text: string): string => JSON.stringify(text);
const template = (provisioners: string): string => `{
  "variables": {"path": "ami-id"},
  "builders": [{"type": "amazon-ebs", "ami_name": "x"}],
  "provisioners": [
    ${provisioners}
  ]
}
`;
const CALL = `«curl -s ${META}/»`;

it('a template is known by what it has', () => {
  expect(engine.lint({ uri: URI, text: template(`{"type": "shell", "inline": ["curl ${META}/"]}`) }).kind).toBe(
    'Packer template',
  );
});

describe('calls are found', () => {
  it.each([
    ['in lines', `{"type": "shell", "inline": ["set -u", "${CALL}"]}`],
    ['in one text', `{"type": "shell", "inline": "${CALL}"}`],
    ['on the machine that builds', `{"type": "shell-local", "command": "${CALL}"}`],
    ['with a variable of the template', `{"type": "shell", "inline": ["«curl ${META}/{{user \`path\`}}»"]}`],
    ['with an address from the environment', `{"type": "shell", "environment_vars": ["M=${META}"], "inline": ["«curl $M/»"]}`], // prettier-ignore
    ['for one builder', `{"type": "shell", "override": {"a": {"type": "shell", "inline": ["${CALL}"]}}}`],
  ])('%s', (_, text) => {
    expect(judged(template(text), 'imdsv1-call', URI)).toBe(template(text));
  });

  it('in user data', () => {
    const text = template('').replace('"x"}', `"x", "user_data": "#!/bin/sh\\n${CALL}\\n"}`);
    expect(judged(text, 'imdsv1-call', URI)).toBe(text);
  });
});

it.each([
  ['in another language', `{"type": "shell", "inline_shebang": "/usr/bin/python3", "inline": ["curl ${META}/"]}`],
  ['of another kind', `{"type": "file", "inline": ["curl ${META}/"]}`],
])('nothing is found %s', (_, text) => {
  expect(findingsIn(template(`${text}, {"type": "shell"}`), URI)).toEqual([]);
});

it.each([
  [
    'an element',
    `["a",\n      "curl -s ${META}/"]`,
    `["a",\n      ${json(FETCH)},\n      ${json(`curl ${SEND} -s ${META}/`)}]`,
  ],
  ['on the line of a text', `"curl -s ${META}/"`, json(`${FETCH}; curl ${SEND} -s ${META}/`)],
])('a fix puts %s', (_, inline, expected) => {
  const text = (value: string): string => template(`{"type": "shell", "inline": ${value}}`);
  expect(fixed(text(inline), URI)).toBe(text(expected));
  expect(findingsIn(text(expected), URI)).toEqual([]);
});

describe('what is written is read', () => {
  const SAMPLE = template(`{"type": "shell", "inline": ["echo 169.254.169.254", "echo EDIT one {{user \`x\`}}"]},
    {"type": "shell", "inline": "echo EDIT two\\n# 169.254.169.254"}`);
  editsReadAsMeant(SAMPLE, URI);
  survivesDamage(SAMPLE.replaceAll('echo EDIT', `curl ${META}/`), URI.slice(7));
});

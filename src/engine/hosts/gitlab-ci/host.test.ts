import { describe, expect, it } from 'vitest';
import { editsReadAsMeant, scriptTexts, survivesDamage } from '../../testing/carriers';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, findingsIn, fixed, judged } from '../../testing/script';

const URI = 'file:///srv/.gitlab-ci.yml';

describe('a pipeline is known', () => {
  it.each([
    ['by its name', '.gitlab-ci.yml', `# ${META}\n`],
    ['by a name like it', 'deploy.gitlab-ci.yml', `# ${META}\n`],
    ['by its keys', 'ci/build.yml', `build:\n  stage: build\n  script:\n    - curl ${META}/\n`],
  ])('%s', (_, name, text) => {
    expect(engine.lint({ uri: `file:///srv/${name}`, text }).kind).toBe('GitLab CI/CD');
  });

  it.each([
    ['Travis CI', '.travis.yml', `language: go\nstages: [a]\nscript: curl ${META}/\n`],
    ['a map with a script', 'a.yml', `x:\n  script: curl ${META}/\n`],
  ])('not %s', (_, name, text) => {
    expect(engine.lint({ uri: `file:///srv/${name}`, text }).kind).not.toBe('GitLab CI/CD');
  });
});

describe('calls are found', () => {
  it.each([
    ['in a text', `a:\n  script: «curl -s ${META}/»\n`],
    ['in a list', `a:\n  script:\n    - «curl -s ${META}/»\n    - "ID=$(«curl -s ${META}/ami-id»)"\n`],
    ['in a block of a list', `a:\n  script:\n    - |\n      set -u\n      «curl -s ${META}/»\n`],
    ['in a list of a list', `a:\n  script:\n    - - «curl -s ${META}/»\n`],
    [
      'before and after',
      `a:\n  before_script: [«curl ${META}/a»]\n  after_script: [«curl ${META}/b»]\n  script: [x]\n`,
    ],
    ['at the top', `before_script:\n  - «curl -s ${META}/»\na:\n  script: [x]\nb:\n  script: [y]\n`],
    ['in the default', `default:\n  after_script:\n    - «curl -s ${META}/»\na:\n  script: [x]\n`],
    ['in a job for others', `.x:\n  script:\n    - «curl -s ${META}/»\na:\n  extends: .x\nb:\n  extends: [.x]\n`],
    ['in an anchor', `.x: &x\n  - «curl -s ${META}/»\na:\n  script: *x\nb:\n  script:\n    - *x\n    - y\n`],
    ['with an address from before', `a:\n  before_script: [M=${META}]\n  script: [«curl $M/»]\n`],
    ['with an address from a variable', `variables:\n  M: ${META}\na:\n  script:\n    - «curl $M/»\n`],
    ['with an input in the path', `a:\n  script:\n    - «curl ${META}/$[[ inputs.path ]]»\n`],
  ])('%s', (_, text) => {
    expect(judged(text, 'imdsv1-call', URI)).toBe(text);
  });
});

describe('nothing is found', () => {
  it.each([
    [
      'with a token from before',
      `default:\n  before_script:\n    - ${FETCH}\na:\n  script:\n    - 'curl ${SEND} ${META}/'\n`,
    ],
    ['with a token from what it extends', `.x:\n  before_script:\n    - ${FETCH}\na:\n  extends: .x\n  script:\n    - 'curl ${SEND} ${META}/'\n`], // prettier-ignore
    ['in variables', `variables:\n  X: curl ${META}/\n`],
    ['in a map of a list, which GitLab refuses', `a:\n  script:\n    - curl: ${META}/\n`],
    ['in what is referred to', `a:\n  script:\n    - !reference [x, "curl ${META}/"]\n`],
  ])('%s', (_, text) => {
    expect(findingsIn(text, URI)).toEqual([]);
  });
});

it('what is at the top is before the script of every job that has none of its own', () => {
  const text = `before_script: [a]\njob:\n  script: [b, ': 169.254.169.254']\n  after_script: [': 169.254.169.254 c']\nown:\n  before_script: [c]\n  script: ': 169.254.169.254'\n`;
  expect(scriptTexts(text, '.gitlab-ci.yml')).toEqual([
    'set -eo pipefail\na\nb\n: 169.254.169.254',
    ': 169.254.169.254 c',
    'set -eo pipefail\nc\n: 169.254.169.254',
  ]);
});

describe('a fix', () => {
  it.each([
    [
      'puts an item before',
      `a:\n  script:\n    - echo\n    - curl -s ${META}/\n`,
      `a:\n  script:\n    - echo\n    - '${FETCH}'\n    - 'curl ${SEND} -s ${META}/'\n`,
    ],
    [
      'stays on the line of a text',
      `a:\n  script: curl -s ${META}/\n`,
      `a:\n  script: '${FETCH}; curl ${SEND} -s ${META}/'\n`,
    ],
    [
      'is made once in what many have',
      `before_script:\n  - curl -s ${META}/\na: {script: x}\nb: {script: y}\n`,
      `before_script:\n  - '${FETCH}'\n  - 'curl ${SEND} -s ${META}/'\na: {script: x}\nb: {script: y}\n`,
    ],
  ])('%s', (_, text, expected) => {
    expect(fixed(text, URI)).toBe(expected);
    expect(findingsIn(expected, URI)).toEqual([]);
  });
});

describe('what is written is read', () => {
  const SAMPLE = `stages: [a]
one:
  script:
    - echo 169.254.169.254
    - echo EDIT one
    - |
      echo EDIT two
      echo EDIT three
two:
  script: echo EDIT four TIDE 169.254.169.254
`;
  editsReadAsMeant(SAMPLE, URI);
  survivesDamage(SAMPLE.replaceAll('echo EDIT', `curl ${META}/`), URI.slice(7));
});

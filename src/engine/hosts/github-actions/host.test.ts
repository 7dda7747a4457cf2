import { describe, expect, it } from 'vitest';
import { editsReadAsMeant, scriptsIn, scriptTexts, survivesDamage } from '../../testing/carriers';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, findingsIn, fixed, judged } from '../../testing/script';

const URI = 'file:///srv/.github/workflows/ci.yml';
const workflow = (steps: string): string =>
  `name: CI\non: push\njobs:\n  build:\n    runs-on: [self-hosted, linux]\n    steps:\n${steps.replace(/^(?=.)/gm, '      ')}`;
const composite = (steps: string): string =>
  `name: Set up\nruns:\n  using: composite\n  steps:\n${steps.replace(/^(?=.)/gm, '    ')}`;

describe('a workflow is known', () => {
  const STEP = `- run: curl ${META}/\n`;
  it.each([
    ['by its path', '.github/workflows/a.yaml', `# ${META}\n`],
    ['by its jobs', 'ci.yml', workflow(STEP)],
    ['as a composite action', 'action.yml', composite(STEP)],
  ])('%s', (_, name, text) => {
    expect(engine.lint({ uri: `file:///srv/${name}`, text }).kind).toBe('GitHub Actions');
  });

  it('not what only runs something', () => {
    expect(engine.lint({ uri: 'file:///srv/a.yml', text: `steps:\n- run: curl ${META}/\n` }).kind).not.toBe(
      'GitHub Actions',
    );
  });
});

describe('calls are found', () => {
  it.each([
    ['in one line', `- run: «curl -s ${META}/»\n`],
    ['in several', `- name: id\n  run: |\n    set -u\n    ID=$(«curl -s ${META}/»)\n`],
    ['by sh', `- shell: sh\n  run: «curl -s ${META}/»\n`],
    ['by a shell of one’s own', `- shell: bash -l {0}\n  run: «curl -s ${META}/»\n`],
    ['with an expression in the path', `- run: «curl -s ${META}/\${{ matrix.path }}»\n`],
    ['with an address from the step', `- env:\n    IMDS: ${META}\n  run: «curl "$IMDS/"»\n`],
    ['with an address by an expression', `- env:\n    IMDS: ${META}\n  run: «curl "\${{ env.IMDS }}/"»\n`],
  ])('%s', (_, steps) => {
    expect(judged(workflow(steps), 'imdsv1-call', URI)).toBe(workflow(steps));
    expect(judged(composite(steps), 'imdsv1-call', URI)).toBe(composite(steps));
  });

  it('with an address from above', () => {
    const text = `env:\n  IMDS: ${META}\n${workflow('- run: «curl "$IMDS/"»\n')}`;
    expect(judged(text, 'imdsv1-call', URI)).toBe(text);
  });
});

describe('nothing is found', () => {
  it.each([
    ['in Python', `- shell: python\n  run: |\n    curl ${META}/\n`],
    ['in cmd', `- shell: cmd\n  run: curl ${META}/\n`],
    ['in a name', `- name: curl ${META}/\n  run: echo\n`],
    ['in what an action is given', `- uses: x/y@v1\n  with:\n    run: curl ${META}/\n`],
    [
      'with a token of an expression',
      `- run: 'curl -H "X-aws-ec2-metadata-token: \${{ steps.t.outputs.token }}" ${META}/'\n`,
    ],
  ])('%s', (_, steps) => {
    expect(findingsIn(workflow(steps), URI)).toEqual([]);
  });
});

it('the shell is the one of the step, the job, the workflow or the runner', () => {
  const step = (shell: string): string => `- run: ': 169.254.169.254'\n${shell && `  shell: ${shell}\n`}`;
  const texts = (text: string): readonly string[] => scriptTexts(text, '.github/workflows/a.yml');
  expect(texts(workflow(step('') + step('bash') + step('sh') + step('bash -el {0}') + step('bash {0}')))).toEqual([
    'set -e\nset -o pipefail\n: 169.254.169.254',
    'set -e\nset -o pipefail\n: 169.254.169.254',
    'set -e\n: 169.254.169.254',
    'set -e\n: 169.254.169.254',
    ': 169.254.169.254',
  ]);
  expect(texts(`defaults:\n  run:\n    shell: sh\n${workflow(step(''))}`)).toEqual(['set -e\n: 169.254.169.254']);
  const windows = workflow(step('') + step('bash')).replace('[self-hosted, linux]', 'windows-latest');
  expect(scriptsIn(windows, 'a.yml').map(({ language }) => language)).toEqual(['powershell', 'shell']);
});

describe('a fix', () => {
  it.each([
    [
      'of lines',
      `- run: |\n    echo\n    curl -s ${META}/\n`,
      `- run: |\n    echo\n    ${FETCH}\n    curl ${SEND} -s ${META}/\n`,
    ],
    ['of one line', `- run: curl -s ${META}/\n`, `- run: '${FETCH}; curl ${SEND} -s ${META}/'\n`],
    [
      'beside expressions',
      `- run: |\n    curl -s \${{ env.X }} ${META}/\${{ matrix.path }}\n  env: {X: -f}\n`,
      `- run: |\n    ${FETCH}\n    curl ${SEND} -s \${{ env.X }} ${META}/\${{ matrix.path }}\n  env: {X: -f}\n`,
    ],
  ])('%s', (_, steps, expected) => {
    expect(fixed(workflow(steps), URI)).toBe(workflow(expected));
    expect(findingsIn(workflow(expected), URI)).toEqual([]);
  });
});

describe('what is written is read', () => {
  const SAMPLE = workflow(`- run: |
    # 169.254.169.254
    echo EDIT one \${{ env.X }}
- run: echo EDIT two TIDE 169.254.169.254
- shell: sh
  run: "echo EDIT three\\n# 169.254.169.254"
`);
  editsReadAsMeant(SAMPLE, URI);
  survivesDamage(SAMPLE.replaceAll('echo EDIT', `curl ${META}/`), URI.slice(7));
});

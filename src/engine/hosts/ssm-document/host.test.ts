import { describe, expect, it } from 'vitest';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, fixed, judged } from '../../testing/script';

const YAML = 'file:///srv/document.yaml';
const JSON_FILE = 'file:///srv/document.json';
const CALL = `curl ${META}/instance-id`;
const rule = (text: string, uri = YAML): string => judged(text, 'imdsv1-call', uri);

const step = (action: string, inputs: string, head = ''): string =>
  `schemaVersion: '2.2'\n${head}mainSteps:\n  - action: ${action}\n    name: a\n    inputs:\n${inputs.replace(/^(?=.)/gm, '      ')}\n`;

describe('a document is known', () => {
  it.each([
    ['in YAML', YAML, step('aws:runShellScript', 'runCommand: [ls]')],
    ['in JSON on one line', JSON_FILE, '{"schemaVersion":"2.2","mainSteps":[]}'],
    ['of schema 1.2', JSON_FILE, '{\n  "schemaVersion": "1.2",\n  "runtimeConfig": {}\n}\n'],
  ])('%s', (_, uri, text) => {
    expect(engine.lint({ uri, text }).kind).toBe('Systems Manager document');
  });

  it('not another document with a version', () => {
    expect(engine.lint({ uri: YAML, text: 'schemaVersion: 1\nsteps: []\n' }).kind).not.toBe('Systems Manager document');
  });
});

describe('commands', () => {
  it.each([
    ['as lines of one script', step('aws:runShellScript', `runCommand:\n  - URL=${META}\n  - «curl $URL/»`)],
    ['as a block', step('aws:runShellScript', `runCommand:\n  - |\n    #!/bin/bash\n    «${CALL}»`)],
    [
      'with a parameter whose default is known',
      step(
        'aws:runShellScript',
        'runCommand:\n  - «curl {{ Url }}/»',
        `parameters:\n  Url:\n    type: String\n    default: ${META}\n`,
      ),
    ],
    ['beside a parameter that is not known', step('aws:runShellScript', `runCommand:\n  - «${CALL}» > {{ Target }}`)],
  ])('%s', (_, text) => {
    expect(rule(text)).toBe(text);
  });

  it.each([
    ['of another action', step('aws:downloadContent', `sourceInfo: '${CALL}'`)],
    [
      'with an address that is a parameter without a default',
      step('aws:runShellScript', 'runCommand:\n  - curl {{ Url }}/\n  - "# 169.254.169.254"'),
    ],
  ])('nothing %s', (_, text) => {
    expect(rule(text)).toBe(text);
  });

  it('in JSON', () => {
    const text = `{"schemaVersion": "2.2", "mainSteps": [{"action": "aws:runShellScript", "inputs": {"runCommand": ["«${CALL}»"]}}]}`;
    expect(rule(text, JSON_FILE)).toBe(text);
  });

  it('a new line is a new item', () => {
    const text = step('aws:runShellScript', `runCommand:\n  - echo {{ Name }}\n  - "${CALL} > {{ Target }}"`);
    expect(fixed(text, YAML)).toBe(
      text.replace(
        `- "${CALL}`,
        () => `- ${JSON.stringify(FETCH)}\n        - "curl ${SEND.replace(/"/g, '\\"')} ${META}/instance-id`,
      ),
    );
  });
});

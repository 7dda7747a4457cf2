import { describe, expect, it } from 'vitest';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, fixed, judged } from '../../testing/script';

const FILE = 'file:///srv/component.yaml';
const CALL = `curl ${META}/instance-id`;
const rule = (text: string): string => judged(text, 'imdsv1-call', FILE);

const component = (action: string, inputs: string): string =>
  `name: a\nschemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: b\n        action: ${action}\n        inputs:\n${inputs.replace(/^(?=.)/gm, '          ')}\n`;

it('a component is known', () => {
  expect(engine.lint({ uri: FILE, text: component('ExecuteBash', 'commands: [ls]') }).kind).toBe(
    'Image Builder component',
  );
  expect(engine.lint({ uri: FILE, text: 'schemaVersion: 1.0\nphases: []\n' }).kind).not.toBe('Image Builder component');
});

describe('steps', () => {
  it.each([
    ['commands of a shell', component('ExecuteBash', `commands:\n  - A=${META}\n  - «curl $A/»`)],
    ['a file', component('CreateFile', `- path: /opt/a.sh\n  content: |\n    #!/bin/sh\n    «${CALL}»`)],
    [
      'what another step gave',
      component('ExecuteBash', `commands:\n  - «${CALL}» -o {{ build.a.outputs.stdout }}`).replace(
        '» -o {{ build.a.outputs.stdout }}',
        ' -o {{ build.a.outputs.stdout }}»',
      ),
    ],
  ])('%s', (_, text) => {
    expect(rule(text)).toBe(text);
  });

  it('nothing in other actions', () => {
    const text = component('SetRegistry', `- path: '${CALL}'`);
    expect(rule(text)).toBe(text);
  });

  it('a new line is a new item', () => {
    const text = component('ExecuteBash', `commands:\n  - '${CALL}'`);
    expect(fixed(text, FILE)).toBe(
      text.replace(`- '${CALL}'`, () => `- '${FETCH}'\n            - 'curl ${SEND} ${META}/instance-id'`),
    );
  });
});

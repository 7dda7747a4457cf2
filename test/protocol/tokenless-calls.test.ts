import { expect, test } from 'vitest';
import { createEngine } from '../../src/engine';
import { TOKENLESS_CALLS_METHOD } from '../../src/server/protocol';
import { converse } from './conversation';

const URL = 'http://169.254.169.254/latest/meta-data/instance-id';

const ask = async (params: unknown): Promise<unknown> =>
  (await converse(createEngine())).connection.sendRequest(TOKENLESS_CALLS_METHOD, params);

const calls = (text: string): Promise<unknown> => ask({ uri: 'ec2-warden:/user-data-i-1.txt', text });

test.each([
  ['a call without a token', `#!/bin/sh\necho hello\ncurl -s ${URL}\n`, [2]],
  [
    'one that a comment silences',
    `#!/bin/sh\n# ec2-warden-disable-next-line imdsv1-call -- later\ncurl -s ${URL}\n`,
    [2],
  ],
  ['in cloud-config', `#cloud-config\nruncmd:\n  - echo hello\n  - curl -s ${URL}\n`, [3]],
  [
    'with a token',
    `#!/bin/sh\nT=$(curl -sX PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)\ncurl -sH "X-aws-ec2-metadata-token: $T" ${URL}\n`,
    [],
  ],
])('%s', async (_name, text, lines) => {
  expect(((await calls(text)) as { line: number }[]).map(({ line }) => line)).toEqual(lines);
});

test('what the engine does not read is not said to be free of calls', async () => {
  expect(await calls('#!/usr/bin/perl\nprint "hello";\n')).toBeNull();
});

test.each([[undefined], [null], [3], [{ uri: 'x' }], [{ uri: 3, text: 'x' }]])(
  '%j is nothing to ask about',
  async (params) => {
    expect(await ask(params)).toBeNull();
  },
);

import { describe, expect, test } from 'vitest';
import { createEngine } from '../../src/engine';
import { DECLARED_METHOD, type ShownDeclarations } from '../../src/server/protocol';
import { type Conversation, converse } from './conversation';

const MAIN = 'vfs://host/w/main.tf';
const BOOT = 'vfs://host/w/boot.sh.tftpl';
const CALL = 'curl -s http://169.254.169.254/latest/meta-data/instance-id';
const SCRIPT = `#!/bin/bash\necho "\${name}"\n${CALL}\n`;
const INSTANCE = `resource "aws_instance" "web" {
  tags      = { Name = "web-1" }
  user_data = templatefile("boot.sh.tftpl", { name = var.name })
  metadata_options {
    http_tokens = "optional"
  }
}
`;

const ask = (client: Conversation, params: unknown): Promise<ShownDeclarations> =>
  client.connection.sendRequest(DECLARED_METHOD, params);

const DECLARED = {
  launches: [
    {
      kind: 'instance',
      address: 'aws_instance.web',
      launchers: ['aws_instance.web'],
      name: 'web-1',
      head: { start: { line: 0, character: 0 }, end: { line: 0, character: 29 } },
      options: { start: { line: 3, character: 2 }, end: { line: 3, character: 18 } },
      tokens: { value: 'optional', range: { start: { line: 4, character: 18 }, end: { line: 4, character: 28 } } },
      endpoint: null,
      hopLimit: null,
    },
  ],
  userData: [
    {
      owner: 'aws_instance.web',
      uri: BOOT,
      parts: ['#!/bin/bash\necho "', null, `"\n${CALL}\n`],
      calls: [{ line: 2, message: expect.stringContaining('token') as unknown }],
    },
  ],
};

describe('ec2Warden/declared', () => {
  test('of a document that is open', async () => {
    const client = await converse(createEngine(), { files: { [BOOT]: SCRIPT } });
    await client.open(MAIN, INSTANCE, 'terraform');
    expect(await ask(client, { uri: MAIN })).toMatchObject(DECLARED);
  });

  test('of a text that is not, read with what stands beside it', async () => {
    const client = await converse(createEngine(), { files: { [BOOT]: SCRIPT } });
    expect(await ask(client, { uri: MAIN, text: INSTANCE })).toMatchObject(DECLARED);
    expect(await ask(client, { uri: BOOT, text: SCRIPT })).toMatchObject({
      launches: [],
      userData: [{ owner: null, uri: BOOT, calls: [{ line: 2 }] }],
    });
  });

  test.each([undefined, null, 7, {}, { uri: MAIN }, { uri: MAIN, text: 7 }, { uri: MAIN, text: '# nothing\n' }])(
    'nothing of %j',
    async (params) => {
      const client = await converse(createEngine());
      expect(await ask(client, params)).toEqual({ launches: [], userData: [] });
    },
  );
});

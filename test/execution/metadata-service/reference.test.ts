import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLAUSES } from './contract';
import type { TokenPolicy } from './protocol';

/** Path of AWS's amazon-ec2-metadata-mock, where somebody has built it. */
const binary = process.env['EC2_METADATA_MOCK'] ?? '';

/** Where the mock is known to differ from AWS's documents. The documents decide, so these clauses do not hold for it. */
const DEVIATIONS: Readonly<Record<TokenPolicy, readonly string[]>> = {
  optional: [
    'a token request with X-Forwarded-For is 403',
    'a token request to a dated path is 403',
    'a made-up token is 401',
    'an expired token is 401',
    'dated versions answer',
    'public keys are listed by index and name',
    'the root lists the versions',
  ],
  required: [
    'a token request with X-Forwarded-For is 403',
    'a token request to a dated path is 403',
    'a folder without a token is 401',
    'dated versions answer',
    'public keys are listed by index and name',
    'the root lists the versions',
  ],
};

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const up = await fetch(url).then(
      () => true,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${binary} did not answer at ${url} within 5 s`);
}

if (binary === '') {
  test('the reference is named, or its absence said', () => {
    process.stdout.write(
      "metadata service: not compared with AWS's amazon-ec2-metadata-mock (set EC2_METADATA_MOCK to its binary)\n",
    );
    expect(CLAUSES.length).toBeGreaterThan(30);
  });
} else {
  describe.each(['optional', 'required'] as const)('amazon-ec2-metadata-mock with tokens %s', (tokens) => {
    let mock: ChildProcess;
    let url = '';

    beforeAll(async () => {
      const port = await freePort();
      url = `http://127.0.0.1:${port}`;
      const flags = ['--hostname', '127.0.0.1', '--port', String(port), '--mock-delay-sec', '3600'];
      mock = spawn(binary, tokens === 'required' ? [...flags, '--imdsv2'] : flags, { stdio: 'ignore' });
      await answers(url);
    });
    afterAll(() => {
      mock.kill();
    });

    const clauses = CLAUSES.filter((clause) => clause.tokens === tokens);
    const held = clauses.filter((clause) => !DEVIATIONS[tokens].includes(clause.title));
    process.stdout.write(
      `metadata service: ${held.length} of ${clauses.length} clauses compared with the mock, the others are known deviations\n`,
    );
    for (const clause of held) test(clause.title, () => clause.check(url));
  });
}

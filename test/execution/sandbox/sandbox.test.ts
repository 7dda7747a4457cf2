import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run, RunResult } from './protocol';
import { openSandbox, type Sandbox } from './sandbox';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

function run(script: string, other: Partial<Run> = {}): Promise<RunResult> {
  return sandbox.run({
    script,
    shell: 'dash',
    args: [],
    env: {},
    stdin: '',
    service: { tokens: 'optional', presence: 'up' },
    timeLimitMs: 5000,
    untilRefused: false,
    ...other,
  });
}

test('a script gets its arguments, environment and input, and is heard', async () => {
  const script = 'read -r line; echo "$1 $NAME $line"; echo oops >&2; exit 3';
  const result = await run(script, { args: ['one'], env: { NAME: 'two' }, stdin: 'three\n' });
  expect(result).toMatchObject({ stdout: 'one two three\n', stderr: 'oops\n', status: 3, timedOut: false });
});

test('what it leaves is told, and gone for the next', async () => {
  const first = await run('umask 022; mkdir -m 750 ~/.aws; echo x > ~/.aws/credentials; chmod 600 ~/.aws/credentials');
  expect(first.files).toContainEqual({ path: '~/.aws', kind: 'folder', mode: 0o750, content: '' });
  expect(first.files).toContainEqual({ path: '~/.aws/credentials', kind: 'file', mode: 0o600, content: 'x\n' });
  const second = await run(':');
  expect(second.files.filter(({ path }) => path.startsWith('~'))).toEqual([]);
});

test('the metadata service answers, and says what it was asked', async () => {
  const result = await run('curl -s http://169.254.169.254/latest/meta-data/instance-type');
  expect(result.stdout).toBe('t3.micro');
  expect(result.requests).toMatchObject([
    { method: 'GET', path: '/latest/meta-data/instance-type', token: 'none', status: 200 },
  ]);
});

test('commands that change the machine are recorded, in order', async () => {
  const result = await run('yum install -y "a b"; echo job | crontab -; aws s3 ls');
  expect(result.calls).toEqual(['yum [install] [-y] [a b]', 'crontab [-]', '  | job', 'aws [s3] [ls]']);
});

test('sleep takes no time', async () => {
  const before = performance.now();
  await run('sleep 60; sleep 1m');
  expect(performance.now() - before).toBeLessThan(5000);
});

test('sudo starts with a fresh environment, unless told to keep it', async () => {
  const script =
    'export NAME=x; sudo -u ec2-user sh -c \'echo "[$NAME]"\'; sudo -E sh -c \'echo "[$NAME]"\'; sudo NAME=y sh -c \'echo "[$NAME]"\'';
  expect((await run(script)).stdout).toBe('[]\n[x]\n[y]\n');
});

test('a script that does not end is ended', async () => {
  const result = await run('while :; do :; done', { timeLimitMs: 300 });
  expect(result).toMatchObject({ timedOut: true, status: 137 });
});

test('what is left in the background does not hold the next run up', async () => {
  const result = await run('sh -c "while :; do :; done" & echo done');
  expect(result.stdout).toBe('done\n');
});

test('a script can be ended at the first refusal', async () => {
  const script = 'until curl -sf http://169.254.169.254/latest/meta-data/; do :; done';
  const result = await run(script, { service: { tokens: 'required', presence: 'up' }, untilRefused: true });
  expect(result.timedOut).toBe(false);
  expect(result.requests[0]).toMatchObject({ status: 401, token: 'none' });
});

describe('the private namespace', () => {
  const isolated = (): boolean => {
    if (!sandbox.isolated)
      process.stdout.write(
        `sandbox: no private namespace here (${sandbox.reason}); what only it can do was not tried\n`,
      );
    return sandbox.isolated;
  };

  test('no request leaves', async ({ skip }) => {
    skip(!isolated(), 'no private namespace');
    const result = await run('curl -s -m 2 http://192.0.2.1/; echo $?; curl -s -m 2 http://93.184.215.14/; echo $?');
    expect(result.stdout).toBe('7\n7\n');
  });

  test('the rest of the machine cannot be written to', async ({ skip }) => {
    skip(!isolated(), 'no private namespace');
    const result = await run('touch /etc/written-by-a-test /usr/written-by-a-test; echo $?');
    expect(result.stdout).toBe('1\n');
  });

  test('folders that scripts write to are their own', async ({ skip }) => {
    skip(!isolated(), 'no private namespace');
    const result = await run('for f in /opt /tmp /root /var/log; do echo x > $f/x; done; ls -A /root /opt');
    expect(result.stdout).toBe('/opt:\nx\n\n/root:\nx\n');
    expect(result.files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/opt/x', '/tmp/x', '~/x', '/var/log/x']),
    );
  });

  test('names and the IPv6 address lead to the metadata service', async ({ skip }) => {
    skip(!isolated(), 'no private namespace');
    const names = sandbox.ready.ipv6 ? 'instance-data "[fd00:ec2::254]" 2852039166' : 'instance-data 2852039166';
    const result = await run(`for host in ${names}; do curl -s "http://$host/latest/meta-data/mac"; echo; done`);
    expect(new Set(result.stdout.trim().split('\n'))).toEqual(new Set(['0e:49:61:0f:c3:11']));
  });

  test('other hosts and a proxy are there, and notice a token', async ({ skip }) => {
    skip(!isolated(), 'no private namespace');
    const script = `curl -s -H 'X-aws-ec2-metadata-token: t' http://app.example.internal/x
curl -s -x http://proxy.example.internal:3128 http://169.254.169.254/latest/meta-data/mac`;
    const result = await run(script);
    expect(result.stdout).toBe('other /x0e:49:61:0f:c3:11');
    expect(result.foreign).toEqual([
      { url: 'http://app.example.internal/x', to: 'host', tokenSent: true },
      { url: 'http://169.254.169.254/latest/meta-data/mac', to: 'proxy', tokenSent: false },
    ]);
    expect(result.requests).toMatchObject([{ forwarded: true, status: 200 }]);
  });

  test('a started unit runs its command, with its percents and dollars halved', async ({ skip }) => {
    skip(!isolated(), 'no private namespace');
    const script = `cat > /etc/systemd/system/x.service <<'EOF'
[Service]
ExecStart=/bin/sh -c 'X=1; printf "%%s\\n" "$$X\${X}" > /tmp/out'
EOF
systemctl start x; cat /tmp/out`;
    const result = await run(script);
    expect(result.stdout).toBe('1\n');
    expect(result.calls).toEqual(['systemctl [start] [x]']);
  });
});

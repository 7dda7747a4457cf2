import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { REFUSALS } from '../metadata-service/protocol';
import { startMetadataService, type Listen, type MetadataService } from '../metadata-service/service';
import { makeCommands } from './commands';
import { empty, listLeft, type Place } from './left';
import { startOtherHosts, type OtherHosts } from './other-hosts';
import type { AgentSettings, Ready, Run, RunResult } from './protocol';

// The process inside the sandbox: it holds the metadata service and runs one script after the other, as lines of JSON on its
// standard input say. It ends with its input.

const settings = JSON.parse(process.argv[2] ?? '{}') as AgentSettings;
const { root } = settings;
const file = (name: string): string => join(root, name);
const work = file('work');
const home = settings.isolated ? '/root' : file('home');

/** Folders that `enter.sh` put in the place of the machine's, with the home folder under its short name. */
function places(): Place[] {
  const found: Place[] = [{ folder: work, name: '.' }];
  if (!settings.isolated) return [...found, { folder: home, name: '~' }];
  const visit = (folder: string, name: string): void => {
    for (const entry of readdirSync(folder)) {
      const path = `${name}/${entry}`;
      if (['/var', '/etc', '/usr', '/etc/systemd', '/usr/local'].includes(path)) visit(join(folder, entry), path);
      else found.push({ folder: join(folder, entry), name: path === '/root' ? '~' : path });
    }
  };
  visit(file('hidden'), '');
  return found;
}

function environment(run: Run): Record<string, string> {
  const path = [...(run.shell === 'busybox' ? [file('busybox-bin')] : []), file('bin')].join(':');
  const plain = settings.isolated ? {} : { CURL_HOME: root };
  return { PATH: path, HOME: home, USER: 'root', LANG: 'C.UTF-8', ...plain, ...run.env };
}

interface Ending {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
  readonly timedOut: boolean;
}

function execute(run: Run, service: MetadataService): Promise<Ending> {
  const script = join(work, 'user-data.sh');
  writeFileSync(script, run.script, { mode: 0o755 });
  const program = run.shell === 'busybox' ? join(root, 'busybox-bin', 'sh') : join(root, 'bin', run.shell);
  const child = spawn(program, [script, ...run.args], {
    cwd: work,
    env: environment(run),
    detached: true,
    stdio: 'pipe',
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(run.stdin);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const killAll = (): void => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // The whole group has ended already.
    }
  };
  return new Promise((resolve, reject) => {
    let timedOut = false;
    const limit = setTimeout(() => {
      timedOut = true;
      killAll();
    }, run.timeLimitMs);
    const watch = setInterval(() => {
      if (run.untilRefused && service.records().some(({ status }) => REFUSALS.includes(status))) killAll();
    }, 20);
    child.once('error', reject);
    // What the script left in the background goes with it, once it has had a moment to end by itself.
    child.once('exit', () => setTimeout(killAll, 500).unref());
    child.once('close', (code, signal) => {
      clearTimeout(limit);
      clearInterval(watch);
      killAll();
      const status = code ?? 128 + constants.signals[signal ?? 'SIGKILL'];
      resolve({ stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString(), status, timedOut });
    });
  });
}

function lines(name: string): string[] {
  if (!existsSync(file(name))) return [];
  return readFileSync(file(name), 'utf8').split('\n').slice(0, -1);
}

async function perform(run: Run, service: MetadataService, others: OtherHosts | undefined): Promise<RunResult> {
  const here = places();
  empty(here);
  for (const name of ['calls', 'sleeps']) writeFileSync(file(name), '');
  others?.forget();
  await service.configure(run.service);
  const ending = await execute(run, service);
  return {
    ...ending,
    files: listLeft(here).filter(({ path }) => path !== './user-data.sh'),
    calls: lines('calls'),
    requests: service.records(),
    foreign: others?.records() ?? [],
  };
}

async function startService(): Promise<{ service: MetadataService; ipv6: boolean }> {
  const surroundings = { sleeps: () => lines('sleeps').map(Number) };
  if (!settings.isolated) {
    return { service: await startMetadataService([{ host: '127.0.0.1', port: 0 }], surroundings), ipv6: false };
  }
  const addresses: Listen[] = [{ host: '169.254.169.254', port: 80 }];
  try {
    const both = [...addresses, { host: 'fd00:ec2::254', port: 80 }];
    return { service: await startMetadataService(both, surroundings), ipv6: true };
  } catch {
    // A kernel without IPv6. The first address may be taken by the attempt, so the service is started anew below.
  }
  return { service: await startMetadataService(addresses, surroundings), ipv6: false };
}

async function main(): Promise<void> {
  process.umask(0o022);
  for (const folder of [work, ...(settings.isolated ? [] : [home])]) mkdirSync(folder, { recursive: true });
  const tools = makeCommands(settings);
  const { service, ipv6 } = await startService();
  // Without a namespace every request of curl is turned to the service, whatever its address (curl(1), --connect-to).
  if (!settings.isolated)
    writeFileSync(file('.curlrc'), `connect-to = "::127.0.0.1:${service.ports[0]}"\nnoproxy = "*"\n`);
  const others = settings.isolated ? await startOtherHosts() : undefined;
  const ready: Ready = { tools, ipv6 };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  for await (const line of createInterface({ input: process.stdin })) {
    const result = await perform(JSON.parse(line) as Run, service, others);
    process.stdout.write(`${JSON.stringify(result)}\n`);
  }
  process.exit(0);
}

await main();

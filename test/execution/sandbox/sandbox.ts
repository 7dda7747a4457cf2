import { build } from 'esbuild';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { AgentSettings, Ready, Run, RunResult } from './protocol';

/** A place to run scripts in, one at a time. */
export interface Sandbox {
  /** True where no request can leave: a private network namespace. */
  readonly isolated: boolean;
  /** Why it is not isolated; '' where it is. */
  readonly reason: string;
  readonly ready: Ready;
  run(run: Run): Promise<RunResult>;
  close(): void;
}

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** The agent as one file, and its commands beside it, in a new folder. */
async function bundleAgent(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ec2-warden-execution-'));
  await build({
    entryPoints: [join(HERE, 'agent.ts')],
    outfile: join(folder, 'agent.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  cpSync(join(HERE, 'commands'), join(folder, 'commands'), { recursive: true });
  return folder;
}

interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly answers: AsyncIterator<string>;
  readonly ready: Ready;
}

/** Starts a program that should say `Ready`; answers with what it said on standard error where it does not. */
async function start(command: readonly string[]): Promise<Started | string> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: 'pipe' });
  const errors: string[] = [];
  child.on('error', (error) => errors.push(error.message));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  child.stdin.on('error', () => undefined);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await answers.next();
  if (first.done === true) return errors.join('').trim() || `${program} ended without a word`;
  return { child, answers, ready: JSON.parse(first.value) as Ready };
}

function namespaceCommands(bundle: string): string[][] {
  const enter = ['sh', join(HERE, 'enter.sh'), bundle, process.execPath, process.env['PATH'] ?? ''];
  const flags = ['--net', '--mount', '--pid', '--fork', '--kill-child'];
  // As an ordinary user first; as root where user namespaces are forbidden.
  return [
    ['unshare', '--map-root-user', ...flags, ...enter],
    ['unshare', ...flags, ...enter],
  ];
}

/**
 * Opens a sandbox: in private namespaces where the machine allows it, else on a plain loopback port, where only scripts may be run
 * that cannot pass by it (see `canPassBy`). `EXECUTION_NAMESPACE=none` asks for the latter.
 */
export async function openSandbox(): Promise<Sandbox> {
  const bundle = await bundleAgent();
  const reasons: string[] = [];
  if (process.env['EXECUTION_NAMESPACE'] === 'none') reasons.push('EXECUTION_NAMESPACE=none');
  for (const command of reasons.length > 0 ? [] : namespaceCommands(bundle)) {
    const started = await start(command);
    if (typeof started !== 'string') return sandboxOf(started, bundle, '');
    reasons.push(started);
  }
  const root = join(bundle, 'root');
  mkdirSync(root);
  const settings: AgentSettings = {
    root,
    host: '',
    commands: join(bundle, 'commands'),
    isolated: false,
    path: process.env['PATH'] ?? '',
  };
  const started = await start([process.execPath, join(bundle, 'agent.mjs'), JSON.stringify(settings)]);
  if (typeof started === 'string') throw new Error(`the execution suite's agent did not start: ${started}`);
  return sandboxOf(started, bundle, reasons.join('; '));
}

function sandboxOf({ child, answers, ready }: Started, bundle: string, reason: string): Sandbox {
  return {
    isolated: reason === '',
    reason,
    ready,
    async run(run) {
      child.stdin.write(`${JSON.stringify(run)}\n`);
      const answer = await answers.next();
      if (answer.done === true) throw new Error('the execution suite’s agent ended in the middle of a run');
      return JSON.parse(answer.value) as RunResult;
    },
    close() {
      child.stdin.end();
      child.kill('SIGKILL');
      rmSync(bundle, { recursive: true, force: true });
    },
  };
}

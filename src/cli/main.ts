#!/usr/bin/env node
import * as fs from 'node:fs';
import * as nodeModule from 'node:module';
import * as path from 'node:path';
import type * as enforcing from './enforce';
import { createEngine } from '../engine';
import { defect, reason, UsageError } from './fault';
import { bundledGrammars } from './grammar-files';
import { run } from './run';
import type { Output } from './surroundings';
import { affordableThreads, lintThreadsShare, startThreads } from './threads';

/** @param open opens the stream, on first use: the one for errors is seldom needed, and costs a millisecond. */
function outputTo(open: () => NodeJS.WriteStream): Output {
  let opened: NodeJS.WriteStream | undefined;
  const stream = (): NodeJS.WriteStream => {
    opened ??= open().on('error', (error: NodeJS.ErrnoException) => {
      // Nobody reads on, as in `ec2-warden lint . | head`: files are still fixed, and the exit status still counts.
      if (error.code === 'EPIPE') return;
      process.exitCode = 2;
      if (opened !== process.stderr)
        process.stderr.write(`ec2-warden: the output could not be written: ${reason(error)}\n`);
    });
    return opened;
  };
  return {
    write: (chunk) => stream().write(chunk),
    get isTTY() {
      return stream().isTTY;
    },
    get columns() {
      // 0 in a pseudoterminal that nobody gave a size.
      return stream().isTTY && stream().columns > 0 ? stream().columns : undefined;
    },
  };
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A bundle of its own beside this one: a linter's start must not pay for reading it. @throws UsageError where it is not there */
function besideThis(name: string, what: string): string {
  const file = path.join(__dirname, name);
  if (fs.existsSync(file)) return file;
  throw new UsageError(`${what} should be ${file}, and is not there: copy it there, or install ec2-warden anew.`);
}

const load = (file: string): unknown => nodeModule.createRequire(__filename)(file);

function startServer(): void {
  const file = besideThis('server.js', 'The language server');
  // Since Node 22.1. It helps only what is loaded after it, so not the linter, which is in this file. Loading this file a second time, from
  // the cache, was measured: as long as without. Who wants those 7 % sets NODE_COMPILE_CACHE (bench/cli.mjs measures it).
  (nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();
  process.off('uncaughtException', giveUp);
  const server = load(file) as { startServer(): void };
  server.startServer();
}

function giveUp(error: unknown): void {
  process.stderr.write(`ec2-warden: ${defect(error)}\n`);
  process.exit(2);
}

function endWithoutResult(): void {
  giveUp(new Error('the run came to no end'));
}

/** What a thread of a run over many files does: see threads.ts. */
export function lintOnThread(): Promise<void> {
  return lintThreadsShare(createEngine(bundledGrammars));
}

/** Runs the program on the command line of this process. */
export function main(): void {
  process.on('uncaughtException', giveUp);
  // Nothing is left to wait for, and yet there is no result: this must not pass for a clean one.
  process.once('beforeExit', endWithoutResult);
  run(
    process.argv.slice(2),
    {
      cwd: process.cwd(),
      env: process.env,
      stdout: outputTo(() => process.stdout),
      stderr: outputTo(() => process.stderr),
      stdin: readStdin,
    },
    {
      engine: () => createEngine(bundledGrammars),
      startThreads: (task, next, most) => startThreads(__filename, task, next, affordableThreads(most)),
      enforce: async (options, surroundings) => {
        besideThis('aws.js', 'The library for AWS');
        const bundle = load(besideThis('enforce.js', 'What carries plans out')) as typeof enforcing;
        return bundle.enforce(options, surroundings);
      },
      startServer,
    },
  ).then((status) => {
    process.off('beforeExit', endWithoutResult);
    // A failed write may have set it already.
    if (status !== undefined) process.exitCode ??= status;
  }, giveUp);
}

// Not where a thread has loaded this file.
if (require.main === module) main();

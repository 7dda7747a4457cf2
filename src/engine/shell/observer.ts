import type { ShellRequest } from './http/client';
import type { Invocation } from './invocation';
import type { Machine } from './machine';
import type { Umask } from './state';
import type { Command } from './syntax';
import type { Frozen } from './printed';
import type { Source } from '../program/source';
import type { Value } from '../program/value';

/** What is told of a program while it runs. */
export interface Observer {
  /** A request that is about to be made. What it says of a token is for the machine to go on with. */
  request(request: ShellRequest, machine: Machine): RequestSeen;
  /** Any command that is no function and makes no request. */
  command(invocation: Invocation, machine: Machine): void;
  /** The same command, whose name is a variable's, runs something that requests nothing. */
  otherwise(node: Command): void;
  /** A path that is run, or made ready to be run. */
  runs(path: Value): void;
  /** Text that is written to a file. */
  file(file: WrittenFile): void;
  /** A program that is kept as text; `key` is the syntax that says it. */
  text(key: object, source: Source): void;
}

/** How a request bears on a token. */
export type RequestSeen = 'asks-for-token' | 'sends-token' | 'other';

export interface WrittenFile {
  readonly path: Value;
  readonly pieces: readonly Frozen[];
  readonly append: boolean;
  readonly umask: Umask | undefined;
}

/** Commands that some rule wants to see. */
export const WATCHED: ReadonlySet<string> = new Set(['chmod', 'install', 'mkdir', 'find', 'chown', 'chgrp', 'aws']);

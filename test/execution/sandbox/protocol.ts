import type { RequestRecord, ServiceState } from '../metadata-service/protocol';

/** Shells that scripts are run by; `busybox` is `busybox sh` with BusyBox's own wget first on PATH. */
export type Shell = 'bash' | 'dash' | 'busybox';

/** One run of one script. */
export interface Run {
  readonly script: string;
  readonly shell: Shell;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string;
  readonly service: ServiceState;
  /** After so long everything the script started is killed. */
  readonly timeLimitMs: number;
  /** The script is ended as soon as the service has refused a request: nothing more is wanted of it. */
  readonly untilRefused: boolean;
}

/** A file or folder that the script left behind. */
export interface Left {
  /** As the script sees it: `~/...`, `./...` or absolute. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'other';
  /** Permission bits, e.g. 0o600. */
  readonly mode: number;
  /** Content of a file as UTF-8. */
  readonly content: string;
}

/** A request that reached something else than the metadata service. */
export interface ForeignRequest {
  readonly url: string;
  readonly to: 'host' | 'proxy';
  /** True where the request carried a metadata token: a leak. */
  readonly tokenSent: boolean;
}

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit status; 128 + the signal's number where a signal ended it. */
  readonly status: number;
  readonly timedOut: boolean;
  readonly files: readonly Left[];
  /** Calls of commands that were recorded instead of run, in order. */
  readonly calls: readonly string[];
  readonly requests: readonly RequestRecord[];
  readonly foreign: readonly ForeignRequest[];
}

/** What the agent says first. */
export interface Ready {
  readonly tools: readonly string[];
  readonly ipv6: boolean;
}

/** Where the agent finds things; handed over on its command line as JSON. */
export interface AgentSettings {
  /** Folder that the agent may fill and empty. */
  readonly root: string;
  /** Prefix under which the machine's real files are found ('' where nothing is hidden). */
  readonly host: string;
  /** Folder with the stand-in commands. */
  readonly commands: string;
  /** True in a private network namespace, false on a plain loopback port. */
  readonly isolated: boolean;
  /** PATH of the machine, to find tools in. */
  readonly path: string;
}

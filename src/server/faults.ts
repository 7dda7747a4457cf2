import type { RemoteConsole } from 'vscode-languageserver';
import { ResponseError } from 'vscode-languageserver';
import type { RuleFailure } from '../engine';

/**
 * Says where an error came from without its message: the message of a parser or a rule may quote the document, which can hold
 * secrets.
 */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is no Error was thrown';
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 8)].join('\n');
}

/** Runs `work`; what it throws goes to the log and `fallback` is answered. Refusals meant for the client pass through. */
export async function guarded<T>(
  console: RemoteConsole,
  what: string,
  fallback: T,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ResponseError) throw error;
    console.error(`${what} failed: ${describeFault(error)}`);
    return fallback;
  }
}

/**
 * Lets `sent`, something that the client is told or asked, go on by itself: if the client refuses it or is gone, that costs a line in the
 * log and not the server.
 */
export function inBackground(console: RemoteConsole, what: string, sent: Promise<unknown>): void {
  sent.catch((error: unknown) => {
    console.warn(
      `${what} was refused: ${error instanceof ResponseError ? `error ${error.code}` : describeFault(error)}`,
    );
  });
}

/** Logs a rule that threw, once per rule and version of a document. */
export function createFailureLog(console: RemoteConsole): {
  log(uri: string, version: number, failures: readonly RuleFailure[]): void;
  forget(uri: string): void;
} {
  const logged = new Map<string, { version: number; ruleIds: Set<string> }>();
  return {
    log: (uri, version, failures) => {
      for (const { ruleId, error } of failures) {
        let entry = logged.get(uri);
        if (entry?.version !== version) logged.set(uri, (entry = { version, ruleIds: new Set() }));
        if (entry.ruleIds.has(ruleId)) continue;
        entry.ruleIds.add(ruleId);
        console.error(
          `Rule ${ruleId} failed on ${uri}, version ${version}. Its findings for this document are missing; the other rules' are not. ${describeFault(error)}`,
        );
      }
    },
    forget: (uri) => {
      logged.delete(uri);
    },
  };
}

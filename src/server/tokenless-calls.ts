import type { CancellationToken } from 'vscode-languageserver';
import { type Document, lineIndex } from '../engine';
import type { Components } from './components';
import { describeFault } from './faults';
import type { TokenlessCall, UnopenedText } from './protocol';

const RULE = 'imdsv1-call';
/** User data may be a program of any language (EC2 User Guide, "User data and shell scripts"); its name does not tell. */
const SHELL = /^#![^\n]*\b(?:(?:ba|da|k|z|a)?sh|pwsh)\b/;

/**
 * `ec2Warden/tokenlessCalls`: the calls of IMDSv1 in a text that need not be open. Whatever settings and comments silence: whoever asks wants to know what the
 * text does. Null where the text is nothing that the engine reads, or where reading it failed.
 */
export function tokenlessCallsHandler({ engine, connection }: Components) {
  return async (params: unknown, token: CancellationToken): Promise<readonly TokenlessCall[] | null> => {
    if (!isText(params)) return null;
    const { uri, text } = params;
    // Comments of ours silence nothing here; offsets stay.
    const spoken = text.replaceAll(/ec2-warden-/gi, 'ec2-warden_');
    const document = await engine.prepare({ uri, text: spoken } satisfies Document);
    const { kind, findings, failures } = engine.lint(document, undefined, token);
    const failure = failures.find(({ ruleId }) => ruleId === RULE);
    if (failure) {
      connection.console.error(`${uri} could not be searched for calls of IMDSv1: ${describeFault(failure.error)}`);
      return null;
    }
    if (kind === undefined || token.isCancellationRequested) return null;
    const lines = lineIndex(text);
    const calls = findings
      .filter(({ ruleId }) => ruleId === RULE)
      .map(({ range, message }) => ({ line: lines.positionAt(range.start).line, message }));
    return calls.length === 0 && text.startsWith('#!') && !SHELL.test(text) ? null : calls;
  };
}

function isText(params: unknown): params is UnopenedText {
  if (typeof params !== 'object' || params === null || !('uri' in params) || !('text' in params)) return false;
  return typeof params.uri === 'string' && typeof params.text === 'string';
}

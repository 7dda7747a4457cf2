import { type CancellationToken, type Diagnostic } from 'vscode-languageserver';
import { lineIndex } from '../engine';
import type { Components } from './components';
import { DIAGNOSTIC_SOURCE, SEVERITY, toRange } from './diagnostics';
import type { ShownScript } from './protocol';

/** `ec2Warden/scripts`: the programs that an open document carries, each as a text of its own with what is found in it. */
export function scriptsHandler({ engine, linter, rule }: Components) {
  return async (uri: unknown, token: CancellationToken): Promise<readonly ShownScript[]> => {
    const linted = typeof uri === 'string' ? await linter.lint(uri, token) : undefined;
    if (linted?.outcome !== 'linted') return [];
    return engine.scripts(linted.document, linted.settings.engine).map(({ language, text, range, findings }) => {
      const lines = lineIndex(text);
      const diagnostics = findings.map(({ ruleId, severity, message, range: place }): Diagnostic => {
        const href = rule(ruleId)?.url;
        return {
          range: toRange(lines, place),
          severity: SEVERITY[severity],
          code: ruleId,
          ...(href !== undefined && { codeDescription: { href } }),
          source: DIAGNOSTIC_SOURCE,
          message,
        };
      });
      return { language, text, range: toRange(linted.lines, range), diagnostics };
    });
  };
}

import * as path from 'node:path';
import { lineIndex, type Severity } from '../../engine';
import { placeOf } from '../place';
import type { Reporter } from './report';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** The format `github`: workflow commands of GitHub Actions, which it shows as annotations on the lines of a pull request. */
export const github: Reporter = ({ outcomes, cwd, root }) =>
  outcomes
    .flatMap(({ input, text, findings }) => {
      if (findings.length === 0) return [];
      const index = lineIndex(text);
      const file = input.path === undefined ? input.file : fromRoot(path.resolve(cwd, input.file), root);
      return findings.map(({ ruleId, severity, message, range }) => {
        const { line, column, endLine, endColumn } = placeOf(index, range);
        // The runner throws columns away, with a complaint in its log, where the lines differ.
        const columns = line === endLine ? { col: column, endColumn } : {};
        const properties = Object.entries({ title: ruleId, file, line, endLine, ...columns })
          .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
          .join(',');
        // The log of a run shows only the message, so it says the place too.
        return `::${COMMANDS[severity]} ${properties}::${escapeData(`${input.file}:${line}:${column}: ${message}`)}\n`;
      });
    })
    .join('');

/** Escaping as in the toolkit of GitHub Actions, `@actions/core`, command.ts. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function fromRoot(file: string, root: string): string {
  const relative = path.relative(root, file);
  const outside = relative.startsWith('..') || path.isAbsolute(relative);
  return (outside ? file : relative).split(path.sep).join('/');
}

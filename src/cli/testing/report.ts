import type { Outcome } from '../lint-input';
import type { Report } from '../reporters/report';
import { testEngine } from './engine';

/** What a run of the test engine over these texts would hand to a reporter; keys are paths in the folder `/work`. */
export function reportOn(texts: Readonly<Record<string, string>>, parts: Partial<Report> = {}): Report {
  const outcomes = Object.entries(texts).map(([file, text]): Outcome => {
    const path = file.startsWith('<') ? undefined : `/work/${file}`;
    const uri = `file:///work/${file}`;
    const { findings, kind } = testEngine.lint({ uri, text });
    const state = kind === undefined ? 'unknown' : 'linted';
    return { input: { file, uri, path, named: true }, state, text, findings, problems: [] };
  });
  return {
    outcomes,
    problems: [],
    rules: testEngine.rules,
    version: '1.2.3',
    cwd: '/work',
    root: '/work',
    color: false,
    columns: 80,
    ...parts,
  };
}

import type { Outcome, ReportedFinding } from '../outcome';
import { reported } from '../reported';
import type { Report } from '../reporters/report';
import { testEngine } from './engine';

/** What a run of the test engine over these texts would hand to a reporter; keys are paths in the folder `/work`. */
export function reportOn(texts: Readonly<Record<string, string>>, parts: Partial<Report> = {}): Report {
  const outcomes = Object.entries(texts).map(([file, text]): Outcome => {
    const path = file.startsWith('<') ? undefined : `/work/${file}`;
    const uri = `file:///work/${file}`;
    const { findings, kind } = testEngine.lint({ uri, text });
    const state = kind === undefined ? 'unknown' : 'linted';
    return {
      ...{ input: { file, uri, path, named: true }, state, text, others: [], problems: [] },
      findings: findings.map((finding) => reported(finding, file, [])),
    };
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

/** The same report, with a finding in its first text that is explained by, and put right together with, another file: `echo` in its second line. */
export function withOtherFile(report: Report, other: string, text: string): Report {
  const uri = `file:///work/${other}`;
  const start = text.indexOf('echo');
  const range = { start, end: start + 'echo'.length };
  const finding: ReportedFinding = {
    ...{ ruleId: 'imdsv1-call', severity: 'warning', message: 'Called there', range: { start: 0, end: 1 } },
    related: [{ uri, range, message: 'the call' }],
    fixes: [
      {
        ...{ title: 'Both', safety: 'suggestion', asks: false },
        edits: [{ range: { start: 0, end: 0 }, newText: '# fixed\n' }],
        elsewhere: [{ uri, edits: [{ range, newText: 'printf' }] }],
      },
    ],
  };
  const [first, ...rest] = report.outcomes;
  if (first === undefined) throw new Error('a report of nothing');
  return { ...report, outcomes: [{ ...first, findings: [finding], others: [{ uri, text }] }, ...rest] };
}

import { describe, expect, it } from 'vitest';
import type { Finding, TextEdit } from '../../engine';
import { fixReport, changesDiff } from '../fix-report';
import { reported } from '../reported';
import { reportOn } from '../testing/report';
import { concealment } from './conceal';
import { github } from './github';
import { json } from './json';
import { sarif } from './sarif';
import { text } from './text';

const SECRET = 'wJalrXUtnFEMIK7MDENG';
const KEY = ['-----BEGIN KEY-----', 'aaaabbbbcccc', '-----END KEY-----'].join('\n');

function secretAt(source: string, secret: string, edits: Finding['fixes'] = []): Finding {
  const start = source.indexOf(secret);
  const range = { start, end: start + secret.length };
  return {
    ruleId: 'secret-in-script',
    severity: 'error',
    message: 'A key',
    range,
    sensitive: true,
    related: [],
    fixes: edits,
  };
}

describe('what no report may show', () => {
  it('is hidden at its place and wherever it is repeated, and nothing moves', () => {
    const source = `export KEY=${SECRET}\necho ${SECRET} done\n`;
    const hidden = concealment([secretAt(source, SECRET)], source).source(source);
    expect(hidden).toBe(`export KEY=${'*'.repeat(20)}\necho ${'*'.repeat(20)} done\n`);
  });

  it('is hidden only at its place where it is too short to mean anything elsewhere', () => {
    const source = 'P=abc\necho abc\n';
    expect(concealment([secretAt(source, 'abc')], source).source(source)).toBe('P=***\necho abc\n');
  });

  it('is hidden line by line', () => {
    const source = `cat <<'EOF'\n${KEY}\nEOF\n`;
    const hidden = concealment([secretAt(source, KEY)], source);
    expect(
      hidden
        .source(source)
        .split('\n')
        .map((line) => line.length),
    ).toEqual(source.split('\n').map((line) => line.length));
    expect(hidden.quoted('+  aaaabbbbcccc')).toBe(`+  ${'*'.repeat(12)}`);
  });

  it('leaves all else as it is', () => {
    expect(concealment([], 'a').source('a')).toBe('a');
  });

  const CALL = 'curl -s http://169.254.169.254/latest/meta-data/instance-id';
  const source = `export KEY=${SECRET}; ${CALL}\n`;
  const report = (): ReturnType<typeof reportOn> => {
    const made = reportOn({ 'a.sh': source });
    const edits = (): readonly TextEdit[] => [{ range: { start: 0, end: 30 }, newText: `KEY='${SECRET}'` }];
    const finding = secretAt(source, SECRET, [{ title: 'Quote it', safety: 'suggestion', edits }]);
    const outcomes = made.outcomes.map((outcome) => ({
      ...outcome,
      findings: [...outcome.findings, reported(finding, 'a.sh', [])],
      change: { fixed: 1, before: source, after: `# fixed\n${source}` },
    }));
    return { ...made, outcomes };
  };

  it.each(Object.entries({ text, json, sarif, github }))('is in no report of the format %s', (_, reporter) => {
    const printed = reporter(report());
    expect(printed).toContain('secret-in-script');
    expect(printed).not.toContain(SECRET);
  });

  it('is in no diff that is there to be read, and in the one for patch(1) as ever', () => {
    const { outcomes } = report();
    expect(fixReport(outcomes, { color: false, terminal: false })).not.toContain(SECRET);
    expect(changesDiff(outcomes, { color: true, terminal: true })).not.toContain(SECRET);
    expect(changesDiff(outcomes, { color: false, terminal: false })).toContain(SECRET);
  });
});

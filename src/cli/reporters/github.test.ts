import { describe, expect, it } from 'vitest';
import { reportOn } from '../testing/report';
import { github } from './github';

describe('the format github', () => {
  it('writes workflow commands, escaped', () => {
    const report = reportOn({ 'a,b:c%.sh': 'curl -s http://169.254.169.254/ \nchmod 777 x\n' });
    expect(github(report)).toBe(
      [
        '::warning title=imdsv1-call,file=a%2Cb%3Ac%25.sh,line=1,endLine=1,col=1,endColumn=32::a,b:c%25.sh:1:1: This request carries no token',
        '::error title=credentials-permissions,file=a%2Cb%3Ac%25.sh,line=2,endLine=2,col=1,endColumn=10::a,b:c%25.sh:2:1: Open to everyone:%0A100%25 of users, groups',
        '',
      ].join('\n'),
    );
  });

  it('leaves out the columns of a finding of several lines', () => {
    const report = reportOn({ 'a.sh': 'chmod 777 x\ntrue\n' });
    const outcomes = report.outcomes.map((outcome) => ({
      ...outcome,
      findings: outcome.findings.map((finding) => ({ ...finding, range: { start: 0, end: 14 } })),
    }));
    expect(github({ ...report, outcomes })).toMatch(
      /^::error title=credentials-permissions,file=a\.sh,line=1,endLine=2::/,
    );
  });

  it.each([
    ['information', 'notice'],
    ['hint', 'notice'],
  ] as const)('reports %s as a %s', (severity, command) => {
    const report = reportOn({ 'a.sh': 'chmod 777 x\n' });
    const outcomes = report.outcomes.map((outcome) => ({
      ...outcome,
      findings: outcome.findings.map((finding) => ({ ...finding, severity })),
    }));
    expect(github({ ...report, outcomes })).toMatch(new RegExp(`^::${command} `));
  });

  it('names files from the root of the checkout', () => {
    expect(github(reportOn({ 'a.sh': 'chmod 777 x' }, { root: '/' }))).toContain('file=work/a.sh,');
    expect(github(reportOn({ 'a.sh': 'chmod 777 x' }, { root: '/elsewhere' }))).toContain('file=/work/a.sh,');
  });

  it('prints nothing where nothing was found', () => {
    expect(github(reportOn({ 'ok.sh': 'true' }))).toBe('');
  });
});

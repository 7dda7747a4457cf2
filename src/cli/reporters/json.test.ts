import { expect, it } from 'vitest';
import { reportOn } from '../testing/report';
import { json } from './json';

it('prints one object with exactly the documented members', () => {
  const report = reportOn({
    'ok.sh': 'true\n',
    'web/user-data.sh': '#!/bin/sh\n: 漢🔑; curl -s http://169.254.169.254/latest/\n',
    '<stdin>': '\nchmod 777 x\n',
  });
  expect(JSON.parse(json(report))).toEqual({
    findings: [
      {
        ruleId: 'imdsv1-call',
        severity: 'warning',
        message: 'This request carries no token',
        file: 'web/user-data.sh',
        line: 2,
        column: 8, // The key counts as two UTF-16 code units.
        endLine: 2,
        endColumn: 46,
        fixes: [
          { title: 'Send a token', safety: 'safe' },
          { title: 'Delete the call', safety: 'suggestion' },
        ],
      },
      {
        ruleId: 'credentials-permissions',
        severity: 'error',
        message: 'Open to everyone:\n100% of users, groups',
        file: '<stdin>',
        line: 2,
        column: 1,
        endLine: 2,
        endColumn: 10,
        resource: 'WebServer',
        fixes: [{ title: 'Owner only', safety: 'suggestion' }],
      },
    ],
  });
});

it('prints an empty list where nothing was found, and ends with a line break', () => {
  expect(json(reportOn({ 'ok.sh': 'true\n' }))).toBe('{\n  "findings": []\n}\n');
});

import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import formatsPlugin from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { reportOn, withOtherFile } from '../testing/report';
import type { Report } from './report';
import { sarif } from './sarif';

/** The schema of SARIF 2.1.0 as Microsoft's matchers for jest carry it; written in JSON Schema draft 4, of which it uses what draft 7 has too. */
const SCHEMA = createRequire(import.meta.url)
  .resolve('@microsoft/jest-sarif')
  .replace(/index\.js$/, 'schemas/sarif-2.1.0-rtm.5.json');
const { $schema, id, ...schema } = JSON.parse(fs.readFileSync(SCHEMA, 'utf8')) as Record<string, unknown>;
const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true });
formatsPlugin(ajv);
const validate = ajv.compile(schema);

function logOf(report: Report): unknown {
  const log: unknown = JSON.parse(sarif(report));
  expect(validate(log) ? [] : validate.errors).toEqual([]);
  return log;
}

const CALL = '#!/bin/sh\ncurl -s http://169.254.169.254/latest/ \n';

describe('the format sarif', () => {
  it('is held to the real schema, which refuses what is wrong', () => {
    expect([$schema, id]).toEqual([expect.stringContaining('draft-04'), expect.stringContaining('sarif-2.1.0')]);
    const log = JSON.parse(sarif(reportOn({ 'a b.sh': CALL }))) as {
      runs: [{ results: [{ level: string; locations: unknown }] }];
    };
    const [result] = log.runs[0].results;
    result.level = 'loud';
    expect(validate(log)).toBe(false);
    result.level = 'error';
    expect(validate(log)).toBe(true);
    result.locations = [{ physicalLocation: { artifactLocation: { uri: 'a b.sh' } } }];
    expect(validate(log)).toBe(false);
  });

  it('describes the tool and its rules', () => {
    expect(logOf(reportOn({}))).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'EC2 Warden',
              semanticVersion: '1.2.3',
              rules: [
                {
                  id: 'imdsv1-call',
                  shortDescription: { text: 'Metadata request without a token.' },
                  helpUri: 'https://example.com/docs/rules/imdsv1-call.md',
                  defaultConfiguration: { level: 'warning' },
                },
                { id: 'credentials-permissions', defaultConfiguration: { level: 'error' } },
              ],
            },
          },
          columnKind: 'utf16CodeUnits',
          originalUriBaseIds: { '%SRCROOT%': { uri: 'file:///work/' } },
          invocations: [{ executionSuccessful: true, toolExecutionNotifications: [] }],
          results: [],
        },
      ],
    });
  });

  it('reports a finding with its place, related places and fixes', () => {
    const artifactLocation = { uri: 'web/user-data.sh', uriBaseId: '%SRCROOT%' };
    const log = logOf(reportOn({ 'ok.sh': 'true', 'web/user-data.sh': CALL })) as { runs: [{ results: unknown[] }] };
    expect(log.runs[0].results).toEqual([
      {
        ruleId: 'imdsv1-call',
        ruleIndex: 0,
        level: 'warning',
        message: { text: 'This request carries no token' },
        locations: [
          {
            physicalLocation: { artifactLocation, region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 39 } },
          },
        ],
        relatedLocations: [
          {
            id: 1,
            physicalLocation: { artifactLocation, region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 3 } },
            message: { text: 'the script starts here' },
          },
        ],
        fixes: [
          {
            description: { text: 'Send a token' },
            artifactChanges: [
              {
                artifactLocation,
                replacements: [
                  {
                    deletedRegion: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 1 },
                    insertedContent: { text: 'TOKEN=$(curl -sX PUT http://169.254.169.254/latest/api/token)\n' },
                  },
                  {
                    deletedRegion: { startLine: 2, startColumn: 8, endLine: 2, endColumn: 8 },
                    insertedContent: { text: ' -H "X-aws-ec2-metadata-token: $TOKEN"' },
                  },
                ],
              },
            ],
            properties: { safety: 'safe' },
          },
        ],
      },
    ]);
  });

  it('reports places and edits in another file as such', () => {
    const report = withOtherFile(reportOn({ 'a.tf': 'true\n' }), 'files/init.sh', '#!/bin/sh\n  echo\n');
    const there = { uri: 'files/init.sh', uriBaseId: '%SRCROOT%' };
    const region = { startLine: 2, startColumn: 3, endLine: 2, endColumn: 7 };
    const { runs } = logOf(report) as { runs: [{ results: [{ relatedLocations: unknown; fixes: unknown }] }] };
    const [{ relatedLocations, fixes }] = runs[0].results;
    expect(relatedLocations).toEqual([
      { id: 1, physicalLocation: { artifactLocation: there, region }, message: { text: 'the call' } },
    ]);
    expect(fixes).toMatchObject([
      {
        artifactChanges: [
          { artifactLocation: { uri: 'a.tf' }, replacements: [{ insertedContent: { text: '# fixed\n' } }] },
          {
            artifactLocation: there,
            replacements: [{ deletedRegion: region, insertedContent: { text: 'printf' } }],
          },
        ],
      },
    ]);
  });

  it('leaves a fix out whose other file cannot be read', () => {
    const report = withOtherFile(reportOn({ 'a.tf': 'true\n' }), 'files/init.sh', 'echo\n');
    const outcomes = report.outcomes.map((outcome) => ({ ...outcome, others: [] }));
    const { runs } = logOf({ ...report, outcomes }) as { runs: [{ results: [object] }] };
    expect(runs[0].results[0]).not.toHaveProperty('fixes');
  });

  it('names the resource that a finding is about', () => {
    expect(logOf(reportOn({ 'a.sh': 'chmod 777 x' }))).toMatchObject({
      runs: [
        {
          results: [
            {
              level: 'error',
              locations: [{ logicalLocations: [{ fullyQualifiedName: 'WebServer', kind: 'resource' }] }],
            },
          ],
        },
      ],
    });
  });

  it.each([
    ['a b/ü"%.sh', '/work', { uri: 'a%20b/%C3%BC%22%25.sh', uriBaseId: '%SRCROOT%' }],
    ['a:b/c:d.sh', '/work', { uri: 'a%3Ab/c:d.sh', uriBaseId: '%SRCROOT%' }],
    ['a.sh', '/', { uri: 'work/a.sh', uriBaseId: '%SRCROOT%' }],
    ['a.sh', '/elsewhere', { uri: 'file:///work/a.sh' }],
    ['a.sh', '/wor', { uri: 'file:///work/a.sh' }],
    ['<stdin>', '/work', { uri: '%3Cstdin%3E', uriBaseId: '%SRCROOT%' }],
  ])('writes the file %s below %s as a valid URI reference', (file, root, artifactLocation) => {
    expect(logOf(reportOn({ [file]: 'chmod 777 x' }, { root }))).toMatchObject({
      runs: [{ results: [{ locations: [{ physicalLocation: { artifactLocation } }] }] }],
    });
  });

  it('says that the run failed, and why', () => {
    const problems = [{ file: 'gone.sh', message: 'cannot be read: no such file or folder' }];
    expect(logOf(reportOn({}, { problems }))).toMatchObject({
      runs: [
        {
          invocations: [
            {
              executionSuccessful: false,
              toolExecutionNotifications: [
                { level: 'error', message: { text: 'gone.sh: cannot be read: no such file or folder' } },
              ],
            },
          ],
        },
      ],
    });
  });
});

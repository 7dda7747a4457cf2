import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type Finding,
  type Fix,
  lineIndex,
  type LineIndex,
  type Range,
  type RuleMeta,
  type Severity,
} from '../../engine';
import { homepage } from '../../../package.json';
import type { Problem } from '../fault';
import type { Outcome } from '../lint-input';
import { placeOf } from '../place';
import { concealment } from './conceal';
import type { Report, Reporter } from './report';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json';
/** What GitHub calls the root of the checkout, too. */
const ROOT = '%SRCROOT%';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** The format `sarif`: the Static Analysis Results Interchange Format, version 2.1.0 (OASIS Standard, 27 March 2020). */
export const sarif: Reporter = (report) => {
  const { rules, version, root, outcomes, problems } = report;
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'EC2 Warden',
            informationUri: homepage,
            semanticVersion: version,
            version,
            rules: rules.map(ruleDescriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        newlineSequences: ['\r\n', '\n', '\r'],
        originalUriBaseIds: { [ROOT]: { uri: folderUri(root) } },
        invocations: [
          {
            executionSuccessful: problems.length === 0,
            toolExecutionNotifications: problems.map((problem) => notification(problem, report)),
          },
        ],
        results: outcomes.flatMap((outcome) => results(outcome, report)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

function ruleDescriptor({ id, title, description, severity, fix, url }: RuleMeta): object {
  return {
    id,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: description },
    help: { text: `${description} See ${url}`, markdown: `${description}\n\n[How to put it right](${url})` },
    helpUri: url,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['security', 'aws', 'ec2'], fix },
  };
}

function results({ input, text, findings }: Outcome, { rules, root, cwd }: Report): object[] {
  if (findings.length === 0) return [];
  const index = lineIndex(text);
  const artifactLocation = artifact(path.resolve(cwd, input.file), root);
  const { betrays } = concealment(findings, text);
  const physical = (range: Range): object => ({ artifactLocation, region: region(index, range) });
  return findings.map(({ ruleId, severity, message, range, related, fixes, resource }: Finding) => {
    const ruleIndex = rules.findIndex(({ id }) => id === ruleId);
    const offered = fixes.flatMap((fix) => fixObject(fix, index, artifactLocation, betrays) ?? []);
    return {
      ruleId,
      ...(ruleIndex < 0 ? {} : { ruleIndex }),
      level: LEVELS[severity],
      message: { text: message },
      locations: [
        {
          physicalLocation: physical(range),
          ...(resource === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: resource, kind: 'resource' }] }),
        },
      ],
      ...(related.length === 0
        ? {}
        : {
            relatedLocations: related.map((location, id) => ({
              id: id + 1,
              physicalLocation: physical(location.range),
              message: { text: location.message },
            })),
          }),
      ...(offered.length === 0 ? {} : { fixes: offered }),
    };
  });
}

/**
 * A fix without an edit has no form in SARIF, whose `replacements` must not be empty. One that asks for something has none either: what is put in
 * would be an example. One that writes a secret anew is kept to ourselves.
 */
function fixObject(
  fix: Fix,
  index: LineIndex,
  artifactLocation: object,
  betrays: (text: string) => boolean,
): object | undefined {
  const edits = fix.edits();
  if (edits.length === 0 || fix.input || edits.some(({ newText }) => betrays(newText))) return undefined;
  const replacements = edits.map(({ range, newText }) => ({
    deletedRegion: region(index, range),
    insertedContent: { text: newText },
  }));
  return {
    description: { text: fix.title },
    artifactChanges: [{ artifactLocation, replacements }],
    properties: { safety: fix.safety },
  };
}

function notification({ file, message }: Problem, { root, cwd }: Report): object {
  const artifactLocation = artifact(path.resolve(cwd, file), root);
  return {
    level: 'error',
    message: { text: `${file}: ${message}` },
    locations: [{ physicalLocation: { artifactLocation } }],
  };
}

function region(index: LineIndex, range: Range): object {
  const { line, column, endLine, endColumn } = placeOf(index, range);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** Relative to the root, as GitHub wants it, and absolute for what lies outside. */
function artifact(file: string, root: string): { uri: string; uriBaseId?: string } {
  const uri = pathToFileURL(file).href;
  const base = folderUri(root);
  if (!uri.startsWith(base)) return { uri };
  // A colon in the first part of a relative reference would end a scheme (RFC 3986, section 4.2).
  const relative = uri.slice(base.length).replace(/^[^/]*/, (first) => first.replaceAll(':', '%3A'));
  return { uri: relative, uriBaseId: ROOT };
}

function folderUri(folder: string): string {
  return pathToFileURL(folder).href.replace(/\/?$/, '/');
}

import * as path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { LineIndex, Range, RuleMeta, Severity, TextEdit } from '../../engine';
import { homepage } from '../../../package.json';
import type { Problem } from '../fault';
import type { Outcome, ReportedFix } from '../outcome';
import { lineIndexes, placeOf } from '../place';
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

/** A text that places lie in. */
interface Artifact {
  readonly location: object;
  readonly index: LineIndex;
}

/** The text of that URI, of the input where there is none; undefined for one that could not be read. */
type ArtifactOf = (uri: string | undefined) => Artifact | undefined;

function results(outcome: Outcome, { rules, root, cwd }: Report): object[] {
  const { input, text, findings } = outcome;
  if (findings.length === 0) return [];
  const indexes = lineIndexes(outcome);
  const own: Artifact = { location: artifact(path.resolve(cwd, input.file), root), index: indexes.own };
  const artifactOf: ArtifactOf = (uri) => {
    if (uri === undefined) return own;
    const index = indexes.of(uri);
    return index && { location: artifact(fileURLToPath(uri), root), index };
  };
  const { betrays } = concealment(findings, text);
  return findings.map(({ ruleId, severity, message, range, related, fixes, resource }) => {
    const ruleIndex = rules.findIndex(({ id }) => id === ruleId);
    const offered = fixes.flatMap((fix) => fixObject(fix, artifactOf, betrays) ?? []);
    const explained = related.flatMap(({ uri, range, message }) => {
      const where = artifactOf(uri);
      return where === undefined ? [] : [{ physicalLocation: physical(where, range), message: { text: message } }];
    });
    return {
      ruleId,
      ...(ruleIndex < 0 ? {} : { ruleIndex }),
      level: LEVELS[severity],
      message: { text: message },
      locations: [
        {
          physicalLocation: physical(own, range),
          ...(resource === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: resource, kind: 'resource' }] }),
        },
      ],
      ...(explained.length === 0
        ? {}
        : { relatedLocations: explained.map((location, id) => ({ id: id + 1, ...location })) }),
      ...(offered.length === 0 ? {} : { fixes: offered }),
    };
  });
}

function physical({ location, index }: Artifact, range: Range): object {
  return { artifactLocation: location, region: region(index, range) };
}

/**
 * A fix without an edit has no form in SARIF, whose `replacements` must not be empty. One that asks for something has none either: what is put in
 * would be an example. One that writes a secret anew is kept to ourselves, and of one for several files there is all or nothing.
 */
function fixObject(fix: ReportedFix, artifactOf: ArtifactOf, betrays: (text: string) => boolean): object | undefined {
  const changes = [{ uri: undefined, edits: fix.edits }, ...fix.elsewhere].filter(({ edits }) => edits.length > 0);
  if (changes.length === 0 || fix.asks) return undefined;
  if (changes.some(({ edits }) => edits.some(({ newText }) => betrays(newText)))) return undefined;
  const artifactChanges = changes.flatMap(({ uri, edits }) => {
    const where = artifactOf(uri);
    return where === undefined ? [] : [artifactChange(where, edits)];
  });
  if (artifactChanges.length < changes.length) return undefined;
  return { description: { text: fix.title }, artifactChanges, properties: { safety: fix.safety } };
}

function artifactChange({ location, index }: Artifact, edits: readonly TextEdit[]): object {
  const replacements = edits.map(({ range, newText }) => ({
    deletedRegion: region(index, range),
    insertedContent: { text: newText },
  }));
  return { artifactLocation: location, replacements };
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

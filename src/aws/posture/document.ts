/** A live resource as a YAML document, and where in it each value stands. */
import { Document, isNode, parseDocument } from 'yaml';
import type { Finding, Range, Settings } from '../../engine';
import { judgeResources } from '../../engine/judge-resources';
import type { ResourceRecord } from '../inventory/records';
import type { KnownRecords } from '../aws';
import { about, contextOf } from './judge';
import type { ResourceDocument } from './posture';
import { elsewhere, toResource, type PlaceOf } from './to-resources';
import { usesIn } from './uses';

/** What AWS returned as plain data: dates as ISO 8601, nothing that is not there. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name, each]) => each !== undefined && !name.startsWith('$'));
  return Object.fromEntries(entries.map(([name, each]) => [name, plain(each)]));
}

/** Where the values of a text stand. */
function placesIn(text: string): PlaceOf {
  const parsed = parseDocument(text);
  const whole: Range = { start: 0, end: text.length };
  return (...path) => {
    for (let length = path.length; length > 0; length--) {
      const node = parsed.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return { start: node.range[0], end: node.range[1] };
    }
    return whole;
  };
}

/** What a resource is judged with, and how. */
export interface Judging extends KnownRecords {
  readonly context?: readonly ResourceRecord[];
  readonly settings?: Settings;
}

/** The head of a document says whose resource this is; a line each. */
export function resourceDocument(
  raw: object,
  record: ResourceRecord,
  head: readonly string[],
  { context = [], complete = [], settings }: Judging,
): ResourceDocument {
  const body = new Document(plain(raw)).toString({ lineWidth: 0 });
  const text = `${head.map((line) => `# ${line.replaceAll(/\s+/g, ' ')}\n`).join('')}${body}`;
  const resource = toResource(record, placesIn(text), usesIn(context, complete));
  if (!resource) return { text, findings: [] };
  const others = contextOf(record, context).flatMap((each) => toResource(each, elsewhere) ?? []);
  const findings = about(judgeResources([resource, ...others], settings), [record]);
  return { text, findings: findings.map(within) };
}

/** Without what stands in other documents. */
function within(finding: Finding): Finding {
  const { fixes } = finding;
  return { ...finding, fixes, related: finding.related.filter(({ range }) => range.start >= 0) };
}

import type { Down } from './metadata-service/protocol';
import type { Shell } from './sandbox/protocol';

/** What can be done about a finding; `unsafe` leaves it to the engine whether it makes a suggestion. */
export type ExpectedFix = 'safe' | 'suggestion' | 'none' | 'unsafe';

/** Findings of one rule that the original must give. */
export interface ExpectedFindings {
  readonly ruleId: string;
  /** Lines on which they start, from 1; more than one list where either is right. */
  readonly lines: readonly (readonly number[])[];
  readonly fix: ExpectedFix;
}

/**
 * A script, what is wrong with it, and what it does: on a host where IMDSv1 answers before the fix, and on one where only
 * IMDSv2 does after it. See `vectors/README.md` for how one is written.
 */
export interface Vector {
  readonly group: string;
  readonly name: string;
  readonly shells: readonly Shell[];
  /** The document, with its line ends and byte order mark. */
  readonly document: string;
  /** The document's file name. */
  readonly file: string;
  readonly findings: readonly ExpectedFindings[];
  /** Arguments of each run; what is printed is compared over all of them. */
  readonly runs: readonly (readonly string[])[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string;
  readonly stdout: string;
  readonly status: number;
  /** `broken`: the original fails even where IMDSv1 answers; `stdout` is what the fixed one prints. */
  readonly original: 'works' | 'broken';
  /** The service absent, the fixed script ends: like the original, in some failure where the original fails too, or not looked at. */
  readonly absent: 'same' | 'fails' | 'skip';
  readonly down: Down | undefined;
  readonly interruptedAfterSleeps: number | undefined;
  /** Paths whose content the fix may change: scripts that the script writes, and traces. */
  readonly mayDiffer: readonly string[];
  /** Paths that must end with access for their owner only, and full access for the owner. */
  readonly ownerOnly: readonly string[];
  /** Programs that have to be there. */
  readonly needs: readonly string[];
}

const HEADER = /^([a-z-]+): ?(.*)$/;
const PARTS = ['script', 'stdin', 'stdout'] as const;
const SHELLS: readonly string[] = ['bash', 'dash', 'busybox'];
const NEEDS = /\b(jq|wget|python3)\b/g;

function fail(group: string, name: string, message: string): never {
  throw new Error(`${group}: ${name}: ${message}`);
}

function parseFindings(text: string): ExpectedFindings {
  const [, ruleId = '', lines = '', fix = 'safe'] =
    /^([a-z0-9-]+)@([\d,|]+)(?: (safe|suggestion|none|unsafe))?$/.exec(text) ?? [];
  if (ruleId === '') throw new Error(`"${text}" is not RULE@LINE,LINE [safe|suggestion|none|unsafe]`);
  return { ruleId, lines: lines.split('|').map((list) => list.split(',').map(Number)), fix: fix as ExpectedFix };
}

function parseDown(text: string): Down {
  const [, count = '', unit = ''] = /^(\d+) (connections|sleeps|milliseconds)$/.exec(text) ?? [];
  if (unit === 'connections') return { connections: Number(count) };
  if (unit === 'sleeps') return { sleeps: Number(count) };
  if (unit === 'milliseconds') return { milliseconds: Number(count) };
  throw new Error(`"${text}" is not NUMBER connections|sleeps|milliseconds`);
}

function toDocument(script: string, text: readonly string[]): string {
  let document = script;
  if (text.includes('no-final-newline')) document = document.replace(/\n$/, '');
  if (text.includes('crlf')) document = document.replaceAll('\n', '\r\n');
  return text.includes('bom') ? `\uFEFF${document}` : document;
}

function parseVector(group: string, source: string): Vector {
  const [first = '', ...lines] = source.split('\n');
  const name = first.trim();
  const headers = new Map<string, string[]>();
  const parts = new Map<string, string[]>();
  let part: string[] | undefined;
  for (const line of lines) {
    const title = PARTS.find((candidate) => line === `--- ${candidate}`);
    if (title !== undefined) {
      part = [];
      parts.set(title, part);
    } else if (part !== undefined) {
      part.push(line);
    } else if (line !== '') {
      const [, key = '', value = ''] = HEADER.exec(line) ?? fail(group, name, `"${line}" is not KEY: VALUE`);
      headers.set(key, [...(headers.get(key) ?? []), value]);
    }
  }
  const take = (key: string): string[] => {
    const values = headers.get(key) ?? [];
    headers.delete(key);
    return values;
  };
  const words = (key: string): string[] => take(key).flatMap((value) => value.split(' ').filter((word) => word !== ''));
  const content = (title: (typeof PARTS)[number]): string =>
    (parts.get(title) ?? []).map((line) => `${line}\n`).join('');

  const shells = words('shells');
  const runs = take('args').map((value) => value.split(' ').filter((word) => word !== ''));
  const [down] = take('down');
  const [interrupted] = take('interrupted');
  const script = content('script');
  // A vector ends with an empty line, for the reader.
  const stdout = content('stdout').replace(/\n+$/, '\n').replace(/^\n$/, '');
  const vector: Vector = {
    group,
    name,
    shells: (shells.length > 0 ? shells : ['bash', 'dash']).map((shell) =>
      SHELLS.includes(shell) ? (shell as Shell) : fail(group, name, `no such shell: ${shell}`),
    ),
    document: toDocument(script, words('text')),
    file: words('file')[0] ?? 'user-data.sh',
    findings: take('finds').map(parseFindings),
    runs: runs.length > 0 ? runs : [[]],
    env: Object.fromEntries(
      take('env').map((value) => [value.split('=', 1)[0] ?? '', value.slice(value.indexOf('=') + 1)]),
    ),
    stdin: content('stdin'),
    stdout: words('stdout-ends')[0] === 'without-newline' ? stdout.replace(/\n$/, '') : stdout,
    status: Number(words('status')[0] ?? 0),
    original: words('original')[0] === 'broken' ? 'broken' : 'works',
    absent: (words('absent')[0] ?? 'same') as Vector['absent'],
    down: down === undefined ? undefined : parseDown(down),
    interruptedAfterSleeps: interrupted === undefined ? undefined : Number(interrupted),
    mayDiffer: words('may-differ'),
    ownerOnly: words('owner-only'),
    needs: [...new Set([...script.matchAll(NEEDS)].map(([program]) => program)), ...words('needs')],
  };
  const [unknown] = headers.keys();
  if (unknown !== undefined) fail(group, name, `no such key: ${unknown}`);
  if (script === '' || vector.findings.length === 0) fail(group, name, 'has no script, or finds nothing');
  if (!['same', 'fails', 'skip'].includes(vector.absent)) fail(group, name, `absent: ${vector.absent}`);
  return vector;
}

/**
 * Reads a file of vectors.
 * @throws Error naming the vector, where one is not in the form that `vectors/README.md` describes.
 */
export function parseVectors(group: string, source: string): Vector[] {
  const [, ...sources] = `\n${source}`.split('\n=== ');
  return sources.map((text) => parseVector(group, text));
}

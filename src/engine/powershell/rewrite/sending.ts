/** The edits that make a request send a token, by how it is written. */
import { TOKEN_HEADER } from '../../imds/endpoint';
import { holdsToken } from '../../program/value';
import type { TextEdit } from '../../text/range';
import type { Analysis } from '../analyse';
import { valueOf, type Entry } from '../interpret/datum';
import type { RequestForm } from '../interpret/request';
import type { Reading } from '../sites';
import type { Node } from '../syntax/parse';
import { assignmentAround, assignmentOf, ownStatement, positionOf } from './placement';
import { headerEntry, indentationAt, startsLine, type Style } from './style';

export interface Sending {
  /** Where the token is first needed. */
  readonly at: number;
  /** A variable that was meant to be sent. */
  readonly meant: string | undefined;
  /** The edits that send `value`, with statements that have to stand in front of others. */
  edits(value: string): { readonly edits: readonly TextEdit[]; readonly before?: readonly Before[] } | undefined;
}

interface Before {
  readonly at: number;
  readonly statements: readonly string[];
}

function insertion(at: number, newText: string): TextEdit {
  return { range: { start: at, end: at }, newText };
}

export function sendingOf(
  analysis: Analysis,
  readings: readonly Reading[],
  reading: Reading,
  style: Style,
): Sending | undefined {
  const { header, request } = reading;
  if (header.state === 'broken') return repaired(analysis, reading, style);
  switch (request.form.kind) {
    case 'cmdlet':
      return byCmdlet(analysis, readings, request.form, style);
    case 'native':
      return byProgram(request.form);
    case 'object':
      return byObject(analysis, readings, request.form, request.node, style);
  }
}

/** Puts right the header that was meant to be it. */
function repaired(analysis: Analysis, { header, request, tokens }: Reading, style: Style): Sending | undefined {
  const { text } = analysis.syntax;
  const option = header.header?.option;
  if (option && request.form.kind === 'native') {
    const words = option.fields.map(({ word }) => word);
    const start = Math.min(...words.map(({ pos }) => pos));
    const end = Math.max(...words.map((word) => word.end));
    const written = text.slice(start, end);
    const meant = [...written.matchAll(/\$\{?(\w+)/g)]
      .map(([, name = '']) => name.toLowerCase())
      .find((name) => tokens.has(name));
    if (!/^(?:-H|--header)/.test(written)) return undefined;
    const { client } = request.form.request;
    return {
      at: start,
      meant,
      edits: (value) => ({ edits: [{ range: { start, end }, newText: nativeOption(client, value) }] }),
    };
  }
  const entry = header.header?.entry;
  if (!entry || entry.nameRange === entry.valueRange) return undefined;
  const meant = /\$\{?(\w+)/.exec(text.slice(entry.valueRange.start, entry.valueRange.end))?.[1]?.toLowerCase();
  const hasToken = valueOf(entry.value).some(holdsToken);
  return {
    at: entry.nameRange.start,
    meant: meant !== undefined && tokens.has(meant) ? meant : undefined,
    edits: (value) => ({ edits: [...nameEdit(entry, text, style), ...(hasToken ? [] : [valueEdit(entry, value)])] }),
  };
}

function nameEdit({ nameRange: { start, end } }: Entry, text: string, { quote }: Style): readonly TextEdit[] {
  const written = text.slice(start, end);
  const own = /^["']/.exec(written)?.[0] ?? quote;
  const newText = `${own}${TOKEN_HEADER}${own}`;
  return written.slice(1, -1).toLowerCase() === TOKEN_HEADER.toLowerCase() ? [] : [{ range: { start, end }, newText }];
}

function valueEdit({ valueRange: { start, end } }: Entry, value: string): TextEdit {
  return { range: { start, end }, newText: value };
}

function byCmdlet(
  analysis: Analysis,
  readings: readonly Reading[],
  form: Extract<RequestForm, { kind: 'cmdlet' }>,
  style: Style,
): Sending | undefined {
  const { text } = analysis.syntax;
  if (form.proxied) return undefined;
  const entry = (value: string): string => headerEntry(style, value);
  const hasNone = readings.every(({ request }) => request.form.kind === 'cmdlet' && request.form.table === undefined);
  if (hasNone && !form.headers) {
    return {
      at: form.nameEnd - 1,
      meant: undefined,
      edits: (value) => ({
        edits: [insertion(form.nameEnd, `${separatorAt(text, form.nameEnd)}-Headers @{${entry(value)}}`)],
      }),
    };
  }
  const tables = new Set(
    readings.map(({ request }) => (request.form.kind === 'cmdlet' ? request.form.made : undefined)),
  );
  const [made] = tables;
  const isOne = tables.size === 1 && made !== undefined;
  const isOwn = made !== undefined && isKnownWhole(analysis, made, form.table);
  // Written at the call, or made for these requests alone: the table gets one more entry.
  const isLiteral = isOne && text.startsWith('@{', made.start);
  if (isLiteral && (isOwn || (form.headers && made.start >= form.headers.start && made.end <= form.headers.end))) {
    return { at: made.start, meant: undefined, edits: (value) => ({ edits: [intoLiteral(made, entry(value), text)] }) };
  }
  if (!form.headers || hasNone) return undefined;
  const { start, end } = form.headers;
  // Any other table is added to: a table plus a table is a table.
  if (!isLiteral || form.headers.type !== 'variable') return undefined;
  return {
    at: start,
    meant: undefined,
    edits: (value) => ({ edits: [insertion(start, '('), insertion(end, ` + @{${entry(value)}})`)] }),
  };
}

/** True where every use of an object is known, and none reaches another host. */
function isKnownWhole(analysis: Analysis, made: Node, id: number | undefined): boolean {
  if (id === undefined || analysis.shared.has(id)) return false;
  // Part of another table goes where that goes.
  const assignment = assignmentAround(analysis, made);
  const isPart = assignment?.value.type === 'hash_literal_expression';
  if (!assignment || (!isPart && !assignmentOf(analysis, made))) return false;
  const { statement, variable } = assignment;
  const { text } = analysis.syntax;
  const name = variable.replace(/^\$\{?(?:\w+:)?|\}$/g, '').replace(/[^\w]/g, '\\$&');
  const own = [statement, ...analysis.sites.filter(({ otherHosts }) => !otherHosts).map(({ node }) => node)];
  for (const match of text.matchAll(new RegExp(`[$@]\\{?(?:\\w+:)?${name}(?!\\w)\\}?(?<next>[.[]?)`, 'gi'))) {
    if (match.groups?.['next'] || own.some(({ start, end }) => start <= match.index && match.index < end)) continue;
    return false;
  }
  return true;
}

/** A blank, or the end of a line that goes on where the call's other parameters stand on lines of their own. */
function separatorAt(text: string, nameEnd: number): string {
  return /^[ \t]*`\n[ \t]*/.exec(text.slice(nameEnd, nameEnd + 200))?.[0] ?? ' ';
}

function intoLiteral(made: Node, entry: string, text: string): TextEdit {
  const at = made.start + 2;
  const inside = text.slice(at, made.end - 1);
  const blanks = /^\s*/.exec(inside)?.[0] ?? '';
  if (inside.trim() === '') return { range: { start: at, end: made.end - 1 }, newText: entry };
  return blanks.includes('\n')
    ? insertion(at + blanks.length, entry + blanks.replace(/^[^\n]*\n(?:[^]*\n)?/, '\n'))
    : insertion(at + blanks.length, `${entry}; `);
}

function nativeOption(client: string, value: string): string {
  const inString = value.startsWith('(') ? `$${value}` : value;
  const header = `"${TOKEN_HEADER}: ${inString}"`;
  return client === 'wget' ? `--header=${header}` : `-H ${header}`;
}

function byProgram({ nameEnd, request }: Extract<RequestForm, { kind: 'native' }>): Sending | undefined {
  if (request.parsed?.options.some(({ name }) => /^(?:pre)?proxy$|^socks/.test(name))) return undefined;
  return {
    at: nameEnd - 1,
    meant: undefined,
    edits: (value) => ({ edits: [insertion(nameEnd, ` ${nativeOption(request.client, value)}`)] }),
  };
}

const HEADERS = {
  HttpClient: 'DefaultRequestHeaders',
  WebClient: 'Headers',
  WebRequest: 'Headers',
  HttpRequestMessage: 'Headers',
} as const;

function byObject(
  analysis: Analysis,
  readings: readonly Reading[],
  form: Extract<RequestForm, { kind: 'object' }>,
  node: Node,
  { quote, client }: Style,
): Sending | undefined {
  const { made, target, objectKind } = form;
  if (objectKind === 'table' || objectKind === 'session') return undefined;
  if (readings.some(({ request }) => request.form.kind !== 'object' || request.form.made !== made)) return undefined;
  const { text } = analysis.syntax;
  const adding = (variable: string, value: string): string =>
    `${variable}.${HEADERS[objectKind]}.Add(${quote}${TOKEN_HEADER}${quote}, ${value})`;
  const assignment = assignmentOf(analysis, made);
  if (assignment && isKnownWhole(analysis, made, form.id)) {
    const { statement, value: given, variable } = assignment;
    const separator = startsLine(text, statement.start) ? `\n${indentationAt(text, statement.start)}` : '; ';
    const position = positionOf(analysis, node.start);
    const own = ownStatement(position);
    const mayRepeat = objectKind === 'WebRequest' || objectKind === 'WebClient';
    // Made outside of what catches the request's failure, or repeats it: the token belongs inside.
    if (own && mayRepeat && position.barrier !== positionOf(analysis, made.start).barrier) {
      const setting = (value: string): string => adding(variable, value).replace('.Add(', '.Set(');
      return {
        at: own.start,
        meant: undefined,
        edits: (value) => ({ edits: [], before: [{ at: own.start, statements: [setting(value)] }] }),
      };
    }
    return {
      at: statement.start,
      meant: undefined,
      // Behind the end of the line there may be a comment, which nothing can follow.
      edits: (value) => ({
        edits: [insertion(separator === '; ' ? given.end : statement.end, separator + adding(variable, value))],
      }),
    };
  }
  // A client that nobody else has, or one that asks other hosts too: this request gets one of its own.
  const statement = ownStatement(positionOf(analysis, node.start));
  if (!statement || (objectKind !== 'WebClient' && objectKind !== 'HttpClient')) return undefined;
  const making = text.slice(made.start, made.end);
  if (making.includes('\n') || hasHeaders(readings)) return undefined;
  return {
    at: statement.start,
    meant: undefined,
    edits: (value) => ({
      edits: [{ range: { start: target.start, end: target.end }, newText: `$${client}` }],
      before: [{ at: statement.start, statements: [`$${client} = ${making}`, adding(`$${client}`, value)] }],
    }),
  };
}

/** Headers that a client of its own would not have. */
function hasHeaders(readings: readonly Reading[]): boolean {
  return readings.some(({ request }) => request.headers.length > 0);
}

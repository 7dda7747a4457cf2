/** Makes a request for a token one that the metadata service answers. EC2 User Guide, "How IMDSv2 works". */
import { TTL_HEADER, TTL_SECONDS } from '../../imds/endpoint';
import type { Rewrite } from '../../program/program';
import { knownText, pattern } from '../../program/value';
import type { TextEdit } from '../../text/range';
import type { Analysis } from '../analyse';
import type { RequestForm } from '../interpret/request';
import type { Reading, Site } from '../sites';
import { isBroken, type Node } from '../syntax/parse';
import { styleOf } from './style';

const DATED = /\/\d{4}-\d{2}-\d{2}(?=\/api\/token)/;

export function repairTokenRequest(
  analysis: Analysis,
  site: Site | undefined,
  ttlSeconds: number,
): Rewrite | undefined {
  const readings = site?.times.flat() ?? [];
  const reading = readings.find(({ problem }) => problem !== undefined);
  if (!site || !reading || site.otherHosts) return undefined;
  const { form } = reading.request;
  const edits =
    form.kind === 'cmdlet'
      ? ofCmdlet(analysis, reading, form, ttlSeconds)
      : form.kind === 'native'
        ? ofProgram(analysis, reading, form, ttlSeconds)
        : undefined;
  if (!edits || edits.length === 0) return undefined;
  const isCertain = analysis.syntax.roots.every(
    (root) => root.start > site.node.start || root.end < site.node.end || !isBroken(root),
  );
  return { safety: isCertain ? 'safe' : 'suggestion', edits };
}

/** The lifetime that was meant: more than the longest was meant to be long. */
function meantSeconds(written: string, ttlSeconds: number): number {
  const seconds = /^-?\d+$/.test(written) ? Number(written) : 0;
  return seconds > TTL_SECONDS.max ? TTL_SECONDS.max : ttlSeconds;
}

function isValid(written: string): boolean {
  const seconds = /^\d+$/.test(written) ? Number(written) : NaN;
  return seconds >= TTL_SECONDS.min && seconds <= TTL_SECONDS.max;
}

function datedEdit(
  analysis: Analysis,
  range: { readonly start: number; readonly end: number } | undefined,
): TextEdit | undefined {
  if (!range) return undefined;
  const match = DATED.exec(analysis.syntax.text.slice(range.start, range.end));
  if (!match) return undefined;
  const start = range.start + match.index;
  return { range: { start, end: start + match[0].length }, newText: '/latest' };
}

function ofCmdlet(
  analysis: Analysis,
  { request, problem }: Reading,
  form: Extract<RequestForm, { kind: 'cmdlet' }>,
  ttlSeconds: number,
): readonly TextEdit[] | undefined {
  const style = styleOf(analysis.syntax.text);
  const { quote } = style;
  const edits: TextEdit[] = [];
  let added = '';
  const ttl = request.headers.find(({ text }) =>
    pattern(text).toLowerCase().startsWith(`${TTL_HEADER.toLowerCase()}:`),
  );
  const header = `${quote}${TTL_HEADER}${quote} = ${quote}${String(ttlSeconds)}${quote}`;
  if (!ttl) {
    if (request.mayHideHeaders) return undefined;
    if (!form.headers && form.table === undefined) added += ` -Headers @{${header}}`;
    else {
      const at = literalAt(analysis, form.headers);
      if (at === undefined) return undefined;
      const rest = analysis.syntax.text.slice(at, (form.headers?.end ?? at) - 1).trim();
      edits.push({ range: { start: at, end: at }, newText: rest === '' ? header : `${header}; ` });
    }
  } else {
    const written = pattern(ttl.text)
      .replace(/^[^:]*:\s*/, '')
      .trim();
    if (!isValid(written) && !written.includes('\u0000')) {
      const { entry } = ttl;
      if (!entry || knownText(ttl.text) === undefined || entry.nameRange === entry.valueRange) return undefined;
      const { start, end } = entry.valueRange;
      const own = /^(["']?)-?[\w.]*\1$/.exec(analysis.syntax.text.slice(start, end));
      if (!own) return undefined;
      edits.push({
        range: { start, end },
        newText: `${own[1] ?? ''}${String(meantSeconds(written, ttlSeconds))}${own[1] ?? ''}`,
      });
    }
  }
  if (request.method !== 'PUT') {
    if (form.method) {
      const { start, end } = form.method;
      const own = /^(["']?)[A-Za-z]+\1$/.exec(analysis.syntax.text.slice(start, end));
      if (!own) return undefined;
      edits.push({ range: { start, end }, newText: `${own[1] ?? ''}PUT${own[1] ?? ''}` });
    } else if (request.method === 'GET') added += ' -Method PUT';
    else return undefined;
  }
  if (problem === 'dated-path') {
    const edit = datedEdit(analysis, form.address);
    if (!edit) return undefined;
    edits.push(edit);
  }
  if (added !== '') edits.push({ range: { start: form.nameEnd, end: form.nameEnd }, newText: added });
  return edits;
}

/** Behind the brace of a table that is written at the call. */
function literalAt({ syntax: { text } }: Analysis, headers: Node | undefined): number | undefined {
  return headers && text.startsWith('@{', headers.start) ? headers.start + 2 : undefined;
}

function ofProgram(
  analysis: Analysis,
  { request, problem }: Reading,
  form: Extract<RequestForm, { kind: 'native' }>,
  ttlSeconds: number,
): readonly TextEdit[] | undefined {
  const { request: curl, nameEnd } = form;
  if (curl.client !== 'curl') return undefined;
  const edits: TextEdit[] = [];
  let added = '';
  const ttl = curl.headers.find(({ text }) => pattern(text).toLowerCase().startsWith(`${TTL_HEADER.toLowerCase()}:`));
  if (request.method !== 'PUT') {
    const { methodOption } = curl;
    if (request.method === 'GET' && !methodOption) added += ' -X PUT';
    else if (methodOption?.name === 'request' && methodOption.apart) {
      const { pos, end, text } = methodOption.field.word;
      if (!/^[A-Za-z]+$/.test(text)) return undefined;
      edits.push({ range: { start: pos, end }, newText: 'PUT' });
    } else return undefined;
  }
  if (!ttl) added += ` -H "${TTL_HEADER}: ${String(ttlSeconds)}"`;
  else {
    const written = pattern(ttl.text)
      .replace(/^[^:]*:\s*/, '')
      .trim();
    if (!isValid(written) && !written.includes('\u0000')) {
      const { pos, text } = ttl.option?.field.word ?? { pos: 0, text: '' };
      const match = /(:\s*)([^\s"':]*)(["']?)$/.exec(text);
      const [, colon = '', value = ''] = match ?? [];
      if (!match) return undefined;
      const start = pos + match.index + colon.length;
      edits.push({
        range: { start, end: start + value.length },
        newText: `${/\s$/.test(colon) ? '' : ' '}${String(meantSeconds(written, ttlSeconds))}`,
      });
    }
  }
  if (problem === 'dated-path') {
    const { pos, end } = curl.urlField.word;
    const edit = datedEdit(analysis, { start: pos, end });
    if (!edit) return undefined;
    edits.push(edit);
  }
  if (added !== '') edits.push({ range: { start: nameEnd, end: nameEnd }, newText: added });
  return edits;
}

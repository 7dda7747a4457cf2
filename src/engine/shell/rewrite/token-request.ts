/** Makes a request for a token one that the metadata service answers. EC2 User Guide, "How IMDSv2 works". */
import { TOKEN_PATH, TTL_HEADER, TTL_SECONDS } from '../../imds/endpoint';
import type { Rewrite } from '../../program/program';
import { editsInScript, isEditable } from '../../program/source';
import { isLiteral, pattern } from '../../program/value';
import type { TextEdit } from '../../text/range';
import type { ShellRequest } from '../http/client';
import { lastOption } from '../options';
import type { Site } from '../sites';
import type { Word } from '../syntax';
import { optionPosition } from './header-edit';

export function repairTokenRequest(site: Site | undefined, ttlSeconds: number): Rewrite | undefined {
  const readings = site ? [...site.times.values()].flat() : [];
  const reading = readings.find(({ problem }) => problem !== undefined);
  if (!site || !reading || site.otherHosts) return undefined;
  const { request, problem, endpoint } = reading;
  const { source, node } = request.invocation;
  if (request.client !== 'curl' || !isEditable(source)) return undefined;
  const edits: TextEdit[] = [];
  const position = optionPosition(request);
  const option = (text: string): void => {
    if (position !== undefined) edits.push({ range: { start: position, end: position }, newText: ` ${text}` });
  };
  const inNode = ({ word }: { word: { pos: number; end: number } }): boolean =>
    word.pos >= node.pos && word.end <= node.end;
  const ttl = request.headers.find(({ text }) =>
    pattern(text).toLowerCase().startsWith(`${TTL_HEADER.toLowerCase()}:`),
  )?.option;
  if (problem === 'dated-path') {
    const word = request.urlField.word;
    const written = source.text.slice(word.pos, word.end);
    const match = /\/\d{4}-\d{2}-\d{2}(?=\/api\/token)/.exec(written);
    if (!match || !inNode(request.urlField)) return undefined;
    const start = word.pos + match.index;
    edits.push({ range: { start, end: start + match[0].length }, newText: TOKEN_PATH.slice(0, '/latest'.length) });
  }
  if (request.method !== 'PUT') {
    const { methodOption } = request;
    const meant = methodAsProxy(request);
    if (meant) edits.push({ range: { start: meant.pos, end: meant.end }, newText: '-X' });
    else if (request.method === 'GET' && !methodOption) option('-X PUT');
    else if (methodOption?.name === 'request' && methodOption.apart && inNode(methodOption.field)) {
      edits.push({ range: { start: methodOption.field.word.pos, end: methodOption.field.word.end }, newText: 'PUT' });
    } else if (
      methodOption?.name === 'request' &&
      /^-X[A-Z]+$/.test(methodOption.field.word.text) &&
      inNode(methodOption.field)
    ) {
      edits.push({ range: { start: methodOption.field.word.pos, end: methodOption.field.word.end }, newText: '-XPUT' });
    } else return undefined;
  }
  if (!ttl) option(`-H "${TTL_HEADER}: ${String(ttlSeconds)}"`);
  else {
    const value = pattern(ttl.value ?? []).replace(/^[^:]*:\s*/, '');
    const seconds = /^-?\d+$/.test(value.trim()) ? Number(value) : undefined;
    const wrong =
      seconds === undefined ? !value.includes('\u0000') : seconds < TTL_SECONDS.min || seconds > TTL_SECONDS.max;
    if (wrong) {
      // More than the longest lifetime was meant to be long.
      const meant = seconds !== undefined && seconds > TTL_SECONDS.max ? TTL_SECONDS.max : ttlSeconds;
      const { word } = ttl.field;
      if (!inNode(ttl.field)) return undefined;
      const match = /(:\s*)([^\s"':]*)(["']?)$/.exec(source.text.slice(word.pos, word.end));
      const [, colon = '', written = ''] = match ?? [];
      if (!match || !(ttl.value ?? []).every(isLiteral)) return undefined;
      const start = word.pos + match.index + colon.length;
      const newText = `${/\s$/.test(colon) ? '' : ' '}${String(meant)}`;
      edits.push({ range: { start, end: start + written.length }, newText });
    }
  }
  if (edits.length === 0 || endpoint.kind !== 'token') return undefined;
  const mapped = editsInScript(source, edits);
  return mapped && { safety: 'safe', edits: mapped };
}

/** `-x` in `-x PUT`, which names a proxy where a method was meant. */
function methodAsProxy({ parsed, invocation: { node } }: ShellRequest): Word | undefined {
  const proxy = parsed && lastOption(parsed, 'proxy');
  const [option] = proxy?.fields ?? [];
  if (!option || pattern(proxy?.value ?? []) !== 'PUT') return undefined;
  const { word } = option;
  return proxy?.apart && word.text === '-x' && word.pos >= node.pos && word.end <= node.end ? word : undefined;
}

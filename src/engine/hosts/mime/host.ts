/** MIME multi-part user data: RFC 2045 and 2046, cloud-init's "User data formats". */
import { decodeBase64 } from '../embedding/base64';
import { isOtherProgram } from '../embedding/language';
import { mentions } from '../embedding/mention';
import type { Embedded, Host, HostDocument } from '../host';
import { scriptBuilder, somewhereIn, type Codec, type SourceMap } from '../../text/source-map';
import type { Range } from '../../text/range';

const HEAD = /^\uFEFF?\s*(?:MIME-Version|Content-Type|From )/i;
const BOUNDARY =
  /^content-type:[ \t]*multipart\/[^\n]{0,1000}?(?:\n[ \t][^\n]{0,1000}?){0,10}?\bboundary[ \t]{0,20}=[ \t]{0,20}(?:"([^"\n]{1,200})"|([^\s";]{1,200}))/im;

/** What the parts of a message are, by their content type. */
const LANGUAGES: Readonly<Record<string, string>> = {
  'text/x-shellscript': 'shellscript',
  'text/x-shellscript-per-boot': 'shellscript',
  'text/x-shellscript-per-instance': 'shellscript',
  'text/x-shellscript-per-once': 'shellscript',
  'text/cloud-boothook': 'shellscript',
  'text/cloud-config': 'cloud-config',
  'text/cloud-config-jsonp': 'json',
  'text/upstart-job': 'upstart',
};
/** A list of addresses, a Python module. */
const PASSED_OVER = new Set(['text/x-include-url', 'text/x-include-once-url', 'text/part-handler']);

interface Part {
  readonly headers: Readonly<Record<string, string>>;
  /** From its first header. */
  readonly whole: Range;
  readonly body: Range;
}

/** The parts between lines that are the boundary. */
function partsOf(text: string, boundary: string): readonly Part[] {
  const parts: Part[] = [];
  let start = -1;
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const behind = newline === -1 ? text.length : newline + 1;
    if (text.startsWith('--', at)) {
      const line = text.slice(at, behind).trimEnd();
      if (line === `--${boundary}` || line === `--${boundary}--`) {
        if (start !== -1) parts.push(partIn(text, { start, end: at }));
        start = line === `--${boundary}` ? behind : -1;
      }
    }
    at = behind;
  }
  if (start !== -1) parts.push(partIn(text, { start, end: text.length }));
  return parts;
}

function partIn(text: string, whole: Range): Part {
  const headers: Record<string, string> = {};
  let at = whole.start;
  let name = '';
  while (at < whole.end) {
    const newline = text.indexOf('\n', at);
    const behind = newline === -1 || newline >= whole.end ? whole.end : newline + 1;
    const line = text.slice(at, behind).trimEnd();
    at = behind;
    if (line === '') break;
    const header = /^([\w-]+):(.*)$/.exec(line);
    if (header) {
      name = (header[1] ?? '').toLowerCase();
      headers[name] = (header[2] ?? '').trim();
    } else if (name !== '' && /^[ \t]/.test(line)) headers[name] = `${headers[name] ?? ''} ${line.trim()}`;
    else break;
  }
  return { headers, whole, body: { start: at, end: whole.end } };
}

/** A part stands as it is; what is added to it must not look like the end of it. */
function slice(
  text: string,
  { start, end }: Range,
  boundary: string,
): { readonly text: string; readonly map: SourceMap } {
  const codec: Codec = { encode: (added) => (added.includes(`--${boundary}`) ? undefined : added) };
  const builder = scriptBuilder(text, codec);
  builder.copy(start, end);
  return builder.build();
}

function documents({ text, placeholders }: HostDocument): readonly Embedded[] {
  const match = BOUNDARY.exec(text);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) return [];
  const outer = placeholders ? { placeholders } : {};
  return partsOf(text, boundary).flatMap(({ headers, whole, body }): readonly Embedded[] => {
    const type = /^[^\s;]*/.exec(headers['content-type'] ?? '')?.[0].toLowerCase() ?? '';
    if (PASSED_OVER.has(type)) return [];
    if (type.startsWith('multipart/')) {
      const inner = slice(text, whole, boundary);
      return [{ document: { name: '', text: inner.text, ...outer }, map: inner.map }];
    }
    const name = /\bfilename="?([^";]+)/i.exec(headers['content-disposition'] ?? '')?.[1] ?? '';
    const encoding = (headers['content-transfer-encoding'] ?? '').trim().toLowerCase();
    const decoded = encoding === 'base64' ? decodeBase64(text.slice(body.start, body.end)) : undefined;
    if (decoded === undefined && !/^(?:|7bit|8bit|binary)$/.test(encoding)) return [];
    const built = decoded === undefined ? slice(text, body, boundary) : { text: decoded, map: somewhereIn(body) };
    const language = LANGUAGES[type];
    const isOther = language === 'shellscript' && isOtherProgram(built.text);
    const languageId = language === undefined || isOther ? {} : { languageId: language };
    return [{ document: { name, text: built.text, ...languageId, ...outer }, map: built.map }];
  });
}

export const mimeMultipart: Host = {
  label: 'Multi-part user data',
  recognises: ({ text }) => HEAD.test(text) && BOUNDARY.test(text),
  couldMatter: (text) => mentions(text) || /content-transfer-encoding:\s*base64/i.test(text),
  documents,
};

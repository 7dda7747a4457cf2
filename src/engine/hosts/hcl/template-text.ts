/** The text that a template is, with the way to write in it: HCL native syntax specification, "Template Expressions". */
import { applyIfApart } from '../../text/edits';
import type { Range, TextEdit } from '../../text/range';
import { scriptBuilder, type Codec, type SourceMap } from '../../text/source-map';
import { scanTemplate, type SequenceToken, type TemplateForm, type TemplateToken } from './template-scan';

/** A stretch of literal text. */
interface Run {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

type Part =
  | { readonly kind: 'literal'; runs: readonly Run[]; margin: 'kept' | 'removed' | 'none' }
  | { readonly kind: 'sequence'; readonly token: SequenceToken };

/** As Go's unicode.IsSpace has it. */
const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

export interface TemplateText {
  readonly text: string;
  readonly map: SourceMap;
}

/** Puts a template together; `hole` gives the text of each sequence, in order. */
export function templateText(
  host: string,
  tokens: readonly TemplateToken[],
  form: TemplateForm,
  body: Range,
  hole: (token: SequenceToken) => string,
): TemplateText {
  const { parts, margin } = partsOf(host, tokens, form);
  const { codec, blankCodec } = codecsOf(form, margin);
  const builder = scriptBuilder(host, codec);
  const holes: string[] = [];
  for (const part of parts) {
    if (part.kind === 'sequence') {
      const { start, end } = part.token;
      const text = hole(part.token);
      holes.push(text);
      builder.opaque(text, start, end);
      continue;
    }
    if (part.margin === 'removed') builder.softGap();
    for (const { text, start, end } of part.runs) {
      const spelling = part.margin === 'kept' ? blankCodec : codec;
      if (text === host.slice(start, end)) builder.copy(start, end, spelling);
      else builder.unit(text, start, end, spelling);
    }
  }
  const { text, map } = builder.build();
  return {
    text,
    map: {
      toHost: map.toHost,
      toHostEdits: (edits) => {
        if (edits.length === 0) return [];
        const behind = edits.map((edit) => atEnd(edit, text, form, margin, body.end));
        const others = edits.filter((_, index) => !behind[index]);
        const mapped = map.toHostEdits(others);
        const result = mapped && [...mapped, ...behind.filter((edit) => edit !== undefined)];
        const wanted = applyIfApart(text, edits);
        return result && reread(host, form, body, result, holes) === wanted ? result : undefined;
      },
    },
  };
}

/** Text behind the last line of a heredoc stands in front of the marker, whose indentation is none of it. */
function atEnd(
  { range, newText }: TextEdit,
  text: string,
  form: TemplateForm,
  margin: string,
  end: number,
): TextEdit | undefined {
  if (form.kind !== 'heredoc' || range.start < text.length || !newText.endsWith('\n')) return undefined;
  if (text !== '' && !text.endsWith('\n')) return undefined;
  return { range: { start: end, end }, newText: indented(escaped(newText), margin) };
}

/** What the template says after edits; undefined where it is no such template any more. */
function reread(
  host: string,
  form: TemplateForm,
  body: Range,
  edits: readonly TextEdit[],
  holes: readonly string[],
): string | undefined {
  const edited = applyIfApart(host, edits);
  if (edited === undefined) return undefined;
  const end = body.end + edited.length - host.length;
  const scanned = scanTemplate(edited, body.start, form.kind === 'bare' ? end : edited.length, form);
  if (!scanned.sound || scanned.end !== end) return undefined;
  const sequences = scanned.tokens.filter(({ kind }) => kind !== 'literal');
  if (sequences.length !== holes.length) return undefined;
  let text = '';
  let index = 0;
  for (const part of partsOf(edited, scanned.tokens, form).parts) {
    if (part.kind === 'sequence') text += holes[index++] ?? '';
    else for (const run of part.runs) text += run.text;
  }
  return text;
}

/** Literal parts without what strip markers and the indentation take from them. */
function partsOf(
  host: string,
  tokens: readonly TemplateToken[],
  form: TemplateForm,
): { readonly parts: readonly Part[]; readonly margin: string } {
  const parts: Part[] = [];
  let stripNext = false;
  tokens.forEach((token, index) => {
    if (token.kind !== 'literal') {
      stripNext = token.stripsAfter;
      parts.push({ kind: 'sequence', token });
      return;
    }
    let runs = runsOf(host, token, form);
    if (stripNext) runs = trimStart(runs);
    stripNext = false;
    const next = tokens[index + 1];
    if (next && next.kind !== 'literal' && next.stripsBefore) runs = trimEnd(runs);
    parts.push({ kind: 'literal', runs, margin: 'none' });
  });
  const margin = form.kind === 'heredoc' && form.flush ? takeMargin(parts) : '';
  return { parts, margin };
}

function runsOf(host: string, { start, end }: Range, form: TemplateForm): readonly Run[] {
  const raw = host.slice(start, end);
  if (raw.startsWith('$${') || raw.startsWith('%%{')) {
    const rest = start + 3;
    return [
      { text: `${raw.charAt(0)}{`, start, end: rest },
      ...(rest < end ? runsOf(host, { start: rest, end }, form) : []),
    ];
  }
  if (form.kind !== 'quoted' || !raw.includes('\\')) return [{ text: raw, start, end }];
  const runs: Run[] = [];
  let from = start;
  for (let at = host.indexOf('\\', start); at !== -1 && at < end; at = host.indexOf('\\', from)) {
    const letter = host.charAt(at + 1);
    const digits = letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
    const hex = host.slice(at + 2, at + 2 + digits);
    const code = digits > 0 && /^[\da-f]+$/i.test(hex) && hex.length === digits ? parseInt(hex, 16) : -1;
    const text = code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ESCAPES[letter];
    const behind = Math.min(end, at + 2 + (text === undefined ? 0 : digits));
    if (at > from) runs.push({ text: host.slice(from, at), start: from, end: at });
    runs.push({ text: text ?? host.slice(at, behind), start: at, end: behind });
    from = behind;
  }
  if (from < end) runs.push({ text: host.slice(from, end), start: from, end });
  return runs;
}

function trimStart(runs: readonly Run[]): readonly Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    if (result.length > 0) {
      result.push(run);
      continue;
    }
    let blanks = 0;
    while (blanks < run.text.length && SPACE.test(run.text.charAt(blanks))) blanks++;
    if (blanks < run.text.length)
      result.push(blanks === 0 ? run : { text: run.text.slice(blanks), start: run.start + blanks, end: run.end });
  }
  return result;
}

function trimEnd(runs: readonly Run[]): readonly Run[] {
  const result = [...runs];
  for (let run = result.pop(); run; run = result.pop()) {
    let length = run.text.length;
    while (length > 0 && SPACE.test(run.text.charAt(length - 1))) length--;
    if (length === 0) continue;
    const { text, start, end } = run;
    result.push(length === text.length ? run : { text: text.slice(0, length), start, end: end - text.length + length });
    return result;
  }
  return result;
}

/** Takes the indentation that all lines share from each, as HashiCorp's flushHeredocTemplateParts does. */
function takeMargin(parts: readonly Part[]): string {
  let least = Infinity;
  let margin = '';
  let lineStart = true;
  const lines: Extract<Part, { kind: 'literal' }>[] = [];
  for (const part of parts) {
    const text = part.kind === 'literal' ? part.runs.map((run) => run.text).join('') : '';
    if (lineStart) {
      lineStart = false;
      let blanks = 0;
      if (part.kind === 'literal') {
        while (blanks < text.length && SPACE.test(text.charAt(blanks))) blanks++;
        if (blanks === text.length && text.endsWith('\n')) {
          blanks = Infinity;
          part.margin = 'kept';
        } else lines.push(part);
      }
      if (blanks < least) {
        least = blanks;
        margin = text.slice(0, blanks);
      }
    }
    if (part.kind === 'literal' && text.endsWith('\n')) lineStart = true;
  }
  for (const line of lines) {
    line.margin = 'removed';
    line.runs = dropStart(line.runs, least);
  }
  return margin;
}

function dropStart(runs: readonly Run[], count: number): readonly Run[] {
  const [first, ...rest] = runs;
  if (!first || count === 0) return runs;
  const { text, start, end } = first;
  return text.length <= count ? rest : [{ text: text.slice(count), start: start + count, end }, ...rest];
}

/** `${` and `%{` would begin a sequence. */
function escaped(text: string): string {
  return text.replace(/[$%](?=\{)/g, '$&$&');
}

/** Each line with the margin in front; the last line break ends the text. */
function indented(text: string, margin: string): string {
  return text.replace(/^(?=[^\r\n])/gm, margin);
}

function codecsOf(form: TemplateForm, margin: string): { readonly codec: Codec; readonly blankCodec: Codec } {
  if (form.kind === 'quoted') {
    const codec: Codec = { encode: (text) => escaped(quotedText(text)) };
    return { codec, blankCodec: codec };
  }
  // A blank line is no less blank with the margin on it, but a person would not write one.
  const codec: Codec = { encode: (text) => escaped(text).replace(/\n(?!\r?\n)/g, `\n${margin}`) };
  const blankCodec: Codec = {
    encode: (text, lineStart) => (lineStart ? indented(escaped(text), margin) : codec.encode(text, false)),
  };
  return { codec, blankCodec };
}

const QUOTED: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Between quotes. */
export function quotedText(text: string): string {
  return text.replace(/[\\"\u0000-\u001f]/g, (character) => {
    return QUOTED[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** A new string of HCL's own syntax. */
export function quote(text: string): string {
  return `"${escaped(quotedText(text))}"`;
}

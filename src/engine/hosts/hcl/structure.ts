/**
 * Blocks and attributes of a file in HCL's own syntax: HCL Native Syntax Specification, "Structural Elements". Broken files are read as far as they
 * make sense. tree-sitter's grammar takes longer for this alone than a keystroke may take for everything.
 */
import { IDENTITY } from '../../text/source-map';
import type { Range } from '../../text/range';
import { remembering } from '../../text/remember';
import { parseExpression } from './parse-expression';
import type { Attribute, Block, Body, Expression, HclSource } from './syntax';
import { heredocAt, scanTemplate } from './template-scan';

/** Deeper blocks are passed over. */
const MAX_DEPTH = 60;

export const readHcl: (text: string, uri: string) => Body = remembering((text, uri) => {
  const source: HclSource = { text, map: IDENTITY, uri };
  return readBody(source, text.startsWith('\uFEFF') ? 1 : 0, 0).body;
});

const BLANKS = /(?:\s+|#[^\n]*|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/)+/y;
const SPACES = /(?:[ \t]+|\/\*(?:[^*]|\*(?!\/))*\*\/)+/y;
const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const LABEL = /"(?:[^"\\\n]|\\.)*"|[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
/** What stands at the top of a file and nowhere else: where it comes up within something, that was never closed. */
const TOP = /^(?:resource|data|module|variable|output|locals|provider|terraform|moved|import)\b[ \t]*["{]/;

function behind(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** What stands from a position up to the brace that closes it, or the end. */
function readBody(
  source: HclSource,
  start: number,
  depth: number,
): { readonly body: Body; readonly end: number; readonly isClosed: boolean } {
  const { text } = source;
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  let at = start;
  const done = (end: number, isClosed: boolean): ReturnType<typeof readBody> => ({
    body: { source, range: { start, end }, attributes, blocks },
    end,
    isClosed,
  });
  for (;;) {
    at = behind(BLANKS, text, at);
    if (at >= text.length) return done(text.length, false);
    if (depth > 0 && isTop(text, at)) return done(at, false);
    if (text.charAt(at) === '}') {
      if (depth > 0) return done(at, true);
      at++;
      continue;
    }
    const nameEnd = behind(IDENTIFIER, text, at);
    if (nameEnd === at) {
      at = lineEnd(text, at);
      continue;
    }
    const next = behind(SPACES, text, nameEnd);
    if (text.charAt(next) === '=' && text.charAt(next + 1) !== '=') {
      const end = expressionEnd(text, next + 1);
      const attribute = new NativeAttribute(
        source,
        text.slice(at, nameEnd),
        at,
        next + 1,
        trimmed(text, next + 1, end),
      );
      if (!attributes.has(attribute.name)) attributes.set(attribute.name, attribute);
      at = end;
      continue;
    }
    const block = depth < MAX_DEPTH ? readBlock(source, at, nameEnd, next, depth) : undefined;
    if (block) {
      blocks.push(block);
      at = block.range.end;
    } else at = lineEnd(text, next);
  }
}

/** A block whose type stands between two offsets; undefined where no brace follows its labels. */
function readBlock(
  source: HclSource,
  start: number,
  typeEnd: number,
  labelsStart: number,
  depth: number,
): Block | undefined {
  const { text } = source;
  const labels: string[] = [];
  let headEnd = typeEnd;
  let at = labelsStart;
  for (let end = behind(LABEL, text, at); end > at; end = behind(LABEL, text, at)) {
    labels.push(text.slice(at, end).replace(/^"|"$/g, ''));
    headEnd = end;
    at = behind(SPACES, text, end);
  }
  if (text.charAt(at) !== '{') return undefined;
  const { body, end, isClosed } = readBody(source, at + 1, depth + 1);
  return {
    type: text.slice(start, typeEnd),
    labels,
    body,
    range: { start, end: isClosed ? end + 1 : end },
    head: { start, end: headEnd },
    source,
    isNative: true,
  };
}

function isTop(text: string, at: number): boolean {
  return (at === 0 || text.charCodeAt(at - 1) === 10) && TOP.test(text.slice(at, at + 40));
}

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline;
}

function trimmed(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text.charAt(at - 1))) at--;
  return at;
}

const OPENING = new Set(Array.from('([{', (character) => character.charCodeAt(0)));
const CLOSING = new Set(Array.from(')]}', (character) => character.charCodeAt(0)));
/** Characters at which something happens. */
const TELLING = /["#/<\n([{)\]}]/g;

/** Where the expression that begins at `start` ends: at the end of its line, or at the brace that closes what it is in. */
function expressionEnd(text: string, start: number): number {
  let open = 0;
  let at = start;
  while (at < text.length) {
    TELLING.lastIndex = at;
    const found = TELLING.exec(text);
    if (!found) return text.length;
    at = found.index;
    const code = text.charCodeAt(at);
    if (code === 10) {
      if (open === 0 || isTop(text, at + 1)) return at;
      at++;
    } else if (code === 34) {
      const { end, sound } = scanTemplate(text, at + 1, text.length, { kind: 'quoted' });
      if (!sound && open === 0) return Math.max(at + 1, Math.min(end, lineEnd(text, at)));
      at = sound ? end + 1 : lineEnd(text, at);
    } else if (code === 35 || (code === 47 && text.charCodeAt(at + 1) === 47)) {
      if (open === 0) return at;
      at = lineEnd(text, at);
    } else if (code === 47 && text.charCodeAt(at + 1) === 42) {
      const close = text.indexOf('*/', at + 2);
      at = close === -1 ? text.length : close + 2;
    } else if (code === 60) {
      const heredoc = text.charCodeAt(at + 1) === 60 ? heredocAt(text, at) : undefined;
      if (!heredoc) {
        at++;
        continue;
      }
      const { end, sound } = scanTemplate(text, heredoc.bodyStart, text.length, { ...heredoc, kind: 'heredoc' });
      // One that is never closed takes no more than what stands at the top allows.
      at = sound ? lineEnd(text, end) : nextTop(text, at);
      if (!sound) return at;
    } else if (OPENING.has(code)) {
      open++;
      at++;
    } else if (CLOSING.has(code)) {
      if (open === 0) return at;
      open--;
      at++;
    } else at++;
  }
  return text.length;
}

function nextTop(text: string, at: number): number {
  for (let newline = text.indexOf('\n', at); newline !== -1; newline = text.indexOf('\n', newline + 1))
    if (isTop(text, newline + 1)) return newline;
  return text.length;
}

/** Parsed when it is asked for; most attributes of a file never are. */
class NativeAttribute implements Attribute {
  readonly nameRange: Range;
  readonly range: Range;
  #parsed: Expression | undefined;

  constructor(
    readonly source: HclSource,
    readonly name: string,
    start: number,
    private readonly behindEquals: number,
    end: number,
  ) {
    this.nameRange = { start, end: start + name.length };
    this.range = { start, end };
  }

  get expression(): Expression {
    this.#parsed ??= parseExpression(this.source, this.behindEquals, this.range.end);
    return this.#parsed;
  }
}

/** Shell text within shell text: backtick substitutions, quoted arguments, heredoc bodies. */
import type { Machine } from './machine';
import { placeholderTable, type Placeholders } from '../program/placeholders';
import { childSource, type Place, type Source, type SourceRole } from '../program/source';
import type { CommandExpansionPart, DoubleQuotedChild, HereDoc, ParsedScript, Word, WordPart } from './syntax';
import { sameOffsets, scriptBuilder, somewhereIn, type Codec, type ScriptBuilder } from '../text/source-map';
import { isLiteral, UNKNOWN, type Value } from '../program/value';

const escaping = (characters: RegExp): Codec => ({ encode: (text) => text.replace(characters, '\\$&') });

/** POSIX XCU 2.6.3: in backticks a backslash keeps its meaning before `$`, a backtick and itself only. */
const BACKTICK: Codec = escaping(/[\\`]/g);
/** Within double quotes a quote is escaped too; POSIX leaves an unescaped one undefined. */
const QUOTED_BACKTICK: Codec = escaping(/[\\`"]/g);
const DOUBLE_QUOTED: Codec = escaping(/[\\`"$]/g);
const SINGLE_QUOTED: Codec = { encode: (text) => text.replace(/'/g, "'\\''") };
const ANSI_C_QUOTED: Codec = { encode: (text) => text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n') };
const UNQUOTED: Codec = {
  encode: (text) => (text.includes('\n') ? undefined : text.replace(/[^\w@%+=:,./-]/g, '\\$&')),
};

/** A body's line of a `<<-` heredoc: leading tabs are removed, so new lines get the same. */
function tabbed(codec: Codec, tabs: string): Codec {
  if (tabs === '') return codec;
  return {
    encode: (text, lineStart) =>
      codec
        .encode(text, lineStart)
        ?.replace(/\n(?=.)/g, `\n${tabs}`)
        .replace(/\n$/, `\n${tabs}`),
  };
}

/** A script text put together from pieces of an outer source, with what the outer shell puts in as placeholders. */
export interface NestedText {
  readonly builder: ScriptBuilder;
  readonly placeholders: Placeholders;
  /** The call whose argument part of the text is. */
  via: Place | undefined;
}

export function nestedText(outer: Source): NestedText {
  return { builder: scriptBuilder(outer.text), placeholders: placeholderTable(outer.placeholders), via: undefined };
}

export function nestedSource(outer: Source, { builder, placeholders, via }: NestedText, role: SourceRole): Source {
  const { text, map } = builder.build();
  return childSource(outer, text, map, role, placeholders.values, via);
}

/** A value of more pieces is one placeholder: there are not that many characters for them. */
const MOST_PIECES = 12;

function addPlaceholder(nested: NestedText, value: Value, start: number, end: number): void {
  const { builder, placeholders } = nested;
  nested.via ??= value[0]?.find(isLiteral)?.via;
  const [only] = value;
  const text =
    value.length === 1 && only && (only.length <= MOST_PIECES || only.every(isLiteral))
      ? only.map((part) => (isLiteral(part) ? part.text : placeholders.add([[part]]))).join('')
      : placeholders.add(value);
  builder.opaque(text, start, end);
}

/** Escapes that a command reads in its arguments after the shell has removed quotes: `echo -e`, `printf`. */
export type Escapes = 'none' | 'echo' | 'printf';

const COMMAND_ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', '"': '"', "'": "'" };

/** What the command reads comes first, then the shell's quoting around it. */
function printfCodec(codec: Codec, escapes: Escapes): Codec {
  if (escapes === 'none') return codec;
  const inner = (text: string): string => {
    const escaped = text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/\t/g, '\\t');
    return escapes === 'printf' ? escaped.replace(/%/g, '%%') : escaped;
  };
  return { encode: (text, lineStart) => codec.encode(inner(text), lineStart) };
}

/**
 * Adds raw text in which a backslash before one of `escaped` is not part of the text, and before a newline joins lines (in backticks that is left to who
 * runs the text: POSIX XCU 2.6.3). Where a command reads
 * escapes itself, `\n` is a newline and so on.
 */
function addEscaped(
  nested: NestedText,
  raw: string,
  start: number,
  escaped: string,
  shellCodec: Codec,
  escapes: Escapes = 'none',
  joinsLines = escaped !== '',
): void {
  const { builder } = nested;
  const codec = printfCodec(shellCodec, escapes);
  let from = 0;
  const flush = (until: number, behind: number): void => {
    builder.copy(start + from, start + until, codec);
    from = behind;
  };
  for (let i = 0; i < raw.length - 1; i++) {
    const next = raw.charAt(i + 1);
    if (escapes === 'printf' && raw.charCodeAt(i) === 37) {
      flush(i, i + 2);
      if (next === '%') builder.unit('%', start + i, start + i + 2, codec);
      else addPlaceholder(nested, UNKNOWN, start + i, start + i + 2);
      i++;
      continue;
    }
    if (raw.charCodeAt(i) !== 92) continue;
    const quoted = escaped.includes(next);
    const command = escapes === 'none' || (quoted && next !== '\\') ? undefined : COMMAND_ESCAPES[next];
    if (next === '\n' && joinsLines) {
      flush(i, i + 2);
      builder.softGap();
    } else if (command !== undefined && next !== '\\') {
      flush(i, i + 2);
      builder.unit(command, start + i, start + i + 2, codec);
    } else if (quoted) {
      flush(i, i + 2);
      builder.unit(next, start + i, start + i + 2, codec);
    }
    i++;
  }
  flush(raw.length, raw.length);
}

type ValueOfPart = (part: WordPart | DoubleQuotedChild) => Value;

/** Adds what a word becomes after quote removal. */
export function addWord(
  text: NestedText,
  word: Word,
  source: Source,
  valueOfPart: ValueOfPart,
  escapes: Escapes = 'none',
): void {
  if (!word.parts) {
    addEscaped(text, source.text.slice(word.pos, word.end), word.pos, ALL_ESCAPED, UNQUOTED);
    return;
  }
  for (const part of word.parts) addPart(text, part, source, valueOfPart, escapes);
}

/** Every character that a backslash may quote outside quotes. */
const ALL_ESCAPED =
  ' \t!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

function addPart(text: NestedText, part: WordPart, source: Source, valueOfPart: ValueOfPart, escapes: Escapes): void {
  const raw = source.text.slice(part.pos, part.end);
  switch (part.type) {
    case 'Literal':
      addEscaped(text, raw, part.pos, ALL_ESCAPED, UNQUOTED);
      return;
    case 'SingleQuoted':
      if (escapes === 'none') text.builder.copy(part.pos + 1, part.end - 1, SINGLE_QUOTED);
      else addEscaped(text, raw.slice(1, -1), part.pos + 1, '', SINGLE_QUOTED, escapes);
      return;
    case 'AnsiCQuoted':
      if (raw === `$'${part.value}'`) text.builder.copy(part.pos + 2, part.end - 1, ANSI_C_QUOTED);
      else text.builder.unit(part.value, part.pos, part.end, ANSI_C_QUOTED);
      return;
    case 'DoubleQuoted':
    case 'LocaleString':
      for (const child of part.parts) {
        if (child.type === 'Literal') {
          addEscaped(text, source.text.slice(child.pos, child.end), child.pos, '$`"\\', DOUBLE_QUOTED, escapes);
        } else addPlaceholder(text, valueOfPart(child), child.pos, child.end);
      }
      return;
    case 'Glob':
    case 'ExtendedGlob':
    case 'BraceExpansion':
      text.builder.copy(part.pos, part.end, UNQUOTED);
      return;
    default:
      addPlaceholder(text, valueOfPart(part), part.pos, part.end);
  }
}

/** Adds the body of a heredoc as the command reads it (POSIX XCU 2.7.4). */
export function addHereDoc(text: NestedText, heredoc: HereDoc, source: Source, valueOfPart: ValueOfPart): void {
  const { body, delimiter } = heredoc;
  const quoted = delimiter?.quoted ?? false;
  const codec = quoted ? { encode: (added: string) => added } : escaping(/[\\`$]/g);
  const expansions = (quoted ? [] : (body.parts ?? [])).filter((part) => part.type !== 'Literal');
  const strip = heredoc.operator === '<<-';
  let at = body.pos;
  let lineCodec = codec;
  const addRaw = (end: number): void => {
    while (at < end) {
      const newline = source.text.indexOf('\n', at);
      const lineEnd = newline === -1 || newline >= end ? end : newline + 1;
      if (strip && (at === body.pos || source.text.charAt(at - 1) === '\n')) {
        let first = at;
        while (first < lineEnd && source.text.charAt(first) === '\t') first++;
        lineCodec = tabbed(codec, source.text.slice(at, first));
        if (first > at) text.builder.softGap();
        at = first;
      }
      if (quoted) text.builder.copy(at, lineEnd, lineCodec);
      else addEscaped(text, source.text.slice(at, lineEnd), at, '$`\\', lineCodec);
      at = lineEnd;
    }
  };
  for (const part of expansions) {
    addRaw(part.pos);
    addPlaceholder(text, valueOfPart(part), part.pos, part.end);
    at = part.end;
  }
  addRaw(body.end);
}

/** The source of a backtick substitution: the same text where nothing in it is escaped, else the decoded one. */
export function backtickSource(
  machine: Machine,
  part: CommandExpansionPart,
  script: ParsedScript,
  quoted: boolean,
): Source {
  const known = machine.sources.get(part);
  if (known) return known;
  const outer = machine.source;
  const codec = quoted ? QUOTED_BACKTICK : BACKTICK;
  let source: Source;
  if (script.source === undefined) {
    source = childSource(outer, outer.text, sameOffsets(codec), 'substitution');
  } else {
    const text = nestedText(outer);
    const raw = outer.text.slice(part.pos + 1, part.end - 1);
    addEscaped(text, raw, part.pos + 1, quoted ? '$`\\"' : '$`\\', codec, 'none', false);
    const built = nestedSource(outer, text, 'substitution');
    source =
      built.text === script.source
        ? built
        : childSource(outer, script.source, somewhereIn({ start: part.pos, end: part.end }), 'substitution');
  }
  machine.sources.set(part, source);
  return source;
}

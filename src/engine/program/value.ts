import type { Place } from './source';

/** Text that is known to the character. */
export interface Literal {
  readonly text: string;
  /** The call of a function whose argument brought this text in, where one did. */
  readonly via?: Place;
  /** The assignment that put this text into a variable, where one did. */
  readonly set?: Place;
}

/**
 * Text that is not known. `token`: all of it is a metadata token. `evidence` says that it tells whether a token was had: a token (not
 * empty where one was had), an exit status (0 where one was had), an HTTP status (200 where one was had), or in some way that is not understood.
 */
export interface Hole {
  readonly hole: 'unknown' | 'token';
  readonly evidence?: 'token' | 'length' | 'status' | 'http-code' | 'about';
  /** Where it is about a request with a token rather than about the token: the path that was asked for. */
  readonly path?: string;
  /** The variable that was read, where it is one that the script never sets. */
  readonly name?: string;
  /** Where the token was requested. */
  readonly place?: Place;
}

export type Part = Literal | Hole;

/** One possible text: known and unknown pieces in order. No pieces is the empty string. */
export type Text = readonly Part[];

/** What a word or variable may be: one text or several. Never empty; what is not known at all is one text with one hole. */
export type Value = readonly Text[];

/** More alternatives than this are one unknown: a person would not follow them either. */
const MAX_ALTERNATIVES = 12;

/** A text that something made longer than this is not known. */
const MAX_LENGTH = 200_000;
/** A text of more pieces than this goes on unknown: `A=$A$A` would double it each time. */
const MAX_PARTS = 200;

export const UNKNOWN_HOLE: Hole = { hole: 'unknown' };
export const UNKNOWN_TEXT: Text = [UNKNOWN_HOLE];
export const UNKNOWN: Value = [UNKNOWN_TEXT];
export const EMPTY: Value = [[]];

export function isLiteral(part: Part): part is Literal {
  return 'text' in part;
}

export function literal(text: string): Value {
  return text === '' ? EMPTY : [[{ text }]];
}

/** The whole text where all of it is known. */
export function knownText(text: Text): string | undefined {
  if (text.length === 1) {
    const only = text[0];
    return only && isLiteral(only) ? only.text : undefined;
  }
  let result = '';
  for (const part of text) {
    if (!isLiteral(part)) return undefined;
    result += part.text;
  }
  return result;
}

/** The whole value where it is one known text. */
export function knownValue(value: Value): string | undefined {
  const [only] = value;
  return value.length === 1 && only ? knownText(only) : undefined;
}

/** The known beginning of a text. */
export function knownPrefix(text: Text): string {
  let result = '';
  for (const part of text) {
    if (!isLiteral(part)) break;
    result += part.text;
  }
  return result;
}

/** The text with `hole` in the place of what is not known, to test patterns on. */
export function pattern(text: Text, hole = '\u0000'): string {
  let result = '';
  for (const part of text) result += isLiteral(part) ? part.text : hole;
  return result;
}

function key(text: Text): string {
  let result = '';
  for (const part of text)
    result += isLiteral(part) ? part.text : part.hole === 'token' ? '\u0001' : part.evidence ? '\u0002' : '\u0000';
  return result;
}

/** All texts of several values, each once. */
export function join(...values: readonly Value[]): Value {
  const [first, second] = values;
  if (values.length === 2 && first === second && first) return first;
  const seen = new Set<string>();
  const result: Text[] = [];
  for (const value of values) {
    for (const text of value) {
      const id = key(text);
      if (seen.has(id)) continue;
      seen.add(id);
      result.push(text);
    }
  }
  if (result.length <= MAX_ALTERNATIVES) return result.length === 0 ? UNKNOWN : result;
  return seen.has('\u0000')
    ? result.slice(0, MAX_ALTERNATIVES)
    : [...result.slice(0, MAX_ALTERNATIVES - 1), UNKNOWN_TEXT];
}

/** Every text of `left` followed by every text of `right`. */
export function concat(left: Value, right: Value): Value {
  const [onlyLeft] = left;
  const [onlyRight] = right;
  if (left.length === 1 && right.length === 1 && onlyLeft && onlyRight) {
    if (onlyLeft.length === 0) return right;
    if (onlyRight.length === 0) return left;
    return [append(onlyLeft, onlyRight)];
  }
  const result: Text[] = [];
  for (const a of left) {
    for (const b of right) {
      if (result.length >= MAX_ALTERNATIVES) return [...result.slice(0, MAX_ALTERNATIVES - 1), UNKNOWN_TEXT];
      result.push(append(a, b));
    }
  }
  return result;
}

function append(left: Text, right: Text): Text {
  const text = [...left, ...right];
  return text.length <= MAX_PARTS ? text : [...text.slice(0, MAX_PARTS - 1), blur(text.slice(MAX_PARTS - 1))];
}

/** The value with each known piece marked. */
export function mark(value: Value, marks: { readonly via?: Place; readonly set?: Place }): Value {
  return value.map((text) =>
    text.map((part) =>
      isLiteral(part)
        ? {
            ...part,
            // The first of each kind stays: it is where the text stands in the script.
            ...(marks.via && !part.via ? { via: marks.via } : {}),
            ...(marks.set && !part.set ? { set: marks.set } : {}),
          }
        : part,
    ),
  );
}

/** The text with each `from` replaced; undefined where that makes it too long: done again and again it doubles each time. */
export function replaceAll(text: string, from: string, to: string): string | undefined {
  const pieces = text.split(from);
  return text.length + (pieces.length - 1) * (to.length - from.length) > MAX_LENGTH ? undefined : pieces.join(to);
}

/** Applies `change` to each text that is known whole; the others become unknown but keep what they tell of a token. */
export function transform(value: Value, change: (text: string) => string | undefined): Value {
  return join(
    value.map((text) => {
      const known = knownText(text);
      const changed = known === undefined ? undefined : change(known);
      if (changed === undefined || changed.length > MAX_LENGTH) return [blur(text)];
      const first = text[0];
      return changed === '' ? [] : [{ ...(first && isLiteral(first) ? first : {}), text: changed }];
    }),
  );
}

/** What is left to say of a text after something unknown was done to it. */
export function blur(text: Text): Hole {
  const hole = text.find((part): part is Hole => !isLiteral(part) && part.evidence !== undefined);
  if (!hole?.evidence) return UNKNOWN_HOLE;
  return { hole: 'unknown', evidence: hole.evidence, ...(hole.path === undefined ? {} : { path: hole.path }) };
}

export function blurValue(value: Value): Value {
  return join(value.map((text) => [blur(text)]));
}

/** True where the text holds a token, alone or with known text around it. */
export function holdsToken(text: Text): boolean {
  return text.some((part) => !isLiteral(part) && part.hole === 'token');
}

/** True where every text is a token and nothing else. */
export function isToken(value: Value): boolean {
  return value.every((text) => {
    const [only] = text;
    return text.length === 1 && only !== undefined && !isLiteral(only) && only.hole === 'token';
  });
}

/** The first piece that tells whether a token was had. */
export function evidenceOf(value: Value): Hole | undefined {
  for (const text of value) {
    for (const part of text) if (!isLiteral(part) && part.evidence) return part;
  }
  return undefined;
}

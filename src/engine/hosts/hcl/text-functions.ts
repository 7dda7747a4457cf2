/** Functions of texts. Where they leave the text as it is, or only put texts together, it can still be written. */
import { concat, EMPTY, literal, replaceAll, UNKNOWN, type Value } from '../../program/value';
import { joinPieces, opaquePiece, readOnly, readSyntax, type Piece } from '../piece';
import type { HclFunction } from './functions';
import { elementsOf } from './select';
import type { Site } from './syntax';
import {
  isNull,
  list,
  madeText,
  numberOf,
  optionsOf,
  programValue,
  scalar,
  textOf,
  unknown,
  type HclValue,
  type Reader,
  type Text,
} from './value';

/** Longer texts than this are nothing that anybody writes into a configuration. */
const MAX_LENGTH = 500_000;

/** The piece of any value: what is no text is something that is put in. */
export function pieceOf(value: HclValue, reader: Reader): Piece {
  const piece = value.kind === 'text' ? value.piece(reader) : opaqueOf(value, reader);
  return value.insertLines ? { ...piece, insertLines: value.insertLines } : piece;
}

function opaqueOf(value: HclValue, { placeholders, uri, use }: Reader): Piece {
  const { source, range } = value.site;
  return opaquePiece(programValue(value), source.uri === uri ? source.map.toHost(range) : use, placeholders);
}

/** More texts than this are not put together: what is put together of itself twice doubles each time. */
const MAX_WEIGHT = 10_000;

/** A text that is put together of others. */
function putTogether(items: readonly HclValue[], text: Text): Text {
  const weight = items.reduce((sum, item) => sum + (item.kind === 'text' ? (item.weight ?? 1) : 1), 0);
  if (weight <= MAX_WEIGHT) return { ...text, weight };
  const nothing = unknown(text.site, 'it is too long');
  return { ...text, known: undefined, value: () => UNKNOWN, piece: (reader) => opaqueOf(nothing, reader) };
}

/** Texts one after the other. */
export function joinTexts(items: readonly HclValue[], delimiter: string, site: Site): Text {
  const texts = items.map(textOf);
  const length = texts.reduce((sum, text) => sum + (text?.length ?? 0) + delimiter.length, 0);
  const known = length <= MAX_LENGTH && texts.every((text) => text !== undefined) ? texts.join(delimiter) : undefined;
  const value = (): Value =>
    items.reduce<Value>(
      (at, item, index) =>
        concat(index === 0 || delimiter === '' ? at : concat(at, literal(delimiter)), programValue(item)),
      EMPTY,
    );
  return putTogether(items, {
    kind: 'text',
    known,
    site,
    value,
    piece: (reader) =>
      joinPieces(
        items.map((item) => pieceOf(item, reader)),
        delimiter,
      ),
  });
}

/** `change` where the text is known; its alternatives each by itself. */
function changed(
  value: HclValue | undefined,
  site: Site,
  change: (text: string) => string | undefined,
): HclValue | undefined {
  if (!value) return undefined;
  if (value.kind === 'choice') {
    const options = value.options.map(({ value: option, when }) => ({ value: changed(option, site, change), when }));
    return options.every(
      (option): option is { value: HclValue; when: string | undefined } => option.value !== undefined,
    )
      ? { kind: 'choice', options, site }
      : undefined;
  }
  const text = textOf(value);
  if (text === undefined) return undefined;
  const result = change(text);
  if (result === undefined) return undefined;
  return result === text && value.kind === 'text' ? value : madeText(result, site);
}

const one =
  (change: (text: string, ...more: readonly string[]) => string | undefined): HclFunction =>
  ({ args: [first, ...rest], site }) => {
    const more = rest.map(textOf);
    return more.every((text) => text !== undefined) ? changed(first, site, (text) => change(text, ...more)) : undefined;
  };

/** Blanks at the ends do not matter to a script; a text that is not known is handed on. */
const ends =
  (change: (text: string) => string): HclFunction =>
  ({ args: [first], site }) => {
    if (first?.kind === 'text' && first.known !== undefined) {
      const known = change(first.known);
      return known === first.known ? first : { ...first, known, site, value: () => literal(known) };
    }
    return first?.kind === 'text' ? first : changed(first, site, change);
  };

const test =
  (matches: (text: string, other: string) => boolean): HclFunction =>
  ({ args: [first, second], site }) => {
    const text = textOf(first);
    const other = textOf(second);
    return text === undefined || other === undefined ? undefined : scalar(matches(text, other), site);
  };

const replace: HclFunction = ({ args: [first, search, by], site }) => {
  const from = textOf(search);
  const to = textOf(by);
  if (!first || from === undefined || to === undefined) return undefined;
  if (from.length > 1 && from.startsWith('/') && from.endsWith('/')) return undefined;
  if (first.kind === 'text' && first.known === undefined) {
    // What is replaced is mostly line ends; the script is what it was, but for how it is written.
    return { ...first, site, piece: (reader) => readOnly(first.piece(reader)) };
  }
  return changed(first, site, (text) => replaceAll(text, from, to));
};

const VERB = /%(?:%|[-+ #0]{0,5}\d{0,5}(?:\.\d{1,5})?(?:\[\d{1,5}\])?[a-zA-Z])/g;

const format: HclFunction = ({ args: [spec, ...values], site }) => {
  if (spec?.kind !== 'text' || spec.known === undefined) return undefined;
  // Flags, widths and explicit indexes are for tables of numbers.
  const verbs = (spec.known.match(VERB) ?? []).filter((verb) => verb !== '%%');
  if (verbs.length !== values.length || verbs.some((verb) => !/^%[sdvqt]$/.test(verb))) return undefined;
  const texts = values.map((value) => (isNull(value) ? undefined : textOf(value)));
  let index = 0;
  const length = texts.reduce((sum, text) => sum + (text?.length ?? 0), spec.known.length);
  const known =
    length <= MAX_LENGTH && texts.every((text) => text !== undefined)
      ? spec.known.replace(VERB, (verb) => (verb === '%%' ? '%' : spell(verb, texts[index++] ?? '')))
      : undefined;
  const value = (): Value => {
    let at = 0;
    let result = EMPTY;
    let from = 0;
    const pattern = spec.known ?? '';
    for (const match of pattern.matchAll(VERB)) {
      result = concat(result, literal(pattern.slice(from, match.index)));
      const put = values[at];
      if (match[0] === '%%') result = concat(result, literal('%'));
      else if (put) {
        result = concat(result, programValue(put));
        at++;
      }
      from = match.index + match[0].length;
    }
    return concat(result, literal(pattern.slice(from)));
  };
  return putTogether([spec, ...values], {
    kind: 'text',
    known,
    site,
    value,
    piece: (reader) => {
      let at = 0;
      const read = ([verb]: RegExpExecArray): { readonly text: string } | { readonly value: Value } | undefined => {
        if (verb === '%%') return { text: '%' };
        const put = values[at++];
        return put && { value: programValue(put) };
      };
      const codec = { encode: (text: string) => text.replace(/%/g, '%%') };
      return readSyntax(spec.piece(reader), { pattern: new RegExp(VERB), read, codec }, reader.placeholders);
    },
  });
};

function spell(verb: string, text: string): string {
  return verb === '%q' ? JSON.stringify(text) : text;
}

const join: HclFunction = ({ args: [delimiter, ...lists], site }) => {
  const between = textOf(delimiter);
  if (between === undefined) return undefined;
  const items: HclValue[] = [];
  for (const each of lists) {
    if (each.kind === 'choice') {
      if (lists.length > 1) return undefined;
      const options = each.options.flatMap(({ value, when }) => {
        const elements = elementsOf(value);
        return elements ? [{ value: joinTexts(elements.items, between, site), when }] : [];
      });
      return options.length === each.options.length ? { kind: 'choice', options, site } : undefined;
    }
    const elements = elementsOf(each);
    if (!elements?.complete) return undefined;
    items.push(...elements.items);
  }
  const [only, ...others] = items;
  // `join("", x.*.name)` of what is there once at most.
  if (only?.kind === 'reference' && others.length === 0) return only;
  return joinTexts(items, between, site);
};

const split: HclFunction = ({ args: [separator, first], site }) => {
  const by = textOf(separator);
  const text = textOf(first);
  if (by === undefined || text === undefined) return undefined;
  const parts = text === '' ? [''] : text.split(by);
  return list(
    parts.map((part) => madeText(part, first?.site ?? site)),
    site,
  );
};

const substr: HclFunction = ({ args: [first, offset, length], site }) => {
  const text = textOf(first);
  const from = numberOf(offset);
  const count = numberOf(length);
  if (text === undefined || from === undefined || count === undefined) return undefined;
  const start = from < 0 ? Math.max(0, text.length + from) : from;
  return madeText(count < 0 ? text.slice(start) : text.slice(start, start + count), site);
};

const indent: HclFunction = ({ args: [count, first], site }) => {
  const spaces = numberOf(count);
  if (spaces === undefined || spaces < 0 || spaces > 100) return undefined;
  return changed(first, site, (text) => text.replace(/\n/g, `\n${' '.repeat(spaces)}`));
};

const formatlist: HclFunction = ({ args: [spec, ...values], site, ...call }) => {
  const columns = values.map((value) => (value.kind === 'list' ? value.items : undefined));
  const length = columns.find((items) => items !== undefined)?.length;
  if (!spec || length === undefined || values.some((value) => value.kind === 'list' && !value.complete))
    return undefined;
  const rows: HclValue[] = [];
  for (let row = 0; row < length; row++) {
    const args = values.map((value, column) => columns[column]?.[row] ?? value);
    const made = format({ ...call, args: [spec, ...args], site });
    if (!made) return undefined;
    rows.push(made);
  }
  return list(rows, site);
};

export const TEXT_FUNCTIONS: Readonly<Record<string, HclFunction>> = {
  join,
  split,
  format,
  formatlist,
  replace,
  substr,
  indent,
  lower: one((text) => text.toLowerCase()),
  upper: one((text) => text.toUpperCase()),
  title: one((text) => text.replace(/(^|\s)(\S)/g, (_, blank: string, letter: string) => blank + letter.toUpperCase())),
  chomp: ends((text) => text.replace(/(?<![\r\n])(?:\r?\n)+$/, '')),
  trimspace: ends((text) => text.trim()),
  trim: one((text, cut = '') => {
    let start = 0;
    let end = text.length;
    while (start < end && cut.includes(text.charAt(start))) start++;
    while (end > start && cut.includes(text.charAt(end - 1))) end--;
    return text.slice(start, end);
  }),
  trimprefix: one((text, prefix = '') => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimsuffix: one((text, suffix = '') =>
    suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  strrev: one((text) => Array.from(text).reverse().join('')),
  startswith: test((text, other) => text.startsWith(other)),
  endswith: test((text, other) => text.endsWith(other)),
  strcontains: test((text, other) => text.includes(other)),
  tostring: ({ args: [first], site }) =>
    first?.kind === 'scalar' && first.value !== null ? madeText(String(first.value), site) : first,
  coalesce: ({ args, site }) => {
    for (const arg of args) {
      if (isNull(arg) || textOf(arg) === '') continue;
      if (arg.kind === 'choice' && optionsOf(arg).some((option) => isNull(option) || textOf(option) === ''))
        return undefined;
      if (arg.kind === 'unknown') return undefined;
      return { ...arg, site };
    }
    return undefined;
  },
};

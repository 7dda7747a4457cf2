/** Where the parts of an argument stand, so that they can be shown and replaced. */
import type { Datum, Scalar } from '../../ec2/datum';
import type { WayToDocument } from '../../program/program';
import { editsInScript, inScript, isEditable, type Place } from '../../program/source';
import { isLiteral, knownText, pattern } from '../../program/value';
import type { Range, TextEdit } from '../../text/range';
import type { Argument, Ec2Call } from './call';
import type { Structure } from './structure';

/** Stands for what is not known in the text of an argument. */
const HOLE = '\u0000';

/** What needs no quotes in a shell, in JSON and in the shorthand. */
const PLAIN = /^[\w.:/-]+$/;

/** Makes values of a call's arguments; remembers where each stands. */
export interface Reader {
  /** The text of an argument, with a character for what is not known. */
  textOf(argument: Argument): string;
  /** A part of that text as a value; by default all of it. @param value what it says, where that is not what is written */
  scalar(argument: Argument, part?: Range, value?: string | number | boolean): Datum;
  datum(argument: Argument, structure: Structure): Datum;
  /** The place of a span of the source. */
  rangeOf(part: Range): Range;
  /** A value that a word of the call stands for; `spelled` writes another one. */
  word(part: Range, value: boolean, spelled: (value: string | number | boolean) => string): Datum;
  /** The edits of the document that write `value` for a value of this call, where that is written to the character. */
  replace(datum: Datum, value: string | number | boolean): readonly TextEdit[] | undefined;
}

interface Spot {
  readonly place: Place;
  /** True where the value is written there as it is. */
  readonly isWritten: boolean;
}

/** Ranges and edits are the document's. */
export function readerOf({ node, source }: Ec2Call, way: WayToDocument): Reader {
  const places = new Map<Datum, Place>();
  const spellings = new Map<Datum, (value: string | number | boolean) => string>();

  /** Where a part of the argument's text stands: at the call that handed it in, to the character, or in the word as a whole. */
  const spotOf = ({ text, field: { word } }: Argument, part: Range): Spot => {
    const via = text.find(isLiteral)?.via;
    if (via) return { place: via, isWritten: false };
    const isInside = node.pos <= word.pos && word.end <= node.end;
    const range = isInside ? { start: word.pos, end: word.end } : { start: node.pos, end: node.end };
    const known = knownText(text);
    const raw = isInside ? source.text.slice(word.pos, word.end) : '';
    const at = known === undefined || known === '' || /[$`]/.test(raw) ? -1 : raw.indexOf(known);
    if (known === undefined || at === -1 || raw.includes(known, at + 1))
      return { place: { source, range }, isWritten: false };
    const start = word.pos + at;
    return { place: { source, range: { start: start + part.start, end: start + part.end } }, isWritten: true };
  };

  const toDocument = (place: Place): Range => way.toDocument(inScript(place));

  const scalar = (argument: Argument, part: Range, value: string | number | boolean): Datum => {
    const { place, isWritten } = spotOf(argument, part);
    const range = toDocument(place);
    if (typeof value === 'string' && value.includes(HOLE)) return { kind: 'unknown', why: 'it is not known', range };
    const set = argument.text.length === 1 ? argument.text.find(isLiteral)?.set : undefined;
    const datum: Scalar = {
      kind: 'scalar',
      value,
      range,
      ...(set && { origin: { range: toDocument(set), what: 'what the variable is set to' } }),
    };
    const written = place.source.text.slice(place.range.start, place.range.end);
    if (isWritten && written === value && isEditable(place.source)) places.set(datum, place);
    return datum;
  };

  const textOf = ({ text }: Argument): string => pattern(text, HOLE);
  const whole = (argument: Argument): Range => ({ start: 0, end: textOf(argument).length });

  const datum = (argument: Argument, structure: Structure): Datum => {
    switch (structure.kind) {
      case 'scalar':
        return scalar(argument, structure, structure.value);
      case 'list': {
        const { range } = scalar(argument, whole(argument), '');
        return { kind: 'list', complete: true, range, items: structure.items.map((item) => datum(argument, item)) };
      }
      case 'map': {
        const { range } = scalar(argument, whole(argument), '');
        const entries = [...structure.entries].map(([key, value]) => [key, datum(argument, value)] as const);
        return { kind: 'mapping', complete: true, range, entries: new Map(entries) };
      }
    }
  };

  return {
    textOf,
    scalar: (argument, part = whole(argument), value = textOf(argument).slice(part.start, part.end)) =>
      scalar(argument, part, value),
    datum,
    rangeOf: (range) => toDocument({ source, range }),
    word: (range, value, spelled) => {
      const datum: Datum = { kind: 'scalar', value, range: toDocument({ source, range }) };
      if (isEditable(source)) places.set(datum, { source, range });
      spellings.set(datum, spelled);
      return datum;
    },
    replace: (of, value) => {
      const place = places.get(of);
      const newText = (spellings.get(of) ?? String)(value);
      if (!place || !PLAIN.test(newText)) return undefined;
      const edits = editsInScript(place.source, [{ range: place.range, newText }]);
      return edits && way.editsInDocument({ safety: 'suggestion', edits });
    },
  };
}

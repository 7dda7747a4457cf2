/** Where the parts of an argument stand, so that they can be shown and replaced. */
import type { Datum, Scalar } from '../../ec2/datum';
import type { WayToDocument } from '../../program/program';
import { editsInScript, inScript, isEditable, type Place, type Source } from '../../program/source';
import { isLiteral, pattern, UNKNOWN } from '../../program/value';
import type { Range, TextEdit } from '../../text/range';
import type { SourceMap } from '../../text/source-map';
import { addWord, nestedText } from '../nested';
import type { Word } from '../syntax';
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

/** A part of an argument where it stands. */
interface Spot {
  readonly place: Place;
  /** Edits of the source that write another text there; undefined where it is not written to the character. */
  readonly write?: (text: string) => readonly TextEdit[] | undefined;
}

/** What a word becomes after quote removal, with the way back. */
function readWord(word: Word, source: Source): { readonly text: string; readonly map: SourceMap } {
  const nested = nestedText(source);
  addWord(nested, word, source, () => UNKNOWN);
  const { text, map } = nested.builder.build();
  return { text: text.replace(/[\uE000-\uF8FF]/g, HOLE), map };
}

/** Ranges and edits are the document's. */
export function readerOf({ node, source }: Ec2Call, way: WayToDocument): Reader {
  const writers = new Map<Datum, NonNullable<Spot['write']>>();
  const words = new Map<Word, ReturnType<typeof readWord>>();
  const spellings = new Map<Datum, (value: string | number | boolean) => string>();

  /** At the call that handed the argument in, to the character, or the word as a whole. */
  const spotOf = ({ text, field }: Argument, part: Range): Spot => {
    const via = text.find(isLiteral)?.via;
    if (via) return { place: via };
    const { word } = field;
    if (word.pos < node.pos || word.end > node.end)
      return { place: { source, range: { start: node.pos, end: node.end } } };
    const read = words.get(word) ?? readWord(word, source);
    words.set(word, read);
    const all = pattern(field.text, HOLE);
    if (read.text !== all) return { place: { source, range: { start: word.pos, end: word.end } } };
    // An option may stand in front of its argument.
    const before = all.length - pattern(text, HOLE).length;
    const range = { start: before + part.start, end: before + part.end };
    return {
      place: { source, range: read.map.toHost(range) },
      write: (newText) => read.map.toHostEdits([{ range, newText }]),
    };
  };

  const toDocument = (place: Place): Range => way.toDocument(inScript(place));

  const scalar = (argument: Argument, part: Range, value: string | number | boolean): Datum => {
    const { place, write } = spotOf(argument, part);
    const range = toDocument(place);
    if (typeof value === 'string' && value.includes(HOLE)) return { kind: 'unknown', why: 'it is not known', range };
    const set = argument.text.length === 1 ? argument.text.find(isLiteral)?.set : undefined;
    const datum: Scalar = {
      kind: 'scalar',
      value,
      range,
      ...(set && { origin: { range: toDocument(set), what: 'what the variable is set to' } }),
    };
    if (write && textOf(argument).slice(part.start, part.end) === value) writers.set(datum, write);
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
      writers.set(datum, (newText) => [{ range, newText }]);
      spellings.set(datum, spelled);
      return datum;
    },
    replace: (of, value) => {
      const newText = (spellings.get(of) ?? String)(value);
      if (!PLAIN.test(newText) || !isEditable(source)) return undefined;
      const written = writers.get(of)?.(newText);
      const edits = written && editsInScript(source, written);
      return edits && way.editsInDocument({ safety: 'suggestion', edits });
    },
  };
}

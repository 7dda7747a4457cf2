import type { Range, TextEdit } from './range';

/** Writes script text the way a stretch of the host spells it. */
export interface Codec {
  /**
   * The host's spelling of `text`, or undefined where the host has none there.
   * `lineStart` is true where the text goes in at the start of a script line.
   */
  encode(text: string, lineStart: boolean): string | undefined;
}

/** The host spells script text as it is. */
export const VERBATIM: Codec = { encode: (text) => text };

/** For host text that stands for script text but has no way to spell another. */
export const UNWRITABLE: Codec = { encode: () => undefined };

/**
 * What a stretch of script text is to its host. `copy`: character for character. `unit`: one host spelling of other length,
 * such as an escape, that is replaced whole or not at all. `opaque`: stands for something of the host that is not script text;
 * no edit may touch it.
 */
export type SegmentKind = 'copy' | 'unit' | 'opaque';

export interface Segment {
  readonly kind: SegmentKind;
  readonly start: number;
  readonly end: number;
  readonly hostStart: number;
  readonly hostEnd: number;
  readonly codec: Codec;
  /** True where the host text between the segment before and this one is only layout (indentation), free to be replaced. */
  readonly softGap: boolean;
}

/** The way between a script and the text that holds it. */
export interface SourceMap {
  /** The host span that a script span came from; the nearest one where part of it came from nowhere. */
  readonly toHost: (range: Range) => Range;
  /** Host edits that together have the effect of script edits, or undefined where there are none that are certain. */
  readonly toHostEdits: (edits: readonly TextEdit[]) => readonly TextEdit[] | undefined;
}

/** For a script that is its host. */
export const IDENTITY: SourceMap = { toHost: (range) => range, toHostEdits: (edits) => edits };

/** For a text whose way back is not known exactly: everything lies in one span of the host, and nothing can be edited. */
export function somewhereIn(range: Range): SourceMap {
  return { toHost: () => range, toHostEdits: (edits) => (edits.length === 0 ? [] : undefined) };
}

/** Maps each edit by itself. */
export function eachEdit(map: (edit: TextEdit) => TextEdit | undefined): SourceMap['toHostEdits'] {
  return (edits) => {
    const result: TextEdit[] = [];
    for (const edit of edits) {
      const mapped = map(edit);
      if (!mapped) return undefined;
      result.push(mapped);
    }
    return result;
  };
}

/** For a stretch of the host that is script text as it stands, at the same offsets, but where new text needs a spelling of its own. */
export function sameOffsets(codec: Codec): SourceMap {
  return {
    toHost: (range) => range,
    toHostEdits: eachEdit(({ range, newText }) => {
      const encoded = codec.encode(newText, false);
      return encoded === undefined ? undefined : { range, newText: encoded };
    }),
  };
}

/** Builds a script and its map, piece by piece, in host order. */
export interface ScriptBuilder {
  /** Adds host text as it stands. */
  copy(hostStart: number, hostEnd: number, codec?: Codec): void;
  /** Adds `text`, which the host spells otherwise, or (hostStart === hostEnd) implies. */
  unit(text: string, hostStart: number, hostEnd: number, codec?: Codec): void;
  /** Adds text that stands for something of the host that is no script text. */
  opaque(text: string, hostStart: number, hostEnd: number): void;
  /** Says that the host text between the last piece and the next is layout. */
  softGap(): void;
  build(): { readonly text: string; readonly map: SourceMap };
}

export function scriptBuilder(host: string, defaultCodec: Codec = VERBATIM): ScriptBuilder {
  const segments: Segment[] = [];
  const pieces: string[] = [];
  let length = 0;
  let soft = false;
  const add = (kind: SegmentKind, text: string, hostStart: number, hostEnd: number, codec: Codec): void => {
    const last = segments[segments.length - 1];
    const end = length + text.length;
    pieces.push(text);
    if (last && kind === 'copy' && last.kind === 'copy' && last.hostEnd === hostStart && last.codec === codec) {
      segments[segments.length - 1] = { ...last, end, hostEnd };
    } else {
      segments.push({ kind, start: length, end, hostStart, hostEnd, codec, softGap: soft });
    }
    soft = false;
    length = end;
  };
  return {
    copy: (hostStart, hostEnd, codec = defaultCodec) => {
      if (hostEnd > hostStart) add('copy', host.slice(hostStart, hostEnd), hostStart, hostEnd, codec);
    },
    unit: (text, hostStart, hostEnd, codec = defaultCodec) => {
      add('unit', text, hostStart, hostEnd, codec);
    },
    opaque: (text, hostStart, hostEnd) => {
      add('opaque', text, hostStart, hostEnd, UNWRITABLE);
    },
    softGap: () => {
      soft = true;
    },
    build: () => {
      const text = pieces.join('');
      return { text, map: segmentMap(text, segments) };
    },
  };
}

/** A map from its segments, which are in order and cover the script. */
export function segmentMap(text: string, segments: readonly Segment[]): SourceMap {
  /** Index of the segment that holds the character at `offset`, or of the last one. */
  const at = (offset: number): number => {
    let low = 0;
    let high = segments.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const segment = segments[middle];
      if (segment && segment.end > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const hostOf = (segment: Segment, offset: number, side: 'start' | 'end'): number => {
    if (offset <= segment.start) return segment.hostStart;
    if (offset >= segment.end) return segment.hostEnd;
    if (segment.kind === 'copy') return segment.hostStart + offset - segment.start;
    return side === 'start' ? segment.hostStart : segment.hostEnd;
  };
  const toHost = ({ start, end }: Range): Range => {
    const first = segments[at(start)];
    const last = segments[at(Math.max(start, end - 1))];
    if (!first || !last) return { start: 0, end: 0 };
    const hostStart = hostOf(first, start, 'start');
    return { start: hostStart, end: Math.max(hostStart, hostOf(last, end, 'end')) };
  };
  const insertion = (offset: number, newText: string): TextEdit | undefined => {
    const lineStart = offset === 0 || text.charAt(offset - 1) === '\n';
    const after = segments[at(offset)];
    const before = offset > 0 ? segments[at(offset - 1)] : undefined;
    // At the start of a line the text goes behind the host's indentation; elsewhere it stays with what it follows.
    const segment = before === undefined || (lineStart && offset < text.length) ? after : before;
    if (!segment) return undefined;
    if (segment.kind !== 'copy' && offset > segment.start && offset < segment.end) return undefined;
    // What stands beside something of the host is written as the script text on the other side is.
    const other = segment === after ? before : after;
    const writes = segment.kind !== 'opaque' ? segment : other?.kind === 'opaque' ? undefined : other;
    const encoded = writes?.codec.encode(newText, lineStart);
    if (encoded === undefined) return undefined;
    const host = hostOf(segment, offset, segment === before ? 'end' : 'start');
    return { range: { start: host, end: host }, newText: encoded };
  };
  const toHostEdit = ({ range, newText }: TextEdit): TextEdit | undefined => {
    if (range.start === range.end) return insertion(range.start, newText);
    const firstIndex = at(range.start);
    const lastIndex = at(range.end - 1);
    for (let i = firstIndex; i <= lastIndex; i++) {
      const segment = segments[i];
      if (!segment || segment.kind === 'opaque') return undefined;
      const whole = segment.start >= range.start && segment.end <= range.end;
      if (segment.kind === 'unit' && (!whole || segment.hostStart === segment.hostEnd)) return undefined;
      const previous = segments[i - 1];
      const gap = i > firstIndex && previous !== undefined && previous.hostEnd !== segment.hostStart;
      if (gap && !segment.softGap) return undefined;
    }
    const first = segments[firstIndex];
    const last = segments[lastIndex];
    if (!first || !last) return undefined;
    const lineStart = range.start === 0 || text.charAt(range.start - 1) === '\n';
    const encoded = newText === '' ? '' : first.codec.encode(newText, lineStart);
    if (encoded === undefined) return undefined;
    return {
      range: { start: hostOf(first, range.start, 'start'), end: hostOf(last, range.end, 'end') },
      newText: encoded,
    };
  };
  return { toHost, toHostEdits: eachEdit(toHostEdit) };
}

/** The map through two layers: a script in a script in a host. */
export function compose(inner: SourceMap, outer: SourceMap): SourceMap {
  if (inner === IDENTITY) return outer;
  if (outer === IDENTITY) return inner;
  return {
    toHost: (range) => outer.toHost(inner.toHost(range)),
    toHostEdits: (edits) => {
      const middle = inner.toHostEdits(edits);
      return middle && outer.toHostEdits(middle);
    },
  };
}

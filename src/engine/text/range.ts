/** A half-open span of a text, in UTF-16 code units from its start. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The place of what stands nowhere that could be shown. */
export const NOWHERE: Range = { start: -1, end: -1 };

/** The place of what stands in another file: no span of this one, as both its ends are -1. */
export interface DistantRange extends Range {
  readonly uri: string;
  /** Where it stands there. */
  readonly there: Range;
}

export function distant(uri: string, there: Range): DistantRange {
  return { ...NOWHERE, uri, there };
}

export function isDistant(range: Range): range is DistantRange {
  return 'there' in range;
}

/** True for a span of this file. */
export function isHere({ start }: Range): boolean {
  return start >= 0;
}

/** Replaces the text of `range` by `newText`. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** True for one and the same span. */
export function isSame(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end;
}

/** True where `inner` lies within `outer`, borders included. */
export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** True where the two spans share at least one character. */
export function overlaps(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}

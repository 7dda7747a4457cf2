import { IDENTITY, type SourceMap } from '../text/source-map';
import type { Range, TextEdit } from '../text/range';
import type { Value } from './value';

/**
 * A text that syntax nodes point into: the script itself, or a text within it that is read as shell of its own (a backtick
 * substitution with escapes, the argument of `bash -c`).
 */
export interface Source {
  readonly text: string;
  /** The way to the text that holds this one; the identity for the script itself. */
  readonly map: SourceMap;
  readonly parent: Source | undefined;
  /** Characters of `text` that stand for something of the host or of the outer shell, with what is known of it. */
  readonly placeholders: ReadonlyMap<string, Value>;
  /**
   * False where a fix must not insert commands into this text by itself. The text of `eval` is one: what it assigns and when is
   * decided outside.
   */
  readonly editable: boolean;
}

/** A span of a source. */
export interface Place {
  readonly source: Source;
  readonly range: Range;
}

const NO_PLACEHOLDERS: ReadonlyMap<string, Value> = new Map<string, Value>();

export function rootSource(text: string, placeholders: ReadonlyMap<string, Value> = NO_PLACEHOLDERS): Source {
  return { text, map: IDENTITY, parent: undefined, placeholders, editable: true };
}

export function childSource(
  parent: Source,
  text: string,
  map: SourceMap,
  options: { readonly placeholders?: ReadonlyMap<string, Value>; readonly editable?: boolean } = {},
): Source {
  const { placeholders = parent.placeholders, editable = true } = options;
  return { text, map, parent, placeholders, editable: editable && parent.editable };
}

/** The span in the script itself. */
export function inScript({ source, range }: Place): Range {
  let span = range;
  for (let at: Source | undefined = source; at?.parent; at = at.parent) span = at.map.toHost(span);
  return span;
}

/** The edit in the script itself, or undefined where it has no certain spelling there. */
export function editInScript(source: Source, edit: TextEdit): TextEdit | undefined {
  let result: TextEdit | undefined = edit;
  for (let at: Source | undefined = source; at?.parent && result; at = at.parent) result = at.map.toHostEdit(result);
  return result;
}

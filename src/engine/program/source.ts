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
  readonly role: SourceRole;
  /** The call of a function whose argument this text came in by, where one did. */
  readonly via?: Place;
  /** True where there is no room for further lines. */
  readonly oneLine: boolean;
}

/**
 * `script`: a program of its own. `substitution`: part of the program around it, in the same shell. `process`: run by the program around it,
 * in a shell of its own. `evaluated`: the text of `eval`, of which it is not known when and how often it is put together.
 */
export type SourceRole = 'script' | 'substitution' | 'process' | 'evaluated';

/** A span of a source. */
export interface Place {
  readonly source: Source;
  readonly range: Range;
}

const NO_PLACEHOLDERS: ReadonlyMap<string, Value> = new Map<string, Value>();

export function rootSource(
  text: string,
  placeholders: ReadonlyMap<string, Value> = NO_PLACEHOLDERS,
  oneLine = false,
): Source {
  return { text, map: IDENTITY, parent: undefined, placeholders, role: 'script', oneLine };
}

export function childSource(
  parent: Source,
  text: string,
  map: SourceMap,
  role: SourceRole,
  placeholders: ReadonlyMap<string, Value> = parent.placeholders,
  via?: Place,
): Source {
  // The text of `bash -c '...'` on one line stays on one line.
  const oneLine = parent.oneLine || (role !== 'substitution' && !text.includes('\n'));
  return { text, map, parent, placeholders, role, oneLine, ...(via ? { via } : {}) };
}

/** The program whose variables a source sees: itself, or for a substitution what it stands in. */
export function programSource(source: Source): Source {
  let at = source;
  while (at.role === 'substitution' && at.parent) at = at.parent;
  return at;
}

/** True where commands may be added: nowhere on the way to the script is a text that `eval` puts together. */
export function isEditable(source: Source): boolean {
  for (let at: Source | undefined = source; at; at = at.parent) if (at.role === 'evaluated') return false;
  return true;
}

/** The span in the script itself. */
export function inScript({ source, range }: Place): Range {
  let span = range;
  for (let at = source; at.parent; at = at.parent) span = at.map.toHost(span);
  return span;
}

/** The edits in the script itself, or undefined where one of them has no certain spelling there. */
export function editsInScript(source: Source, edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
  let result: readonly TextEdit[] | undefined = edits;
  for (let at = source; at.parent && result; at = at.parent) result = at.map.toHostEdits(result);
  return result;
}

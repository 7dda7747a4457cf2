/** Scalars with and without quotes: YAML 1.2.2, chapter 7.3. */
import type { Range } from '../../../text/range';
import type { TreeScalar } from '../tree';
import { yamlScalar } from '../yaml-tree';
import { resolved } from './core-schema';
import type { Cursor } from './cursor';
import type { Within } from './flat';
import { readPlain } from './plain';
import { readQuoted } from './quoted';

export interface FlowScalar {
  readonly range: Range;
  readonly value: string;
  readonly isQuoted: boolean;
}

/** Reads a scalar and stops behind it. */
export function readFlowScalar(cursor: Cursor, inBrackets: boolean, within?: Within): FlowScalar {
  const { text, at: start, isLenient } = cursor;
  const first = text.charCodeAt(start);
  const isQuoted = first === 34 || first === 39;
  const { value, end } = isQuoted
    ? readQuoted(text, start, within, isLenient)
    : readPlain(text, start, inBrackets, within);
  cursor.at = end;
  return { range: { start, end }, value, isQuoted };
}

export function keyOf({ range, value, isQuoted }: FlowScalar): { readonly key: string; readonly keyRange: Range } {
  return { key: isQuoted ? value : String(resolved(value)), keyRange: range };
}

export function scalarTree(text: string, { range, value, isQuoted }: FlowScalar, tag: string | undefined): TreeScalar {
  if (isQuoted) return yamlScalar(text, { range, tag, value }, text.charAt(range.start) === '"' ? 'double' : 'single');
  return yamlScalar(text, { range, tag, value: tag === undefined ? resolved(value) : value }, 'plain');
}

/** A value that is none. */
export function emptyTree(text: string, at: number, tag: string | undefined): TreeScalar {
  return scalarTree(text, { range: { start: at, end: at }, value: tag === undefined ? '~' : '', isQuoted: false }, tag);
}

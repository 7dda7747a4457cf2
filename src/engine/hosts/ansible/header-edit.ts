/** A new entry of a module's `headers`, in the file's own style. */
import type { TextEdit } from '../../text/range';
import { get, type TreeMap } from '../tree/tree';
import { newlineOf } from '../../text/newline';

/** Undefined where the map is written in a way that is no model to follow. */
export function headerEdit(text: string, module: TreeMap, name: string, value: string): TextEdit | undefined {
  const entry = `${name}: "${value}"`;
  const headers = get(module, 'headers');
  if (headers && headers.kind !== 'map') return undefined;
  const [first] = headers ? headers.entries : module.entries;
  if (!first) return undefined;
  const isFlow = text.charAt((headers ?? module).range.start) === '{';
  const { start } = first.keyRange;
  const insert = (newText: string): TextEdit => ({ range: { start, end: start }, newText });
  if (isFlow) return insert(headers ? `${entry}, ` : `headers: {${entry}}, `);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const margin = text.slice(lineStart, start);
  if (!/^ +$/.test(margin)) return undefined;
  const newline = newlineOf(text);
  return insert(headers ? `${entry}${newline}${margin}` : `headers:${newline}${margin}  ${entry}${newline}${margin}`);
}

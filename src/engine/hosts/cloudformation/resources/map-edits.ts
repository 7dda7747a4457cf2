/** New entries of maps, and values of them, as the template writes its own. */
import type { Range, TextEdit } from '../../../text/range';
import { get, type TreeEntry, type TreeMap } from '../../tree/tree';
import { spellPlain } from '../../tree/spell-scalar';
import type { TemplateResource } from '../template';
import { newlineOf } from '../../../text/newline';

export interface Style {
  readonly isJson: boolean;
  readonly newline: string;
  /** What a level is indented by. */
  readonly unit: string;
}

type Value = string | number | boolean;

/** Of the resource's properties, which the template has written itself. */
export function styleOf(host: string, { tree, keyRange }: TemplateResource): Style {
  const isJson = /^\uFEFF?\s*\{/.test(host);
  const newline = newlineOf(host);
  const inner = tree.entries.find((entry) => isWithin(entry.keyRange, tree.range));
  const outer = indentation(host, keyRange.start);
  const below = inner ? indentation(host, inner.keyRange.start) : '';
  const unit = below.startsWith(outer) && below.length > outer.length ? below.slice(outer.length) : '  ';
  return { isJson, newline, unit };
}

/** The entry of a map that is written in it, rather than merged into it from elsewhere. */
function isWithin(range: Range, outer: Range): boolean {
  return range.start >= outer.start && range.end <= outer.end;
}

/** Blanks at the beginning of the line. */
export function indentation(host: string, position: number): string {
  const lineStart = host.lastIndexOf('\n', position - 1) + 1;
  return /^[ \t]*/.exec(host.slice(lineStart, position))?.[0] ?? '';
}

/** `keys` lead to the value; each but the last is a map of its own. In front of the first entry, which tells how entries are written. */
export function insertEntry(
  host: string,
  map: TreeMap,
  keys: readonly string[],
  value: Value,
  style: Style,
): readonly TextEdit[] | undefined {
  const first = map.entries.find(({ keyRange }) => isWithin(keyRange, map.range));
  const isFlow = host.charAt(map.range.start) === '{';
  if (!first) return isFlow && get(map, '<<') === undefined ? emptyMap(host, map, keys, value, style) : undefined;
  const { start } = first.keyRange;
  const at = { start, end: start };
  if (isFlow) {
    const between = host.slice(map.range.start + 1, start);
    if (!/^\s*$/.test(between)) return undefined;
    const separator = between.includes('\n') ? between : ' ';
    const spelled = flowEntry(
      keys,
      value,
      style,
      between.includes('\n') ? indentation(host, start) : undefined,
      first,
      host,
    );
    return [{ range: at, newText: `${spelled},${separator}` }];
  }
  const lineStart = host.lastIndexOf('\n', start - 1) + 1;
  if (!/^[ ]*(?:- +)*$/.test(host.slice(lineStart, start))) return undefined;
  const margin = ' '.repeat(start - lineStart);
  const lines = keys.map((key, depth) => {
    const isLast = depth === keys.length - 1;
    return `${style.unit.repeat(depth)}${key}:${isLast ? ` ${spellPlain(value)}` : ''}`;
  });
  return [{ range: at, newText: lines.map((line) => `${line}${style.newline}${margin}`).join('') }];
}

function emptyMap(
  host: string,
  { range }: TreeMap,
  keys: readonly string[],
  value: Value,
  style: Style,
): readonly TextEdit[] | undefined {
  if (!/^\{\s*\}$/.test(host.slice(range.start, range.end))) return undefined;
  return [{ range, newText: `{ ${flowEntry(keys, value, style, undefined, undefined, host)} }` }];
}

/** `"A": { "B": 1 }`, over several lines where `margin` says how far the first one is indented. */
function flowEntry(
  keys: readonly string[],
  value: Value,
  style: Style,
  margin: string | undefined,
  like: TreeEntry | undefined,
  host: string,
): string {
  const { isJson, newline, unit } = style;
  const quote = isJson ? '"' : like ? (/^["']/.exec(host.slice(like.keyRange.start))?.[0] ?? '') : '';
  const colon = isJson && like ? colonBehind(host, like) : ': ';
  const [key = '', ...rest] = keys;
  const name = `${quote}${key}${quote}`;
  if (rest.length === 0) return `${name}${colon}${isJson ? JSON.stringify(value) : spellPlain(value)}`;
  if (margin === undefined) return `${name}${colon}{ ${flowEntry(rest, value, style, undefined, like, host)} }`;
  const inner = margin + unit;
  return `${name}${colon}{${newline}${inner}${flowEntry(rest, value, style, inner, like, host)}${newline}${margin}}`;
}

/** A colon with the blanks around it, as JSON has it elsewhere; columns are not kept up. */
function colonBehind(host: string, { keyRange: { end } }: TreeEntry): string {
  const [, before = '', behind = ' '] = /^([ \t]*):([ \t]*)\S/.exec(host.slice(end, end + 80)) ?? [];
  return `${before.slice(0, 1)}:${behind.slice(0, 1)}`;
}

/**
 * Structures as AWS's command line takes them: JSON, or its shorthand (AWS CLI User Guide, "Using shorthand syntax"). Scalars keep where they stand in the text.
 */
import { parseJson } from '../../hosts/tree/json';
import { textOf, type Tree } from '../../hosts/tree/tree';

export type Structure = ScalarStructure | ListStructure | MapStructure;

export interface ScalarStructure {
  readonly kind: 'scalar';
  readonly value: string;
  /** Offsets in the text that was read. */
  readonly start: number;
  readonly end: number;
}

export interface ListStructure {
  readonly kind: 'list';
  readonly items: readonly Structure[];
}

export interface MapStructure {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Structure>;
}

const MAX_DEPTH = 12;
const MAX_LENGTH = 20_000;

/** Undefined where the text is neither. */
export function readStructure(text: string): Structure | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  if (!/^\s*[[{]/.test(text)) return readShorthand(text);
  const tree = parseJson(text);
  return tree && fromTree(tree, 0);
}

function fromTree(tree: Tree, depth: number): Structure | undefined {
  if (depth > MAX_DEPTH) return undefined;
  switch (tree.kind) {
    case 'list':
      return { kind: 'list', items: tree.items.flatMap((item) => fromTree(item, depth + 1) ?? []) };
    case 'map': {
      const entries = new Map<string, Structure>();
      for (const { key, value } of tree.entries) {
        const read = fromTree(value, depth + 1);
        if (read) entries.set(key, read);
      }
      return { kind: 'map', entries };
    }
    case 'scalar': {
      const value = textOf(tree);
      if (value === undefined) return undefined;
      const quote = typeof tree.value === 'string' ? 1 : 0;
      return { kind: 'scalar', value, start: tree.range.start + quote, end: tree.range.end - quote };
    }
  }
}

interface Cursor {
  readonly text: string;
  at: number;
}

/** Thrown where the text is no shorthand, and caught in this file. */
const NO_SHORTHAND = new Error('This is no shorthand.');

function readShorthand(text: string): Structure | undefined {
  const cursor = { text, at: 0 };
  try {
    const read = pairs(cursor, '', 0);
    return cursor.at === text.length && read.entries.size > 0 ? read : undefined;
  } catch (error) {
    if (error === NO_SHORTHAND) return undefined;
    throw error;
  }
}

/** `key=value,key=value`, up to `closing`. */
function pairs(cursor: Cursor, closing: '' | '}', depth: number): MapStructure {
  const entries = new Map<string, Structure>();
  const { text } = cursor;
  for (;;) {
    const [key] = /^\s*[\w.-]{1,100}=/.exec(text.slice(cursor.at, cursor.at + 120)) ?? [];
    if (key === undefined) throw NO_SHORTHAND;
    cursor.at += key.length;
    entries.set(key.trim().slice(0, -1), values(cursor, closing, depth + 1));
    const next = text.charAt(cursor.at);
    if (next !== ',') break;
    cursor.at++;
  }
  return { kind: 'map', entries };
}

/** A value, or several with commas between them where no key follows: `a=1,2,b=3`. */
function values(cursor: Cursor, closing: '' | '}', depth: number): Structure {
  const first = value(cursor, closing === '' ? ',' : ',}', depth);
  const items = [first];
  const { text } = cursor;
  while (
    first.kind === 'scalar' &&
    text.charAt(cursor.at) === ',' &&
    !/^,\s*[\w.-]{1,100}=/.test(text.slice(cursor.at, cursor.at + 120))
  ) {
    cursor.at++;
    items.push(value(cursor, closing === '' ? ',' : ',}', depth));
  }
  return items.length === 1 ? first : { kind: 'list', items };
}

/** @param until characters that end it where it has no quotes */
function value(cursor: Cursor, until: string, depth: number): Structure {
  if (depth > MAX_DEPTH) throw NO_SHORTHAND;
  const { text } = cursor;
  while (text.charAt(cursor.at) === ' ') cursor.at++;
  const opening = text.charAt(cursor.at);
  if (opening === '[') return list(cursor, depth);
  if (opening === '{') {
    cursor.at++;
    const read = pairs(cursor, '}', depth);
    closed(cursor, '}');
    return read;
  }
  if (opening === '"' || opening === "'") {
    const end = text.indexOf(opening, cursor.at + 1);
    if (end === -1) throw NO_SHORTHAND;
    const start = cursor.at + 1;
    cursor.at = end + 1;
    return { kind: 'scalar', value: text.slice(start, end), start, end };
  }
  const start = cursor.at;
  while (cursor.at < text.length && !until.includes(text.charAt(cursor.at))) cursor.at++;
  const written = text.slice(start, cursor.at).trimEnd();
  return { kind: 'scalar', value: written, start, end: start + written.length };
}

function list(cursor: Cursor, depth: number): ListStructure {
  cursor.at++;
  const items: Structure[] = [];
  while (cursor.text.charAt(cursor.at) !== ']') {
    items.push(value(cursor, ',]', depth + 1));
    if (cursor.text.charAt(cursor.at) === ',') cursor.at++;
    else if (cursor.text.charAt(cursor.at) !== ']') throw NO_SHORTHAND;
  }
  closed(cursor, ']');
  return { kind: 'list', items };
}

function closed(cursor: Cursor, closing: string): void {
  if (cursor.text.charAt(cursor.at) !== closing) throw NO_SHORTHAND;
  cursor.at++;
}

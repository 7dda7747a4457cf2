import { type Cursor, NOT_SIMPLE } from './cursor';

/** A tag of the application's own: `!Ref`, `!GetAtt`. */
const TAG = /!([A-Za-z][\w:.-]*)(?=[ \t\r\n]|$)/y;

/** Reads a tag and stops behind it. */
export function readTag(cursor: Cursor): string | undefined {
  if (cursor.text.charAt(cursor.at) !== '!') return undefined;
  TAG.lastIndex = cursor.at;
  const tag = TAG.exec(cursor.text);
  if (!tag) throw NOT_SIMPLE;
  cursor.at = TAG.lastIndex;
  return tag[0];
}

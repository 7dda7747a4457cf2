/** What stands in front of a node: YAML 1.2.2, chapter 6.9. */
import { type Cursor, NOT_SIMPLE, skipSpaces } from './cursor';

export interface Properties {
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
}

export const NO_PROPERTIES: Properties = { tag: undefined, anchor: undefined };

/** A tag of the application's own: `!Ref`, `!GetAtt`. */
const TAG = /!([A-Za-z][\w:.-]*)(?=[ \t\r\n]|$)/y;
const ANCHOR = /&([\w.-]+)(?=[ \t\r\n]|$)/y;

/** Reads a tag, an anchor or both, and stops behind the blanks behind them. */
export function readProperties(cursor: Cursor): Properties {
  let properties = NO_PROPERTIES;
  for (;;) {
    const first = cursor.text.charAt(cursor.at);
    if (first !== '!' && first !== '&') return properties;
    if ((first === '!' ? properties.tag : properties.anchor) !== undefined) throw NOT_SIMPLE;
    const pattern = first === '!' ? TAG : ANCHOR;
    pattern.lastIndex = cursor.at;
    const found = pattern.exec(cursor.text);
    if (!found) throw NOT_SIMPLE;
    properties = first === '!' ? { ...properties, tag: found[0] } : { ...properties, anchor: found[1] };
    cursor.at = pattern.lastIndex;
    skipSpaces(cursor);
  }
}

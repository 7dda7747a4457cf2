/**
 * A small host language, written and read here and nowhere else: lines are indented by four blanks, a backslash escapes quotes, dollars and itself,
 * and `${name}` puts something in that is no script text. Behind the last newline stands nothing.
 */
import fc from '../../../test/fast-check';
import { scriptBuilder, type Codec, type SourceMap } from '../text/source-map';

export const INDENT = '    ';
/** What stands in the script for something that the host puts in. */
export const PUT_IN = '\ue000';

/** Escapes and indents, as somebody who writes this host by hand would. */
const WRITTEN: Codec = {
  encode: (text) => (text.includes(PUT_IN) ? undefined : text.replace(/[\\"$]/g, '\\$&').replace(/\n/g, `\n${INDENT}`)),
};

export function writeHost(script: string): string {
  const line = (text: string): string => INDENT + text.replace(/[\\"$]/g, '\\$&').replaceAll(PUT_IN, '${name}');
  return script
    .split('\n')
    .map(line)
    .join('\n')
    .replace(/(?<=\n) {4}$/, '');
}

/** Reads the host without a map, so that a map can be held against it. */
export function readHost(host: string): string {
  return host
    .replace(/^ {0,4}/gm, '')
    .replace(/\\(.)|\$\{name\}/g, (_, escaped: string | undefined) => escaped ?? PUT_IN);
}

/** Reads it with a map. */
export function mapHost(host: string): { readonly text: string; readonly map: SourceMap } {
  const builder = scriptBuilder(host, WRITTEN);
  for (const match of host.matchAll(/(^ {4})|\\(.)|(\$\{name\})|[^]/gm)) {
    const [whole, indent, escaped, putIn] = match;
    const end = match.index + whole.length;
    if (indent !== undefined) builder.softGap();
    else if (escaped !== undefined) builder.unit(escaped, match.index, end);
    else if (putIn !== undefined) builder.opaque(PUT_IN, match.index, end);
    else builder.copy(match.index, end);
  }
  return builder.build();
}

const PLAIN = ['a', 'b', '漢', '"', '$', '\\', '\n', '\n'];
export const plainText = fc.string({ unit: fc.constantFrom(...PLAIN), maxLength: 12 });
export const hostScript = fc.string({ unit: fc.constantFrom(...PLAIN, PUT_IN), maxLength: 40 });

/** Scripts that a script writes: texts over several lines that go to a file whole. */
import type { Embedded } from '../hosts/host';
import { readSyntax, readOnly, type Piece } from '../hosts/piece';
import { placeholderTable, type Placeholders } from '../program/placeholders';
import { pattern, type Value } from '../program/value';
import { scriptBuilder, type Codec } from '../text/source-map';
import type { Analysis } from './analyse';
import { contentOf } from './interpret/evaluate';
import { valueOf, type Datum } from './interpret/datum';
import { variable, type Machine } from './interpret/machine';
import type { Node } from './syntax/parse';

export interface WrittenFile {
  /** As far as it is known; empty where nothing is. */
  readonly name: string;
  readonly literal: Node;
  /** What is known of a variable in it. */
  readonly lookup: (name: string) => Value;
}

export function writtenFiles(path: Datum, content: Datum, machine: Machine): readonly WrittenFile[] {
  const [text, ...more] = valueOf(path);
  const name = text && more.length === 0 ? pattern(text, '_').replace(/\\/g, '/') : '';
  // What is known then, since it may be something else later.
  const variables = new Map(machine.state.variables);
  const lookup = (written: string): Value =>
    valueOf(variables.get(written.toLowerCase()) ?? variable(machine, written));
  return content.flatMap((alternative) =>
    alternative.kind === 'text' && alternative.origin ? [{ name, literal: alternative.origin, lookup }] : [],
  );
}

/** What nobody writes to a file who does not mean a script. */
const POWERSHELL = /\b(?:Invoke-RestMethod|Invoke-WebRequest|New-Object\s+(?:System\.)?Net\.WebClient)\b/i;
const KNOWN = /\.(?:ps1|psm1|sh|bash)$/i;

export function embeddedDocuments(analysis: Analysis | undefined, text: string): readonly Embedded[] {
  if (!analysis) return [];
  const result: Embedded[] = [];
  const seen = new Set<number>();
  for (const { name, literal, lookup } of analysis.files) {
    if (seen.has(literal.start)) continue;
    seen.add(literal.start);
    const table = placeholderTable(analysis.source.placeholders);
    const piece = pieceOf(literal, text, lookup, table);
    const isScript = KNOWN.test(name) || POWERSHELL.test(piece.text);
    if (!isScript) continue;
    const language = KNOWN.test(name) ? {} : { languageId: 'powershell' };
    result.push({ document: { name, text: piece.text, placeholders: table.values, ...language }, map: piece.map });
  }
  return result;
}

/** New text in a string in single quotes; in a here-string it stands as it is. */
const SINGLE: Codec = { encode: (text) => text.replace(/'/g, "''") };
const DOUBLE: Codec = { encode: (text) => text.replace(/[`$"]/g, '`$&') };
const HERE: Codec = { encode: (text) => (/(?:^|\n)["']@/.test(text) ? undefined : text) };
const EXPANDABLE_HERE: Codec = {
  encode: (text) => (/(?:^|\n)"@/.test(text) ? undefined : text.replace(/[`$]/g, '`$&')),
};

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };
const SYNTAX = /`([^])|\$(?:\{([^}\n]{1,100})\}|((?:\w{1,40}:)?\w{1,100}))|\$\([^()\n]{0,400}\)|(")"/g;

function pieceOf(literal: Node, text: string, lookup: (name: string) => Value, table: Placeholders): Piece {
  const { start, end } = contentOf(literal, text);
  const isHere = literal.type.includes('here_string');
  const builder = scriptBuilder(text, isHere ? HERE : SINGLE);
  builder.copy(start, end);
  const whole = builder.build();
  if (literal.type === 'verbatim_here_string_characters') return whole;
  if (literal.type === 'verbatim_string_characters') {
    return readSyntax(whole, { pattern: /''/g, read: () => ({ text: "'" }), codec: SINGLE }, table);
  }
  const codec = isHere ? EXPANDABLE_HERE : DOUBLE;
  const plain = scriptBuilder(text);
  plain.copy(start, end);
  const piece = readSyntax(
    plain.build(),
    {
      pattern: SYNTAX,
      read: ([whole, escaped, braced, name, quote]) => {
        if (escaped !== undefined) return { text: escaped === '\n' ? '' : (ESCAPES[escaped] ?? escaped) };
        if (quote !== undefined) return isHere ? undefined : { text: '"' };
        return { value: whole.startsWith('$(') ? [[{ hole: 'unknown' }]] : lookup(braced ?? name ?? '') };
      },
      codec,
    },
    table,
  );
  // A subexpression that was not understood stands there as text that is none.
  return piece.text.includes('$(') && /(?<!`)\$\(/.test(text.slice(start, end)) ? readOnly(piece) : piece;
}

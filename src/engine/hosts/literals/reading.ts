/** A program while its literals are looked at. */
import type { Placeholders } from '../../program/placeholders';
import { verified } from '../embedding/verified';
import type { Embedded } from '../host';
import { readOnly, type Piece } from '../piece';
import type { Syntax } from './languages';
import { literalPiece } from './literal-piece';
import { literalsIn, type Literal } from './scan';

/** What changes the text once more: `%`, `.format(...)`, `.replace(...)`. */
const CHANGED = /^\s*(?:%(?!=)|\.(?:format|replace|gsub|sub|split|replaceAll|trim_margin)\b)/;

export interface Reading {
  readonly text: string;
  readonly syntax: Syntax;
  readonly literals: readonly Literal[];
  readonly placeholders: Placeholders;
}

export function pieceOf({ text, syntax, literals, placeholders }: Reading, literal: Literal): Piece {
  const piece = literalPiece(text, literal, syntax, placeholders);
  const behind = text.slice(literal.range.end, literal.range.end + 40);
  if (CHANGED.test(behind)) return readOnly(piece);
  const index = literals.indexOf(literal);
  const same: Placeholders = { values: new Map(), add: () => '\uE000' };
  return verified(piece, text, (host) => {
    const again = literalsIn(host, syntax);
    const other = again.length === literals.length ? again[index] : undefined;
    return other && literalPiece(host, other, syntax, same).text;
  });
}

export function embedded(
  { placeholders }: Reading,
  room: boolean,
  { text, map }: Piece,
  languageId?: string,
): Embedded {
  const document = {
    name: '',
    text,
    placeholders: placeholders.values,
    ...(languageId === undefined ? {} : { languageId }),
  };
  return { document: room ? document : { ...document, oneLine: true }, map };
}

export function hasRoom({ quoting }: Literal, { text }: Piece): boolean {
  return quoting.hasLines || text.includes('\n');
}

/** Modes of files that are written out of a configuration. */
import type { Embedded } from '../host';
import { impliedPiece, joinPieces, type Piece } from '../piece';
import type { Tree } from '../tree/tree';
import type { Carrier } from './carrier';
import { quote } from './setup';

/** In octal, without quotes only where YAML 1.1 reads it so. */
const OCTAL = /^(?:0|["']0?)[0-7]{3,4}["']?$/;
const SYMBOLIC = /^["']?[ugoa]{0,4}[-+=][-+=rwxXstugoa,]{0,40}["']?$/;

/** The mode of a file, as the command that would set it. */
export function embedMode(
  carrier: Carrier,
  path: string,
  mode: Tree | undefined,
  { symbolic = false, recursive = false } = {},
): readonly Embedded[] {
  if (mode?.kind !== 'scalar' || path === '') return [];
  const { start, end } = mode.range;
  const written = carrier.text.slice(start, end);
  if (!OCTAL.test(written) && !(symbolic && SYMBOLIC.test(written))) return [];
  const implied = (text: string): Piece => impliedPiece(text, mode.range);
  const command = [implied(recursive ? 'chmod -R ' : 'chmod '), carrier.piece(mode), implied(` ${quote(path)}`)];
  const { text, map } = joinPieces(command);
  return [{ document: { name: '', text, languageId: 'shellscript', oneLine: true }, map }];
}

/** Texts that intrinsic functions put together, with the way to write in them. */
import { possibilities, text, type Datum } from '../../ec2/datum';
import type { Placeholders } from '../../program/placeholders';
import { join, knownValue, literal, UNKNOWN, type Value } from '../../program/value';
import { scriptBuilder, type Codec } from '../../text/source-map';
import { applyIfApart } from '../../text/edits';
import type { TextEdit } from '../../text/range';
import { hasRoomForLines } from '../embedding/carrier';
import { mentions } from '../embedding/mention';
import { impliedPiece, joinPieces, opaquePiece, type Piece } from '../piece';
import { itemsOf, textOf, type Tree, type TreeScalar } from '../tree/tree';
import { evaluate, type Scope } from './evaluate';
import { callOf, isNoValue } from './functions';
import { substitutionOf, variable, VARIABLE } from './text-functions';

/** What a text is put together for. */
export interface PieceScope extends Scope {
  readonly placeholders: Placeholders;
  /** Which branch of `Fn::If` to take where the branches are scripts or parts of one. */
  readonly branch: 0 | 1;
  /** Told when there was such a choice. */
  readonly onChoice: () => void;
}

/** A text as a piece; undefined where it is left out. */
export function pieceOf(tree: Tree, scope: PieceScope): Piece | undefined {
  if (isNoValue(tree) || scope.depth > 60) return undefined;
  const inner = { ...scope, depth: scope.depth + 1 };
  const call = callOf(tree);
  if (!call) return tree.kind === 'scalar' ? scalarText(tree, scope) : opaque(tree, scope);
  const { name, argument } = call;
  const piece = ((): Piece | undefined => {
    switch (name) {
      case 'Fn::Sub':
        return substitutedText(argument, inner);
      case 'Fn::Join':
        return joinedText(argument, inner) ?? opaque(tree, scope);
      case 'Fn::If':
        return chosenText(tree, argument, inner);
      case 'Fn::Select': {
        const [index, list] = itemsOf(argument);
        const item = itemsOf(list)[Number(textOf(index) ?? -1)];
        return item ? pieceOf(item, inner) : opaque(tree, scope);
      }
      default:
        return opaque(tree, scope);
    }
  })();
  // New elements of a list stand in front of the call, not within it.
  return piece && tree.insertLines ? { ...piece, insertLines: tree.insertLines } : piece;
}

function scalarText(tree: TreeScalar, { template, placeholders }: PieceScope): Piece {
  if (typeof tree.value === 'string') return template.carrier.piece(tree);
  return opaquePiece(literal(textOf(tree) ?? ''), tree.range, placeholders);
}

function opaque(tree: Tree, scope: PieceScope): Piece {
  return opaquePiece(valueOfDatum(evaluate(tree, scope)), tree.range, scope.placeholders);
}

/** What is known of a value, for whoever reads a script that it is put into. */
export function valueOfDatum(datum: Datum | undefined): Value {
  return join(
    ...possibilities(datum).map(({ datum: each }): Value => {
      const known = each ? text(each) : '';
      return known === undefined ? UNKNOWN : literal(known);
    }),
  );
}

const SUBSTITUTION: Codec = { encode: (added) => added.replace(/\$\{/g, '${!') };

function substitutedText(argument: Tree, scope: PieceScope): Piece {
  const { template, own } = substitutionOf(argument);
  if (template?.kind !== 'scalar') return opaque(argument, scope);
  const { text: written, map } = scalarText(template, scope);
  const shown = new Map<string, string>();
  const show = (name: string): string => {
    const value = valueOfDatum(variable(name, own, template.range, scope));
    const characters = shown.get(name) ?? knownValue(value) ?? scope.placeholders.add(value);
    shown.set(name, characters);
    return characters;
  };
  const builder = scriptBuilder(written, SUBSTITUTION);
  let at = 0;
  for (const match of written.matchAll(VARIABLE)) {
    const [whole, , name] = match;
    const end = match.index + whole.length;
    builder.copy(at, match.index);
    at = name === undefined ? match.index + 3 : end;
    if (name === undefined) builder.unit('${', match.index, at);
    else builder.opaque(show(name), match.index, end);
  }
  builder.copy(at, written.length);
  const read = builder.build();
  const toHostEdits = (edits: readonly TextEdit[]): readonly TextEdit[] | undefined => {
    const local = read.map.toHostEdits(edits);
    if (!local || edits.length === 0) return local;
    // A dollar and a brace that come together by an edit would be read as something that is put in.
    const after = applyIfApart(written, local)?.replace(VARIABLE, (_, literal?: string, name?: string) =>
      name === undefined ? `\${${literal ?? ''}}` : (shown.get(name) ?? ''),
    );
    if (after === undefined || after !== applyIfApart(read.text, edits)) return undefined;
    return misspelt(applyIfApart(written, local) ?? '') > misspelt(written) ? undefined : map.toHostEdits(local);
  };
  return { text: read.text, map: { toHost: (range) => map.toHost(read.map.toHost(range)), toHostEdits } };
}

/** How many braces hold what is no name, which CloudFormation refuses. */
function misspelt(text: string): number {
  return text.match(/\$\{(?![ \t]{0,9}[A-Za-z0-9_:.&]+[ \t]{0,9}\}|!)[^}]{0,500}\}/g)?.length ?? 0;
}

function joinedText(argument: Tree, scope: PieceScope): Piece | undefined {
  const [delimiter, list] = itemsOf(argument);
  const between = textOf(delimiter);
  if (between === undefined || list?.kind !== 'list' || callOf(list)) return undefined;
  const pieces = list.items.flatMap((item) => pieceOf(item, scope) ?? []);
  return pieces.length === 0 ? impliedPiece('', list.range) : joinPieces(pieces, between);
}

/** Both branches are read, one after the other, where what they put in is more than a word. */
function chosenText(tree: Tree, argument: Tree, scope: PieceScope): Piece | undefined {
  const branches = itemsOf(argument).slice(1, 3);
  const pieces = branches.map((branch) => pieceOf(branch, scope));
  if (!pieces.some((piece) => piece && (piece.text.includes('\n') || mentions(piece.text)))) return opaque(tree, scope);
  scope.onChoice();
  return pieces[scope.branch];
}

/** True where new lines can be written into a text. */
export function hasRoom(tree: Tree, scope: PieceScope): boolean {
  const call = callOf(tree);
  if (!call) return tree.kind === 'scalar' && hasRoomForLines(scope.template.carrier, tree);
  if (call.name !== 'Fn::Sub') return true;
  const { template } = substitutionOf(call.argument);
  return template?.kind === 'scalar' && hasRoomForLines(scope.template.carrier, template);
}

/** Nodes of YAML as trees, whoever parsed them. */
import { scriptBuilder } from '../../text/source-map';
import type { Piece } from '../piece';
import { insertBehindDashes, insertInBrackets, withProperties } from './list-elements';
import type { Tree, TreeScalar } from './tree';
import { scalarPiece, type YamlStyle } from './yaml-scalar';

export function yamlScalar(
  host: string,
  { range, tag, value }: Pick<TreeScalar, 'range' | 'tag' | 'value'>,
  style: YamlStyle,
): TreeScalar {
  const piece = (): Piece => {
    if (typeof value === 'string') return scalarPiece(host, { style, range, value });
    const builder = scriptBuilder(host);
    builder.copy(range.start, range.end);
    return builder.build();
  };
  return { kind: 'scalar', range, tag, value, piece };
}

/** An item that new ones can be put in front of. */
export function itemOfList(item: Tree, host: string, isBlock: boolean, isFirst: boolean): Tree {
  const position = withProperties(host, item.range.start);
  const spell = host.charAt(item.range.start) === '"' ? JSON.stringify : quoted;
  const insertLines = isBlock
    ? insertBehindDashes(host, position, spell)
    : insertInBrackets(host, position, isFirst, spell);
  if (!insertLines) return item;
  if (item.kind !== 'scalar' || typeof item.value !== 'string' || item.tag !== undefined)
    return { ...item, insertLines };
  return { ...item, insertLines, piece: () => ({ ...item.piece(), insertLines }) };
}

function quoted(line: string): string {
  return line.includes('\n') ? JSON.stringify(line) : `'${line.replace(/'/g, "''")}'`;
}

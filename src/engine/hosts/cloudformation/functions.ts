/** Calls of intrinsic functions, in their long form (`Fn::Sub: text`) and in YAML's short one (`!Sub text`). */
import type { Tree } from '../tree/tree';

export interface Call {
  /** `Ref`, `Condition`, or the name with `Fn::` in front. */
  readonly name: string;
  readonly argument: Tree;
}

/** The call that a value is; undefined where it stands for itself. */
export function callOf(tree: Tree): Call | undefined {
  if (tree.tag !== undefined) {
    const short = tree.tag.slice(1);
    const name = short === 'Ref' || short === 'Condition' || short.startsWith('Fn::') ? short : `Fn::${short}`;
    return { name, argument: withoutTag(tree) };
  }
  if (tree.kind !== 'map' || tree.entries.length !== 1) return undefined;
  const [entry] = tree.entries;
  if (!entry || !/^(?:Ref|Condition|Fn::\w+)$/.test(entry.key)) return undefined;
  return { name: entry.key, argument: entry.value };
}

function withoutTag(tree: Tree): Tree {
  return { ...tree, tag: undefined };
}

/** True where a condition takes the value away: `AWS::NoValue`. */
export function isNoValue(tree: Tree): boolean {
  const call = callOf(tree);
  return call?.name === 'Ref' && call.argument.kind === 'scalar' && call.argument.value === 'AWS::NoValue';
}

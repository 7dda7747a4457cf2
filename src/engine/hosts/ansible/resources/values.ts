/** Values of tasks as data: what is written, and what a variable of the same file holds. */
import type { Datum, Scalar } from '../../../ec2/datum';
import type { Range, TextEdit } from '../../../text/range';
import { spellScalar, withoutQuotes } from '../../tree/spell-scalar';
import type { Tree } from '../../tree/tree';
import { assignmentsIn } from '../variables';

/** Characters that cover expressions of Jinja. */
const COVERED = /[\uE000-\uF8FF]/;
const VARIABLE = /^["']?\{\{-?[ \t]*(\w+)[ \t]*-?\}\}["']?$/;
/** The words of YAML 1.1, which Ansible reads. */
const BOOLEAN = /^(?:true|false|yes|no|on|off)$/i;
const MAX_DEPTH = 12;

export interface Values {
  /** @param tree undefined for what is left out */
  of(tree: Tree | undefined): Datum | undefined;
  /** Edits that write another value where a datum is written as it is read. */
  replace(datum: Datum, value: string | number | boolean): readonly TextEdit[] | undefined;
}

/** @param text the file as it is written; offsets of the tree are its own */
export function valuesIn(text: string, tree: Tree): Values {
  const variables = variableTrees(tree);

  const read = (at: Tree, depth: number, origin?: { readonly range: Range; readonly name: string }): Datum => {
    const range = origin?.range ?? at.range;
    if (depth > MAX_DEPTH) return { kind: 'unknown', why: 'it is nested too deep', range };
    switch (at.kind) {
      case 'list':
        return { kind: 'list', complete: true, range, items: at.items.map((item) => read(item, depth + 1, origin)) };
      case 'map': {
        const entries = at.entries.map(({ key, value }) => [key, read(value, depth + 1, origin)] as const);
        return { kind: 'mapping', complete: true, range, entries: new Map(entries) };
      }
      case 'scalar': {
        if (at.value === null) return { kind: 'unknown', why: 'nothing is written', range };
        if (typeof at.value !== 'string' || !COVERED.test(at.value)) return scalar(at.value, at.range, origin);
        const name = VARIABLE.exec(text.slice(at.range.start, at.range.end).trim())?.[1];
        const held = name === undefined ? undefined : variables.get(name);
        return held && name !== undefined && !origin
          ? read(held, depth + 1, { range: at.range, name })
          : { kind: 'unknown', why: 'an expression is not evaluated', range };
      }
    }
  };

  return {
    of: (at) => at && read(at, 0),
    replace: (datum, value) => {
      if (datum.kind !== 'scalar') return undefined;
      const range = datum.origin?.range ?? datum.range;
      const written = text.slice(range.start, range.end);
      const content = withoutQuotes(written);
      const isWritten = content === String(datum.value) || (typeof datum.value === 'boolean' && BOOLEAN.test(content));
      return isWritten ? [{ range, newText: spellScalar(value, written, false) }] : undefined;
    },
  };
}

function scalar(
  value: string | number | boolean,
  written: Range,
  origin: { readonly range: Range; readonly name: string } | undefined,
): Scalar {
  return origin
    ? { kind: 'scalar', value, range: origin.range, origin: { range: written, what: `the value of ${origin.name}` } }
    : { kind: 'scalar', value, range: written };
}

/** Variables that are set once in the whole file. */
function variableTrees(tree: Tree): ReadonlyMap<string, Tree | undefined> {
  const trees = new Map<string, Tree | undefined>();
  for (const { key, value } of assignmentsIn(tree)) trees.set(key, trees.has(key) ? undefined : value);
  return trees;
}

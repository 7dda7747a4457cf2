/** Jobs of a pipeline, each with what it takes from others: `extends`, `default`, and the keys at the top. */
import { entriesOf, get, itemsOf, textOf, type Tree } from '../tree/tree';

export interface Job {
  readonly tree: Tree;
  readonly before: Tree | undefined;
  readonly script: Tree | undefined;
  readonly after: Tree | undefined;
  /** Maps of variables, the outermost first. */
  readonly variables: readonly Tree[];
}

/** Keys at the top that are no jobs. */
const KEYWORDS = new Set([
  'default',
  'include',
  'stages',
  'variables',
  'workflow',
  'image',
  'services',
  'cache',
  'spec',
]);
/** GitLab's own limit is eleven levels. */
const MAX_LEVELS = 11;

export function jobsIn(tree: Tree): readonly Job[] {
  const jobs = entriesOf(tree).filter(({ key, value }) => value.kind === 'map' && !KEYWORDS.has(key));
  const result: Job[] = [];
  // What stands at the top is written there and not in the jobs that have it too.
  for (const top of [tree, get(tree, 'default')]) {
    const before = get(top, 'before_script');
    const after = get(top, 'after_script');
    if (before ?? after) result.push({ tree, before, script: undefined, after, variables: variablesOf([tree]) });
  }
  for (const { value } of jobs) {
    const chain = ancestors(tree, value);
    const find = (key: string): Tree | undefined => {
      for (const each of [...chain, get(tree, 'default'), tree]) {
        const found = get(each, key);
        if (found) return found;
      }
      return undefined;
    };
    const script = chain.map((each) => get(each, 'script')).find((found) => found !== undefined);
    // Without a script it is for others to take from.
    const own = { before: get(value, 'before_script'), after: get(value, 'after_script') };
    if (!script && !own.before && !own.after) continue;
    const parts = script ? { before: find('before_script'), after: find('after_script') } : own;
    result.push({ tree: value, script, ...parts, variables: variablesOf([tree, ...[...chain].reverse()]) });
  }
  return result;
}

function variablesOf(trees: readonly Tree[]): readonly Tree[] {
  return trees.flatMap((tree) => {
    const variables = get(tree, 'variables');
    return variables ? [variables] : [];
  });
}

/** The job and those that it extends, the nearest first, each once. Of several the last one counts most. */
function ancestors(tree: Tree, job: Tree): readonly Tree[] {
  const found = new Set<Tree>();
  const add = (each: Tree, level: number): void => {
    if (found.has(each) || level > MAX_LEVELS) return;
    found.add(each);
    const extended = get(each, 'extends');
    const names = extended?.kind === 'list' ? itemsOf(extended).map(textOf) : [textOf(extended)];
    for (const name of names.reverse()) {
      const parent = name === undefined ? undefined : get(tree, name);
      if (parent) add(parent, level + 1);
    }
  };
  add(job, 0);
  return [...found];
}

/** Trees of chunks that were parsed before: while somebody types in one statement of a program, its others stay what they are. */
import type { GrammarNode, Grammars } from '../../grammar/grammars';

/** Whether something in the span of a chunk may matter, so that its tree has to be read. */
export type Matters = (start: number, end: number) => boolean;

/** A tree, and on what it depends besides the text. */
interface Known {
  readonly tree: GrammarNode;
  readonly asked: readonly { readonly start: number; readonly end: number; readonly answer: boolean }[];
}

/** Characters of chunks after which those that were not asked for since are forgotten; a tree takes some fifty times as much. */
const ROOM = 200_000;

interface Memory {
  trees: Map<string, Known>;
  older: ReadonlyMap<string, Known>;
  characters: number;
}

const memories = new WeakMap<Grammars, Memory>();

/**
 * The tree that `read` makes of a chunk, which depends on its text and on what `matters` answers. Offsets are the chunk's.
 * @param chunk the text as the grammar gets it
 */
export function chunkTree(
  grammars: Grammars,
  chunk: string,
  matters: Matters,
  read: (matters: Matters) => GrammarNode | undefined,
): GrammarNode | undefined {
  let memory = memories.get(grammars);
  if (!memory) memories.set(grammars, (memory = { trees: new Map(), older: new Map(), characters: 0 }));
  const known = memory.trees.get(chunk);
  if (known && isSame(known, matters)) return known.tree;
  const older = known ? undefined : memory.older.get(chunk);
  const fresh = older && isSame(older, matters) ? older : readNew(matters, read);
  if (fresh) remember(memory, chunk, fresh);
  return fresh?.tree;
}

function isSame({ asked }: Known, matters: Matters): boolean {
  return asked.every(({ start, end, answer }) => matters(start, end) === answer);
}

function readNew(matters: Matters, read: (matters: Matters) => GrammarNode | undefined): Known | undefined {
  const asked: { start: number; end: number; answer: boolean }[] = [];
  const tree = read((start, end) => {
    const answer = matters(start, end);
    asked.push({ start, end, answer });
    return answer;
  });
  return tree && { tree, asked };
}

function remember(memory: Memory, chunk: string, known: Known): void {
  if (memory.characters + chunk.length > ROOM) {
    memory.older = memory.trees;
    memory.trees = new Map();
    memory.characters = 0;
  }
  memory.trees.set(chunk, known);
  memory.characters += chunk.length;
}

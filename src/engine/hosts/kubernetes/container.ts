/** What containers run: `command` and `args`, also of probes and hooks, with the variables that their `env` sets. */
import { embedArguments, type Carrier } from '../embedding/carrier';
import { shellCall } from '../embedding/argv';
import { mentions } from '../embedding/mention';
import { variableLine } from '../embedding/setup';
import type { Embedded } from '../host';
import type { Piece } from '../piece';
import { get, itemsOf, textOf, type Tree } from '../tree/tree';

/** Documents found at a node, and the nodes that need no other look. */
export interface Found {
  readonly documents: readonly Embedded[];
  readonly taken: readonly Tree[];
}

export const NOTHING: Found = { documents: [], taken: [] };

/** `env` with literal values. */
function variables(node: Tree): readonly Piece[] {
  return itemsOf(get(node, 'env')).flatMap((entry) => {
    const name = textOf(get(entry, 'name'));
    const value = get(entry, 'value');
    const text = textOf(value);
    return name !== undefined && value && text !== undefined ? variableLine(name, text, value.range) : [];
  });
}

export function containerCommands(carrier: Carrier, node: Tree): Found {
  const command = get(node, 'command');
  const args = get(node, 'args');
  if (command?.kind !== 'list' && args?.kind !== 'list') return NOTHING;
  const items = [...itemsOf(command), ...itemsOf(args)];
  const setup = variables(node);
  const words = items.map(textOf);
  const isRelevant = mentions(words.join(' ')) || mentions(setup.map(({ text }) => text).join(' '));
  if (!isRelevant) return NOTHING;
  // Where the image decides what is run, `-c` as the first argument says that it is a shell.
  const entrypointIsShell = command?.kind !== 'list' && words[0] === '-c';
  if (!entrypointIsShell && command?.kind !== 'list' && !shellCall(words)) return NOTHING;
  return { documents: embedArguments(carrier, items, { setup, entrypointIsShell }), taken: items };
}

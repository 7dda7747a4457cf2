/** Languages that are parsed by tree-sitter: the one place that knows it. Grammars are WebAssembly, so they are loaded before they can be used. */
import type * as TreeSitter from 'web-tree-sitter';

export type GrammarName = 'powershell';

/** Hands in the bytes of a WebAssembly file: tree-sitter itself, or a grammar. */
export type GrammarSource = (file: 'tree-sitter' | GrammarName) => Promise<Uint8Array>;

/**
 * What a host tells V8 before it hands grammars in (`v8.setFlagsFromString`): not to optimise the grammar of PowerShell, whose lexer is one huge function.
 * That takes Node.js 20 twenty seconds of a processor, Node.js 24 half a second and 2 GB of memory, Node.js 26 370 MB; parsing takes 13 ms for 1,000 lines
 * then, and not 8. Either flag alone does it for some versions only.
 */
export const V8_FLAGS_OF_GRAMMARS: readonly string[] = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

/** A node of a syntax tree, as plain data. */
export interface GrammarNode {
  readonly type: string;
  /** False for punctuation and keywords. */
  readonly named: boolean;
  /** The part that it plays in its parent, where the grammar names one. */
  readonly field: string | undefined;
  readonly start: number;
  readonly end: number;
  /** True where the text here could not be parsed, or something had to be made up. */
  readonly broken: boolean;
  readonly children: readonly GrammarNode[];
}

/** Whether the children of a node are wanted; a tree costs a call into WebAssembly for each node that is looked at. */
export type IsWanted = (type: string, start: number, end: number) => boolean;

export interface Grammars {
  /** Makes a grammar ready. Loading one again costs nothing. @throws Error where its bytes cannot be had */
  load(name: GrammarName): Promise<void>;
  isLoaded(name: GrammarName): boolean;
  /** The tree of a text, or undefined where the grammar was not loaded. Tolerant: what cannot be parsed is in nodes that are `broken`. */
  parse(name: GrammarName, text: string, isWanted?: IsWanted): GrammarNode | undefined;
}

/** For those that have no grammars to hand in. */
export const NO_GRAMMARS: Grammars = { load: () => Promise.resolve(), isLoaded: () => false, parse: () => undefined };

/** Deeper trees than this are cut: no person writes them, and whoever walks them recurses. */
const MAX_DEPTH = 200;

export function grammarsFrom(source: GrammarSource): Grammars {
  let started: Promise<typeof TreeSitter> | undefined;
  const loading = new Map<GrammarName, Promise<void>>();
  const parsers = new Map<GrammarName, TreeSitter.Parser>();
  const start = async (): Promise<typeof TreeSitter> => {
    const library = await import('web-tree-sitter');
    const wasmBinary = await source('tree-sitter');
    await library.Parser.init({ wasmBinary });
    return library;
  };
  const load = async (name: GrammarName): Promise<void> => {
    started ??= start();
    const library = await started;
    const language = await library.Language.load(await source(name));
    const parser = new library.Parser();
    parser.setLanguage(language);
    parsers.set(name, parser);
  };
  return {
    load: (name) => {
      const known = loading.get(name);
      if (known) return known;
      const promise = load(name).catch((error: unknown) => {
        // The next document may have more luck, for instance when a file is there again.
        loading.delete(name);
        started = undefined;
        throw new Error(`The ${name} grammar could not be loaded`, { cause: error });
      });
      loading.set(name, promise);
      return promise;
    },
    isLoaded: (name) => parsers.has(name),
    parse: (name, text, isWanted = () => true) => {
      const tree = parsers.get(name)?.parse(text);
      if (!tree) return undefined;
      // Left to the finaliser, trees have crashed the WebAssembly memory once.
      const cursor = tree.walk();
      try {
        return read(cursor, isWanted, 0);
      } finally {
        cursor.delete();
        tree.delete();
      }
    },
  };
}

function read(cursor: TreeSitter.TreeCursor, isWanted: IsWanted, depth: number): GrammarNode {
  const { nodeType: type, startIndex: start, endIndex: end, nodeIsNamed: named } = cursor;
  const field = cursor.currentFieldName ?? undefined;
  // What had to be made up takes no room.
  const broken = type === 'ERROR' || (start === end && cursor.nodeIsMissing);
  const children: GrammarNode[] = [];
  if (depth < MAX_DEPTH && isWanted(type, start, end) && cursor.gotoFirstChild()) {
    do children.push(read(cursor, isWanted, depth + 1));
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
  return { type, named, field, start, end, broken, children };
}

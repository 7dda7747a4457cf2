/** Blocks and attributes of a file in HCL's own syntax, by tree-sitter. Expressions are parsed when they are asked for. */
import type { GrammarNode, Grammars } from '../../grammar/grammars';
import { IDENTITY } from '../../text/source-map';
import { parseExpression } from './parse-expression';
import type { Attribute, Block, Body, Expression, HclSource } from './syntax';

/** Files that were read last, by their text: the others of a folder stay as they are while one is edited. */
const known = new Map<string, Body>();
const MAX_KNOWN = 64;

/** Only nodes that hold blocks are looked into; each node costs calls into WebAssembly. */
function isWanted(type: string): boolean {
  return type === 'config_file' || type === 'body' || type === 'block' || type === 'ERROR';
}

/** The file, or undefined where the grammar was not loaded. */
export function readHcl(text: string, uri: string, grammars: Grammars): Body | undefined {
  const remembered = known.get(`${uri}\n${text}`);
  if (remembered) return remembered;
  const root = grammars.parse('hcl', text, isWanted);
  if (!root) return undefined;
  const source: HclSource = { text, map: IDENTITY, uri };
  const body = bodyOf(source, root.children, { start: 0, end: text.length });
  if (known.size >= MAX_KNOWN) known.delete(known.keys().next().value ?? '');
  known.set(`${uri}\n${text}`, body);
  return body;
}

function bodyOf(source: HclSource, nodes: readonly GrammarNode[], range: Body['range']): Body {
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  const add = (node: GrammarNode): void => {
    if (node.type === 'attribute') {
      const attribute = attributeOf(source, node);
      if (attribute && !attributes.has(attribute.name)) attributes.set(attribute.name, attribute);
    } else if (node.type === 'block') {
      const block = blockOf(source, node);
      if (block) blocks.push(block);
    } else if (node.type === 'body' || node.type === 'ERROR') node.children.forEach(add);
  };
  nodes.forEach(add);
  return { source, range, attributes, blocks };
}

/** Parsed when it is asked for; most attributes of a file never are. */
class NativeAttribute implements Attribute {
  readonly nameRange: Attribute['nameRange'];
  readonly range: Attribute['range'];
  #parsed: Expression | undefined;

  constructor(
    readonly source: HclSource,
    readonly name: string,
    start: number,
    private readonly behindEquals: number,
    end: number,
  ) {
    this.nameRange = { start, end: start + name.length };
    this.range = { start, end };
  }

  get expression(): Expression {
    this.#parsed ??= parseExpression(this.source, this.behindEquals, this.range.end);
    return this.#parsed;
  }
}

function attributeOf(source: HclSource, { start, end }: GrammarNode): Attribute | undefined {
  const equals = source.text.indexOf('=', start);
  if (equals === -1 || equals >= end) return undefined;
  const name = source.text.slice(start, equals).trimEnd();
  return /[\s"{}]/.test(name) ? undefined : new NativeAttribute(source, name, start, equals + 1, end);
}

function blockOf(source: HclSource, node: GrammarNode): Block | undefined {
  const [type, ...rest] = node.children;
  const open = rest.findIndex((child) => child.type === 'block_start');
  const brace = rest[open];
  if (type?.type !== 'identifier' || !brace) return undefined;
  const labels = rest.slice(0, open);
  const close = rest.findLast((child) => child.type === 'block_end');
  const last = labels[labels.length - 1] ?? type;
  const inner = { start: brace.end, end: close?.start ?? node.end };
  return {
    type: source.text.slice(type.start, type.end),
    labels: labels
      .filter((label) => label.type === 'identifier' || label.type === 'string_lit')
      .map((label) => source.text.slice(label.start, label.end).replace(/^"|"$/g, '')),
    body: bodyOf(source, rest.slice(open + 1), inner),
    range: { start: node.start, end: node.end },
    head: { start: type.start, end: last.end },
    source,
    isNative: true,
  };
}

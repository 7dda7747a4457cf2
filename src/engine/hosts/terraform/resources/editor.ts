/** Writes arguments into a resource of a configuration, in the manner of the file. */
import type { Datum } from '../../../ec2/datum';
import type { ResourceEditor } from '../../../ec2/model';
import type { FileEdits } from '../../../finding';
import { isDistant, isHere, isSame, type Range, type TextEdit } from '../../../text/range';
import type { Scope } from '../../hcl/evaluate';
import { evaluate } from '../../hcl/evaluate';
import { parseExpression } from '../../hcl/parse-expression';
import type { Block, Expression, HclSource } from '../../hcl/syntax';
import { quote } from '../../hcl/template-text';
import { textOf } from '../../hcl/value';
import { addressOf, type Module } from '../module';
import { addArgument, addBlock, withoutElement } from './insertions';
import { leadsOut } from './outward';

type Value = string | number | boolean;

/** The provider's names of the model's properties. */
const NAMES: Readonly<Record<string, string>> = {
  httpTokens: 'http_tokens',
  httpEndpoint: 'http_endpoint',
  hopLimit: 'http_put_response_hop_limit',
};

export function spell(value: Value): string {
  return typeof value === 'string' ? quote(value) : String(value);
}

/** `module` tells whether something else depends on what is to be removed. */
export function editorOf(block: Block, scope: Scope, isRepeated: boolean, module: Module): ResourceEditor {
  return {
    set: (path, value) => set(block, path, spell(value)),
    replace: (datum, value) => replaceLiteral(block, scope, datum, value, module),
    replaceElsewhere: (datum, value) => replaceDistant(scope, datum, value, module),
    drop: (datum) => {
      const literal = literalOf(block, scope, datum);
      const edit = literal && withoutElement(block.source.text, literal.range);
      return edit && [edit];
    },
    remove: (range, comment) => (isRepeated ? undefined : remove(block, module, range, comment)),
  };
}

function set(block: Block, path: readonly string[], value: string): readonly TextEdit[] | undefined {
  const [first = '', second, third, fourth] = path;
  if (first === 'metadataOptions' && second !== undefined) {
    const name = NAMES[second];
    return name === undefined ? undefined : setNested(block, 'metadata_options', name, value);
  }
  if (first === 'encrypted' && second === undefined) return setIn(block, 'encrypted', value);
  if (first === 'imdsSupport' && second === undefined) return setIn(block, 'imds_support', value);
  if (first === 'publicAddress' && second === undefined && block.labels[0] === 'aws_instance') {
    return setIn(block, 'associate_public_ip_address', value);
  }
  if (first !== 'blockDevices' || second === undefined || fourth !== 'encrypted') return undefined;
  const devices = block.body.blocks.filter(({ type }) => type === second);
  const device = devices[Number(third)];
  // With dynamic blocks among them the numbers are not those of the blocks.
  if (!device || block.body.blocks.some(({ type, labels }) => type === 'dynamic' && labels[0] === second))
    return undefined;
  if (second !== 'block_device_mappings') return setIn(device, 'encrypted', value);
  const ebs = device.body.blocks.find(({ type }) => type === 'ebs');
  return ebs && setIn(ebs, 'encrypted', value);
}

/** An argument of a nested block, which is made where there is none. */
function setNested(block: Block, type: string, name: string, value: string): readonly TextEdit[] | undefined {
  if (block.body.blocks.some((inner) => inner.type === 'dynamic' && inner.labels[0] === type)) return undefined;
  const nested = block.body.blocks.find((inner) => inner.type === type);
  if (nested) return setIn(nested, name, value);
  const attribute = block.body.attributes.get(type);
  if (!attribute) {
    // A module takes an object where a resource has a block.
    return addBlock(block, type, [[name, value]], block.type === 'module');
  }
  const { expression, source } = attribute;
  if (expression.kind !== 'object') return undefined;
  const item = expression.items.find(({ key }) => nameOf(key) === name);
  if (item) return [{ range: item.value.range, newText: value }];
  return addArgument(
    source.text,
    expression.range,
    expression.items.map(({ range }) => range),
    name,
    value,
  );
}

function nameOf(key: Expression): string | undefined {
  if (key.kind === 'variable') return key.name;
  if (key.kind !== 'template') return undefined;
  return key.source.text.slice(key.body.start, key.body.end);
}

function setIn({ body, source, range, isNative }: Block, name: string, value: string): readonly TextEdit[] | undefined {
  if (!isNative) return undefined;
  const attribute = body.attributes.get(name);
  if (attribute) return [{ range: attribute.expression.range, newText: value }];
  const braces = { start: source.text.lastIndexOf('{', body.range.start), end: range.end };
  const taken = [...body.attributes.values()].map((each) => each.range);
  return addArgument(source.text, braces, taken, name, value, body.blocks.length > 0);
}

/** A text or a number that stands as it is. */
export interface Literal {
  readonly range: Range;
  readonly isText: boolean;
  readonly expression: Expression;
}

export function literalAt(source: HclSource, range: Range, value: Value, scope: Scope): Literal | undefined {
  const expression = parseExpression(source, range.start, range.end);
  const isText = expression.kind === 'template' && expression.tokens.every(({ kind }) => kind === 'literal');
  if (!isText && expression.kind !== 'literal') return undefined;
  return textOf(evaluate(expression, scope)) === String(value) ? { range, isText, expression } : undefined;
}

/** A value in the place of a literal. */
export function spellLike({ isText }: Literal, value: Value): string {
  return isText && typeof value !== 'string' ? quote(String(value)) : spell(value);
}

/** The literal that a value is written as, here or where it comes from. */
function literalOf({ source }: Block, scope: Scope, datum: Datum): Literal | undefined {
  if (datum.kind !== 'scalar') return undefined;
  for (const range of [datum.range, datum.origin?.range]) {
    const literal = range && isHere(range) ? literalAt(source, range, datum.value, scope) : undefined;
    if (literal) return literal;
  }
  return undefined;
}

function replaceLiteral(
  block: Block,
  scope: Scope,
  datum: Datum,
  value: Value,
  { configuration }: Module,
): readonly TextEdit[] | undefined {
  const literal = literalOf(block, scope, datum);
  if (!literal) return undefined;
  if (!leadsOut(literal.range, block.source.uri, configuration))
    return [{ range: literal.range, newText: spellLike(literal, value) }];
  // What leads there stays as it is for the others.
  if (literal.range === datum.range) return undefined;
  const used = parseExpression(block.source, datum.range.start, datum.range.end);
  const isOne = textOf(evaluate(used, scope)) === textOf(evaluate(literal.expression, scope));
  return isOne ? [{ range: quoted(block.source.text, used.range), newText: spell(value) }] : undefined;
}

/** A default in another file of the configuration, where it is written as it is read. */
function replaceDistant(scope: Scope, datum: Datum, value: Value, { configuration }: Module): FileEdits | undefined {
  const place = datum.kind === 'scalar' ? datum.origin?.range : undefined;
  if (datum.kind !== 'scalar' || !place || !isDistant(place)) return undefined;
  const { uri, there } = place;
  const source = configuration.bodies.find((body) => body.source.uri === uri)?.source;
  if (!source || !NATIVE.test(uri) || leadsOut(there, uri, configuration)) return undefined;
  const literal = literalAt(source, there, datum.value, scope);
  return literal && { uri, edits: [{ range: literal.range, newText: spellLike(literal, value) }] };
}

/** Files in HCL itself, rather than in JSON. */
const NATIVE = /\.(?:tf|tofu|tfvars)$/;

/** An expression with the quotes and braces around it, where nothing else is between them. */
function quoted(text: string, { start, end }: Range): Range {
  const isAlone = text.slice(start - 3, start) === '"${' && text.slice(end, end + 2) === '}"';
  return isAlone ? { start: start - 3, end: end + 2 } : { start, end };
}

/** A block, whole lines of it, becomes a comment. One that `dynamic` makes may stand for others too. */
function remove(block: Block, module: Module, range: Range, comment: string): readonly TextEdit[] | undefined {
  const { source, range: whole, body } = block;
  const { text } = source;
  const isBlock = body.blocks.some((inner) => inner.type !== 'dynamic' && isSame(inner.range, range));
  if (!isBlock && (!isSame(whole, range) || isMentioned(addressOf(block), module))) return undefined;
  // It makes whatever rules it is given, of which there is one today.
  if (/\b(?:each\.|count\.index)/.test(text.slice(range.start, range.end))) return undefined;
  const lineStart = text.lastIndexOf('\n', range.start - 1) + 1;
  const newline = text.indexOf('\n', range.end);
  const before = text.slice(lineStart, range.start);
  const behind = text.slice(range.end, newline === -1 ? text.length : newline);
  return before.trim() === '' && behind.trim() === '' ? [{ range, newText: `# ${comment}` }] : undefined;
}

/** True where the configuration speaks of a resource, which must be there then. */
function isMentioned(address: string | undefined, { bodies }: Module): boolean {
  if (address === undefined) return false;
  const mention = new RegExp(`${address.replace(/\W/g, '\\$&')}(?![\\w-])`);
  return bodies.some(({ source }) => mention.test(source.text));
}

/** What expressions give ("about_Operators"). */
import {
  blur,
  concat,
  EMPTY,
  isLiteral,
  knownText,
  literal,
  replaceAll,
  transform,
  type Value,
} from '../../program/value';
import type { Range } from '../../text/range';
import { named, type Node } from '../syntax/parse';
import {
  either, isUnknown, knownDatum, newObject, NULL, textDatum, UNKNOWN_DATUM, valueOf, withEntry, type Datum, type Entry,
} from './datum'; // prettier-ignore
import { itemsOf, run, runAll } from './execute';
import { expand, literalText } from './expand';
import { keep, objectsOf, setVariable, textAt, variable, type Machine } from './machine';
import { assignMember, callMethod, member } from './member';

/** The value of an expression; null where it gives nothing. */
export function evaluate(node: Node, machine: Machine): Datum {
  if (node.broken) return UNKNOWN_DATUM;
  switch (node.type) {
    case 'variable':
      return ofVariable(node, machine);
    case 'generic_token':
    case 'command_name':
    case 'simple_name':
      return word(node, machine);
    case 'expandable_string_literal':
    case 'expandable_here_string_literal':
    case 'verbatim_string_characters':
    case 'verbatim_here_string_characters':
      return ofString(node, machine);
    case 'integer_literal':
    case 'real_literal':
      return textDatum(literal(textAt(machine, node)));
    case 'hash_literal_expression':
      return table(node, machine);
    case 'parenthesized_expression':
    case 'sub_expression':
    case 'array_expression':
    case 'while_condition':
      return runAll(named(node), machine) ?? NULL;
    case 'array_literal_expression':
    case 'argument_expression_list':
      return [{ kind: 'list', items: named(node).map((each) => evaluate(each, machine)) }];
    case 'cast_expression':
      return cast(node, machine);
    case 'additive_expression':
      return additive(node, machine);
    case 'format_expression':
      return format(node, machine);
    case 'comparison_expression':
      return comparison(node, machine);
    case 'member_access':
      return member(node, machine);
    case 'element_access':
      return element(node, machine);
    case 'invokation_expression':
      return callMethod(node, machine);
    case 'script_block_expression':
      return [{ kind: 'block', node }];
    case 'expression_with_unary_operator':
      return unary(node, machine);
    case 'type_literal':
      return UNKNOWN_DATUM;
    case 'logical_expression':
    case 'bitwise_expression':
    case 'multiplicative_expression':
    case 'range_expression':
    case 'pre_increment_expression':
    case 'pre_decrement_expression':
    case 'post_increment_expression':
    case 'post_decrement_expression':
      for (const each of named(node)) evaluate(each, machine);
      return UNKNOWN_DATUM;
    default:
      if (STATEMENT.test(node.type)) return run(node, machine) ?? NULL;
      for (const each of named(node)) evaluate(each, machine);
      return UNKNOWN_DATUM;
  }
}

const STATEMENT =
  /_statement$|^(?:command|pipeline|pipeline_chain|assignment_expression|statement_list|statement_block|script_block|script_block_body|program)$/;

/** What stands between the quotes. */
export function contentOf({ type, start, end }: Node, text: string): Range {
  if (!type.includes('here_string')) return { start: start + 1, end: end - 1 };
  const line = text.indexOf('\n', start);
  const from = line === -1 || line >= end ? start : line + 1;
  // The last line's end is the closing quote's.
  return { start: from, end: Math.max(from, end - 3) };
}

function ofString(node: Node, machine: Machine): Datum {
  const content = contentOf(node, machine.syntax.text);
  const isQuoted = node.type === 'expandable_string_literal';
  const value = node.type.startsWith('expandable')
    ? expand(machine, content, isQuoted ? 'quoted' : 'here-string')
    : literalText(
        machine,
        node.type === 'verbatim_string_characters'
          ? textAt(machine, content).replace(/''/g, "'")
          : textAt(machine, content),
      );
  const datum = textDatum(value);
  return textAt(machine, node).includes('\n') ? datum.map((each) => ({ ...each, origin: node })) : datum;
}

function ofVariable(node: Node, machine: Machine): Datum {
  const cover = machine.syntax.covers.get(node.start);
  if (cover) return textDatum(expand(machine, cover, 'word'));
  const written = textAt(machine, node)
    .replace(/^[$@]/, '')
    .replace(/^\{([^]*)\}$/, '$1');
  switch (written.toLowerCase()) {
    case 'null':
      return NULL;
    case 'true':
      return textDatum(literal('True'));
    case 'false':
      return textDatum(literal('False'));
    default:
      return variable(machine, written);
  }
}

/** A word without quotes. */
export function word(node: Node, machine: Machine): Datum {
  return textDatum(expand(machine, machine.syntax.covers.get(node.start) ?? node, 'word'));
}

function table(node: Node, machine: Machine): Datum {
  let object = newObject('table', node);
  for (const entry of named(node).flatMap((body) => named(body))) {
    const [key, value] = named(entry);
    if (entry.type !== 'hash_entry' || !key) continue;
    const name: Value = key.type === 'simple_name' ? literal(textAt(machine, key)) : valueOf(evaluate(key, machine));
    const datum = value ? evaluate(value, machine) : NULL;
    object = withEntry(object, { name, value: datum, sure: true, nameRange: key, valueRange: value ?? key });
  }
  return keep(machine, node.children.some(({ broken }) => broken) ? { ...object, open: true } : object);
}

function cast(node: Node, machine: Machine): Datum {
  const [, operand] = named(node);
  if (!operand) return UNKNOWN_DATUM;
  const datum = evaluate(operand, machine);
  // What a text is made of something stays what it says.
  return /^\[\s*(?:System\.)?string\s*\]/i.test(textAt(machine, node)) ? textDatum(valueOf(datum)) : datum;
}

function additive(node: Node, machine: Machine): Datum {
  const [left, operator, right] = node.children;
  if (!left || !operator || !right) return UNKNOWN_DATUM;
  const a = evaluate(left, machine);
  const b = evaluate(right, machine);
  if (textAt(machine, operator) !== '+') return UNKNOWN_DATUM;
  return plus(a, b, node, machine);
}

/** `+` of texts, tables or lists. */
export function plus(a: Datum, b: Datum, node: Node, machine: Machine): Datum {
  const tables = [...objectsOf(machine, a), ...objectsOf(machine, b)].filter(({ object }) => object.kind === 'table');
  if (tables.length > 0) {
    let sum = newObject('table', node);
    for (const { object } of tables) {
      for (const entry of object.entries.values()) sum = withEntry(sum, entry);
      if (object.open) sum = { ...sum, open: true };
    }
    return keep(machine, [...a, ...b].some(isUnknown) ? { ...sum, open: true } : sum);
  }
  if (a.some(({ kind }) => kind === 'list')) return [{ kind: 'list', items: [...itemsOf(a), ...itemsOf(b)] }];
  return textDatum(concat(valueOf(a), valueOf(b)));
}

/** `'{0}/{1}' -f $a, $b`. */
export function formatted(template: Datum, items: readonly Datum[]): Datum {
  const known = knownDatum(template);
  if (known === undefined) return UNKNOWN_DATUM;
  let value: Value = EMPTY;
  let from = 0;
  for (const match of known.matchAll(/\{\{|\}\}|\{(\d{1,3})(?:,-?\d{1,3})?(:[^{}]*)?\}/g)) {
    const [whole, index, how] = match;
    value = concat(value, literal(known.slice(from, match.index)));
    const item = items[Number(index)];
    if (index === undefined) value = concat(value, literal(whole.charAt(0)));
    else if (item && how === undefined) value = concat(value, valueOf(item));
    else value = concat(value, [[{ hole: 'unknown' }]]);
    from = match.index + whole.length;
  }
  return textDatum(concat(value, literal(known.slice(from))));
}

function format(node: Node, machine: Machine): Datum {
  const [left, operator, right] = node.children;
  if (!left || !operator || !right) return UNKNOWN_DATUM;
  const template = evaluate(left, machine);
  const items = evaluate(right, machine);
  // PowerShell 7's `??` is covered as `-f`.
  if (textAt(machine, operator) === '??') return either(template, items);
  return formatted(template, itemsOf(items));
}

function comparison(node: Node, machine: Machine): Datum {
  const [left, operator, right] = node.children;
  if (!left || !operator) return UNKNOWN_DATUM;
  const a = evaluate(left, machine);
  const b = right ? evaluate(right, machine) : NULL;
  const name = textAt(machine, operator).toLowerCase();
  if (/^-[ci]?replace$/.test(name)) return replaced(a, itemsOf(b));
  if (name === '-join') return joined(itemsOf(a), b);
  if (/^-[ci]?split$/.test(name)) return textDatum(valueOf(a).map((text) => [blur(text)]));
  return UNKNOWN_DATUM;
}

/** `-replace` with a pattern that has no other meaning than itself. */
function replaced(datum: Datum, [from, to]: readonly Datum[]): Datum {
  const search = from && knownDatum(from);
  const by = to ? knownDatum(to) : '';
  return textDatum(
    transform(valueOf(datum), (text) => {
      if (search === undefined || by === undefined || by.includes('$')) return undefined;
      const plain = search.replace(/\\([./\\-])/g, '$1');
      return /[\\^$*+?()[\]{}|]/.test(search.replace(/\\[./\\-]/g, '')) || search.includes('.') !== plain.includes('.')
        ? undefined
        : replaceAll(text, plain, by);
    }),
  );
}

export function joined(items: readonly Datum[], separator: Datum): Datum {
  const between = valueOf(separator);
  let value: Value = EMPTY;
  for (const [index, item] of items.entries()) {
    if (index > 0) value = concat(value, between);
    value = concat(value, valueOf(item));
  }
  return textDatum(value);
}

function unary(node: Node, machine: Machine): Datum {
  const [operand] = named(node);
  const datum = operand ? evaluate(operand, machine) : NULL;
  const written = textAt(machine, node);
  if (written.startsWith(',')) return [{ kind: 'list', items: [datum] }];
  if (/^-join\b/i.test(written)) return joined(itemsOf(datum), NULL);
  return UNKNOWN_DATUM;
}

function element(node: Node, machine: Machine): Datum {
  const [target, index] = named(node);
  if (!target || !index) return UNKNOWN_DATUM;
  const datum = evaluate(target, machine);
  const name = knownDatum(evaluate(index, machine));
  if (name === undefined) return UNKNOWN_DATUM;
  const found = datum.flatMap((alternative): Datum => {
    if (alternative.kind === 'object' || alternative.kind === 'headers') {
      const object = machine.state.objects.get(alternative.id);
      return object?.entries.get(name.toLowerCase())?.value ?? (object && !object.open ? NULL : UNKNOWN_DATUM);
    }
    if (alternative.kind === 'list') return alternative.items[Number(name)] ?? UNKNOWN_DATUM;
    if (alternative.kind === 'text' || alternative.kind === 'answer') return textDatum([[blur(alternative.text)]]);
    return UNKNOWN_DATUM;
  });
  return found.length > 0 ? either(found) : UNKNOWN_DATUM;
}

/** Runs an assignment; gives what was assigned. */
export function assign(node: Node, machine: Machine): void {
  const valueNode = node.children.find((each) => each.field === 'value');
  const [target] = node.children;
  const operator = node.children.find(({ type }) => type === 'assignement_operator');
  if (!target || !operator) return;
  const value = valueNode ? evaluate(valueNode, machine) : UNKNOWN_DATUM;
  const how = textAt(machine, operator);
  assignTo(target, value, how, node, machine);
}

function assignTo(target: Node, value: Datum, how: string, node: Node, machine: Machine): void {
  switch (target.type) {
    case 'variable': {
      const written = textAt(machine, target)
        .replace(/^\$/, '')
        .replace(/^\{([^]*)\}$/, '$1');
      if (written.toLowerCase() === 'null') return;
      const former = (): Datum => variable(machine, written);
      const datum =
        how === '='
          ? value
          : how === '+='
            ? plus(former(), value, node, machine)
            : how.includes('?')
              ? either(former(), value)
              : UNKNOWN_DATUM;
      setVariable(machine, written, datum, { start: target.start, end: node.end });
      return;
    }
    case 'cast_expression':
    case 'parenthesized_expression': {
      const [, ...rest] = named(target);
      const inside = target.type === 'cast_expression' ? rest[0] : named(target)[0];
      const datum = /^\[\s*string\s*\]/i.test(textAt(machine, target)) ? textDatum(valueOf(value)) : value;
      if (inside) assignTo(inside, datum, how, node, machine);
      return;
    }
    case 'array_literal_expression': {
      const items = value.length === 1 && value[0]?.kind === 'list' ? value[0].items : [];
      for (const [index, each] of named(target).entries())
        assignTo(each, items[index] ?? UNKNOWN_DATUM, how, node, machine);
      return;
    }
    case 'element_access':
    case 'member_access':
      assignMember(target, how === '=' ? value : UNKNOWN_DATUM, node, machine);
      return;
    default:
  }
}

/** True where a text has known characters; `$token` in single quotes has. */
export function isKnown(value: Value): boolean {
  return value.every((text) => text.every(isLiteral) && knownText(text) !== undefined);
}

export type { Entry };

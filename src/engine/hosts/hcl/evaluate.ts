/** What an expression is worth: HCL Native Syntax Specification, with what Terraform makes of names and functions handed in. */
import { concat, EMPTY, knownValue, literal, UNKNOWN, type Value } from '../../program/value';
import { compose, somewhereIn } from '../../text/source-map';
import { readOnly, type Piece } from '../piece';
import { insertInBrackets } from '../tree/list-elements';
import { directiveTexts } from './directives';
import { callFunction } from './functions';
import { binary, unary } from './operators';
import { parseExpression, parseForIntroduction } from './parse-expression';
import { step, sortedEntries, elementsOf } from './select';
import type { Expression, ForExpression, Site, TemplateExpression, TupleExpression } from './syntax';
import type { SequenceToken } from './template-scan';
import { quote, templateText, type TemplateText } from './template-text';
import {
  isNull,
  list,
  mapping,
  programValue,
  scalar,
  textOf,
  truthOf,
  unknown,
  type HclValue,
  type Origin,
  type Reader,
  type Text,
} from './value';

/** What names stand for, and which files can be read. */
export interface Names {
  /** The value that the first names of a path lead to, and how many of them it took. */
  resolve(path: readonly string[], site: Site): { readonly value: HclValue; readonly used: number } | undefined;
  /** A file that a function names. */
  file(path: string): { readonly text: string; readonly uri: string } | undefined;
}

export interface Scope {
  readonly names: Names;
  /** Names of loops, of `each` and `count`, of a template's variables. */
  readonly bindings: ReadonlyMap<string, HclValue>;
  /** Shared by all that belongs to one document, so that nothing takes forever. */
  readonly work: Work;
}

/** What is left of the effort, and how deep in templates the evaluation is. */
export interface Work {
  left: number;
  depth: number;
}

export function bind(scope: Scope, ...added: readonly (readonly [string, HclValue])[]): Scope {
  return { ...scope, bindings: new Map([...scope.bindings, ...added]) };
}

/** No loop is followed further. */
const MAX_ITEMS = 256;
/** Characters of what is put into a template; what is put in there again doubles each time. */
const MAX_LENGTH = 500_000;

export function evaluate(expression: Expression, scope: Scope): HclValue {
  const site: Site = { source: expression.source, range: expression.range };
  if (scope.work.left-- <= 0) return unknown(site, 'the configuration is too large to follow');
  switch (expression.kind) {
    case 'literal':
      return scalar(expression.value, site);
    case 'template':
      return template(expression, scope, site);
    case 'tuple':
      return list(tupleItems(expression, scope), site);
    case 'object': {
      const entries = new Map<string, HclValue>();
      let complete = true;
      for (const { key, value } of expression.items) {
        // A bare word is a text here, and no name.
        const name = key.kind === 'variable' ? key.name : textOf(evaluate(key, scope));
        if (name === undefined) complete = false;
        else entries.set(name, evaluate(value, scope));
      }
      return mapping(entries, site, complete);
    }
    case 'for':
      return loop(expression, scope, site);
    case 'call':
      return callFunction(expression, scope, site, evaluate);
    case 'conditional': {
      const condition = truthOf(evaluate(expression.condition, scope));
      if (condition !== undefined) return evaluate(condition ? expression.yes : expression.no, scope);
      const { source, range } = expression.condition;
      const when = source.text.slice(range.start, range.end).replace(/\s+/g, ' ');
      const options = [
        { value: evaluate(expression.yes, scope), when },
        { value: evaluate(expression.no, scope), when: `not (${when})` },
      ];
      return { kind: 'choice', options, site };
    }
    case 'binary':
      return binary(expression.operator, evaluate(expression.left, scope), evaluate(expression.right, scope), site);
    case 'unary':
      return unary(expression.operator, evaluate(expression.operand, scope), site);
    case 'splat': {
      const of = evaluate(expression.of, scope);
      if (isNull(of)) return list([], site);
      const elements = elementsOf(of);
      if (!elements) return unknown(site, 'it is known later');
      const items = elements.items.map((item) =>
        expression.steps.reduce<HclValue>((value, each) => {
          const key = 'name' in each ? each.name : textOf(evaluate(each.key, scope));
          return key === undefined ? unknown(site, 'an index is not known') : step(value, key, site);
        }, item),
      );
      return list(items, site, elements.complete);
    }
    case 'variable':
    case 'attribute':
    case 'index':
      return named(expression, scope, site);
    case 'broken':
      return unknown(site, 'it could not be read');
  }
}

/** A name, and what is taken out of what it stands for. */
function named(expression: Expression, scope: Scope, site: Site): HclValue {
  const path: string[] = [];
  let base: Expression = expression;
  while (base.kind === 'attribute' || base.kind === 'index') {
    const key = base.kind === 'attribute' ? base.name : textOf(evaluate(base.key, scope));
    if (key === undefined) {
      const of = evaluate(base.of, scope);
      const elements = elementsOf(of);
      // Some element, and it is not known which.
      if (!elements || elements.items.length === 0 || elements.items.length > 12)
        return unknown(site, 'an index is not known');
      const options = elements.items.map((item) => ({
        value: path.reduceRight<HclValue>((value, name) => step(value, name, site), item),
        when: undefined,
      }));
      return { kind: 'choice', options, site };
    }
    path.push(key);
    base = base.of;
  }
  path.reverse();
  let value: HclValue;
  if (base.kind === 'variable') {
    const bound = scope.bindings.get(base.name);
    if (bound) value = bound;
    else {
      const found = scope.names.resolve([base.name, ...path], site);
      if (!found) return unknown(site, `${[base.name, ...path].join('.')} is known later`);
      value = found.value;
      path.splice(0, found.used - 1);
    }
  } else value = evaluate(base, scope);
  return usedAt(
    site,
    path.reduce<HclValue>((at, key) => step(at, key, site), value),
  );
}

/** A value that was come to by a name: used here, written there. */
function usedAt(site: Site, value: HclValue): HclValue {
  if (value.site.source === site.source && value.site.range === site.range) return value;
  const { source, range } = site;
  const what = value.origin?.what ?? source.text.slice(range.start, range.end).replace(/\s+/g, ' ').slice(0, 80);
  const origin = (of: HclValue): Origin => of.origin ?? { site: of.site, what };
  const placed = { ...value, site, origin: origin(value) };
  if (placed.kind !== 'list' || placed.items.length > 64) return placed;
  return { ...placed, items: placed.items.map((item) => ({ ...item, site, origin: origin(item) })) };
}

function tupleItems(expression: TupleExpression, scope: Scope): readonly HclValue[] {
  const { source } = expression;
  return expression.items.slice(0, MAX_ITEMS * 4).map((item, index) => {
    const value = evaluate(item, scope);
    const insertLines =
      expression.insertLines?.[index] ?? insertInBrackets(source.text, item.range.start, index === 0, quote);
    return { ...value, insertLines };
  });
}

function loop(expression: ForExpression, scope: Scope, site: Site): HclValue {
  const collection = evaluate(expression.collection, scope);
  const entries = sortedEntries(collection);
  if (!entries) return unknown(site, 'it goes over something that is known later');
  let complete = entries.complete && entries.entries.length <= MAX_ITEMS;
  const items: HclValue[] = [];
  const result = new Map<string, HclValue>();
  for (const [key, value] of entries.entries.slice(0, MAX_ITEMS)) {
    if (scope.work.left <= 0) return unknown(site, 'the configuration is too large to follow');
    const names: [string, HclValue][] = [[expression.valueName, value]];
    if (expression.keyName !== undefined) names.push([expression.keyName, key]);
    const inner = bind(scope, ...names);
    if (expression.condition) {
      const wanted = truthOf(evaluate(expression.condition, inner));
      if (wanted === undefined) complete = false;
      if (wanted !== true) continue;
    }
    const element = evaluate(expression.value, inner);
    if (!expression.key) {
      items.push(element);
      continue;
    }
    const name = textOf(evaluate(expression.key, inner));
    if (name === undefined) complete = false;
    else if (expression.groups) {
      const group = result.get(name);
      result.set(name, list([...(group?.kind === 'list' ? group.items : []), element], site));
    } else result.set(name, element);
  }
  return expression.key ? mapping(result, site, complete) : list(items, site, complete);
}

/** `${x}` alone between quotes is the value itself, whatever its type. */
function template(expression: TemplateExpression, scope: Scope, site: Site): HclValue {
  const { source, tokens, form, body } = expression;
  const [only] = tokens;
  if (tokens.length === 1 && only?.kind === 'interpolation') {
    const value = evaluate(parseExpression(source, only.inner.start, only.inner.end), scope);
    return value.kind === 'scalar' ? { ...value, site } : value;
  }
  if (tokens.every(({ kind }) => kind === 'literal')) {
    const plain = form.kind === 'quoted' ? source.text.slice(body.start, body.end) : undefined;
    const isPlain = plain !== undefined && !/[\\$%]/.test(plain);
    let read: TemplateText | undefined;
    const readOnce = (): TemplateText => (read ??= templateText(source.text, tokens, form, body, () => ''));
    const known = isPlain ? plain : readOnce().text;
    return templateValue(expression, site, known, () => literal(known), readOnce);
  }
  const values = new Map<SequenceToken, HclValue>();
  let inner = scope;
  const scopes: Scope[] = [];
  for (const token of tokens) {
    if (token.kind === 'interpolation')
      values.set(token, evaluate(parseExpression(source, token.inner.start, token.inner.end), inner));
    else if (token.kind === 'for') {
      scopes.push(inner);
      inner = loopScope(expression, token, inner);
    } else if (token.kind === 'endfor') inner = scopes.pop() ?? inner;
  }
  const hasDirectives = values.size < tokens.filter(({ kind }) => kind !== 'literal').length;
  const valueOf = (token: SequenceToken): Value => {
    const value = values.get(token);
    return value ? programValue(value) : EMPTY;
  };
  let all: Value | undefined;
  const value = (): Value => (all ??= hasDirectives ? UNKNOWN : wholeValue(expression, valueOf));
  const known = hasDirectives ? undefined : knownWhole(expression, values);
  const given = [...values.values()].find((each) => each.given)?.given;
  const text = templateValue(expression, site, known, value, ({ placeholders }) => {
    const directives = directiveTexts(source.text, tokens, body, () => placeholders.add(UNKNOWN));
    return templateText(source.text, tokens, form, body, (token) => {
      if (!values.has(token)) return directives.get(token) ?? '';
      const put = valueOf(token);
      return knownValue(put) ?? placeholders.add(put);
    });
  });
  return given ? { ...text, given } : text;
}

function loopScope({ source }: TemplateExpression, { inner }: SequenceToken, scope: Scope): Scope {
  const start = source.text.indexOf('for', inner.start) + 3;
  const introduction = parseForIntroduction(source, start, inner.end);
  if (!introduction) return scope;
  const { keyName, valueName, collection } = introduction;
  const over = evaluate(collection, scope);
  const entries = sortedEntries(over)?.entries ?? [];
  const some = (values: readonly HclValue[]): HclValue =>
    values.length === 0 || values.length > 12
      ? unknown(over.site, 'it is one of many')
      : { kind: 'choice', options: values.map((value) => ({ value, when: undefined })), site: over.site };
  const names: [string, HclValue][] = [[valueName, some(entries.map(([, value]) => value))]];
  if (keyName !== undefined) names.push([keyName, some(entries.map(([key]) => key))]);
  return bind(scope, ...names);
}

function knownWhole(expression: TemplateExpression, values: ReadonlyMap<SequenceToken, HclValue>): string | undefined {
  const holes = new Map<SequenceToken, string>();
  let length = 0;
  for (const [token, value] of values) {
    const text = textOf(value);
    if (text === undefined) return undefined;
    holes.set(token, text);
    if ((length += text.length) > MAX_LENGTH) return undefined;
  }
  const { source, tokens, form, body } = expression;
  return templateText(source.text, tokens, form, body, (token) => holes.get(token) ?? '').text;
}

function wholeValue(expression: TemplateExpression, valueOf: (token: SequenceToken) => Value): Value {
  const { source, tokens, form, body } = expression;
  const values: Value[] = [];
  const mark = '\uF8FB';
  const { text } = templateText(source.text, tokens, form, body, (token) => {
    values.push(valueOf(token));
    return mark;
  });
  return text
    .split(mark)
    .reduce<Value>(
      (at, part, index) => concat(index === 0 ? at : concat(at, values[index - 1] ?? UNKNOWN), literal(part)),
      EMPTY,
    );
}

function templateValue(
  { source }: TemplateExpression,
  site: Site,
  known: string | undefined,
  value: () => Value,
  read: (reader: Reader) => Piece,
): Text {
  return {
    kind: 'text',
    known,
    site,
    value,
    piece: (reader) => {
      const { text, map } = read(reader);
      // What stands in another file is read where this one speaks of it.
      if (source.uri !== reader.uri) return readOnly({ text, map: somewhereIn(reader.use) });
      return { text, map: compose(map, source.map) };
    },
  };
}

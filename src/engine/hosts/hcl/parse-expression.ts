/** Reads one expression: HCL Native Syntax Specification, "Expressions". What cannot be read is `broken` and never throws. */
import type { BinaryOperator, Expression, HclSource, ObjectItem, SplatStep } from './syntax';
import { heredocAt, scanTemplate } from './template-scan';
import type { Range } from '../../text/range';

/** Deeper nesting than this is read as broken: whoever walks an expression recurses. */
const MAX_DEPTH = 80;

/** Binary operators with how tightly they bind; longer ones first where one begins like another. */
const OPERATORS: readonly (readonly [BinaryOperator, number])[] = [
  ['||', 1],
  ['&&', 2],
  ['==', 3],
  ['!=', 3],
  ['<=', 4],
  ['>=', 4],
  ['<', 4],
  ['>', 4],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['/', 6],
  ['%', 6],
];
const BEGINS_OPERATOR = new Set(Array.from('|&=!<>+-*/%', (character) => character.charCodeAt(0)));

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const BLANKS = /(?:[ \t\r\n]+|#[^\n]*|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/)+/y;

class Unreadable extends Error {}

/** The expression that stands between two offsets; what is behind it makes it broken. */
export function parseExpression(source: HclSource, start: number, end: number): Expression {
  const plain = parsePlain(source, start, end);
  if (plain) return plain;
  const parser = parserOf(source, start, end);
  try {
    const expression = parser.expression();
    if (parser.atEnd()) return expression;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  return { kind: 'broken', source, range: { start, end } };
}

/** A text, a number, a word or a path of names, which nearly all expressions are. */
function parsePlain(source: HclSource, from: number, end: number): Expression | undefined {
  if (end - from > 200) return undefined;
  let start = from;
  while (start < end && source.text.charCodeAt(start) === 32) start++;
  const text = source.text.slice(start, end);
  const range = { start, end };
  const first = text.charCodeAt(0);
  if (first === 34) {
    if (!PLAIN_TEXT.test(text)) return undefined;
    const body = { start: start + 1, end: end - 1 };
    const tokens = body.start < body.end ? [{ kind: 'literal', ...body } as const] : [];
    return { kind: 'template', form: QUOTED, tokens, body, sound: true, source, range };
  }
  if (first >= 48 && first <= 57)
    return PLAIN_NUMBER.test(text) ? { kind: 'literal', value: Number(text), source, range } : undefined;
  if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true', source, range };
  if (text === 'null' || !PLAIN_PATH.test(text)) return undefined;
  const names = text.split('.');
  let at = start + (names[0] ?? '').length;
  let result: Expression = { kind: 'variable', name: names[0] ?? '', source, range: { start, end: at } };
  for (const name of names.slice(1)) {
    at += 1 + name.length;
    result = { kind: 'attribute', of: result, name, source, range: { start, end: at } };
  }
  return result;
}

const QUOTED = { kind: 'quoted' } as const;
const PLAIN_TEXT = /^"[^"\\$%\n]*"$/;
const PLAIN_NUMBER = /^\d+$/;
const PLAIN_PATH = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*$/;

/** What a `for` directive of a template says between `for` and its end. */
export function parseForIntroduction(
  source: HclSource,
  start: number,
  end: number,
): { readonly keyName: string | undefined; readonly valueName: string; readonly collection: Expression } | undefined {
  const parser = parserOf(source, start, end);
  try {
    const names = parser.loopNames();
    return { ...names, collection: parser.expression() };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return undefined;
  }
}

interface ExpressionParser {
  expression(): Expression;
  atEnd(): boolean;
  loopNames(): { readonly keyName: string | undefined; readonly valueName: string };
}

function parserOf(source: HclSource, from: number, end: number): ExpressionParser {
  const { text } = source;
  let at = from;
  let depth = 0;
  /** End of what was read last, without the blanks behind it. */
  let last = from;

  const skip = (): void => {
    while (text.charCodeAt(at) === 32 && at < end) at++;
    const code = text.charCodeAt(at);
    if (code > 35 && code !== 47) return;
    BLANKS.lastIndex = at;
    const match = BLANKS.exec(text);
    if (match) at = Math.min(end, BLANKS.lastIndex);
  };
  const fail = (): never => {
    throw new Unreadable();
  };
  const take = (token: string): boolean => {
    skip();
    if (at + token.length > end || !text.startsWith(token, at)) return false;
    at += token.length;
    last = at;
    return true;
  };
  const expect = (token: string): void => {
    if (!take(token)) fail();
  };
  const match = (pattern: RegExp): string | undefined => {
    skip();
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined || at + found.length > end) return undefined;
    at += found.length;
    last = at;
    return found;
  };
  const identifier = (): string => match(IDENTIFIER) ?? fail();
  const keyword = (word: string): boolean => {
    skip();
    const before = at;
    if (match(IDENTIFIER) === word) return true;
    at = before;
    return false;
  };
  const site = (start: number): { readonly source: HclSource; readonly range: Range } => ({
    source,
    range: { start, end: last },
  });
  const begin = (): number => {
    skip();
    return at;
  };

  const expression = (): Expression => {
    if (++depth > MAX_DEPTH) fail();
    const start = begin();
    const condition = binary(1);
    let result = condition;
    if (take('?')) {
      const yes = expression();
      expect(':');
      const no = expression();
      result = { kind: 'conditional', condition, yes, no, ...site(start) };
    }
    depth--;
    return result;
  };

  const binary = (least: number): Expression => {
    const start = begin();
    let left = unary();
    for (;;) {
      skip();
      if (!BEGINS_OPERATOR.has(text.charCodeAt(at))) return left;
      const found = OPERATORS.find(([operator]) => text.startsWith(operator, at));
      if (!found || found[1] < least || !take(found[0])) return left;
      const [operator, level] = found;
      const right = binary(level + 1);
      left = { kind: 'binary', operator, left, right, ...site(start) };
    }
  };

  const unary = (): Expression => {
    const start = begin();
    for (const operator of ['!', '-'] as const) {
      if (!take(operator)) continue;
      if (++depth > MAX_DEPTH) fail();
      const operand = unary();
      depth--;
      return { kind: 'unary', operator, operand, ...site(start) };
    }
    return postfix(term(), start);
  };

  const postfix = (base: Expression, start: number): Expression => {
    let result = base;
    for (;;) {
      const before = at;
      // A line break ends what an index could belong to: an object's items need no comma.
      skip();
      const onSameLine = !text.slice(before, at).includes('\n');
      if (text.startsWith('...', at)) {
        at = before;
        return result;
      }
      if (take('.')) {
        if (take('*')) {
          result = { kind: 'splat', of: result, steps: splatSteps(false), ...site(start) };
          continue;
        }
        const index = match(/\d+/y);
        if (index === undefined) {
          result = { kind: 'attribute', of: result, name: identifier(), ...site(start) };
          continue;
        }
        const key: Expression = { kind: 'literal', value: Number(index), ...site(last - index.length) };
        result = { kind: 'index', of: result, key, ...site(start) };
        continue;
      }
      if (onSameLine && take('[')) {
        if (take('*')) {
          expect(']');
          result = { kind: 'splat', of: result, steps: splatSteps(true), ...site(start) };
          continue;
        }
        const key = expression();
        expect(']');
        result = { kind: 'index', of: result, key, ...site(start) };
        continue;
      }
      at = before;
      return result;
    }
  };

  const splatSteps = (full: boolean): readonly SplatStep[] => {
    const steps: SplatStep[] = [];
    for (;;) {
      if (text.startsWith('.', at) && !text.startsWith('...', at)) {
        take('.');
        const name = match(IDENTIFIER);
        if (name === undefined) return fail();
        steps.push({ name });
      } else if (full && text.startsWith('[', at)) {
        take('[');
        steps.push({ key: expression() });
        expect(']');
      } else return steps;
    }
  };

  const term = (): Expression => {
    const start = begin();
    const code = at < end ? text.charAt(at) : '';
    if (code === '"') return quoted(start);
    if (code === '<') return heredoc(start);
    if (code === '[') return tuple(start);
    if (code === '{') return object(start);
    if (code === '(') {
      take('(');
      const inner = expression();
      expect(')');
      return inner;
    }
    const number = match(NUMBER);
    if (number !== undefined) return { kind: 'literal', value: Number(number), ...site(start) };
    const name = identifier();
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true', ...site(start) };
    if (name === 'null') return { kind: 'literal', value: null, ...site(start) };
    const qualified = text.startsWith('::', at) ? name + (match(/(?:::[\w-]+)+/y) ?? '') : name;
    if (text.startsWith('(', at)) return call(qualified, start);
    return { kind: 'variable', name: qualified, ...site(start) };
  };

  const call = (name: string, start: number): Expression => {
    take('(');
    const args: Expression[] = [];
    let expands = false;
    while (!take(')')) {
      args.push(expression());
      if (take('...')) expands = true;
      if (!take(',')) {
        expect(')');
        break;
      }
    }
    return { kind: 'call', name, args, expands, ...site(start) };
  };

  const quoted = (start: number): Expression => {
    const form = { kind: 'quoted' } as const;
    const scanned = scanTemplate(text, at + 1, end, form);
    const body = { start: at + 1, end: scanned.end };
    at = Math.min(end, scanned.end + 1);
    last = at;
    if (!scanned.sound) fail();
    return { kind: 'template', form, tokens: scanned.tokens, body, sound: scanned.sound, ...site(start) };
  };

  const heredoc = (start: number): Expression => {
    const opening = heredocAt(text, at);
    if (!opening) return fail();
    const form = { kind: 'heredoc', marker: opening.marker, flush: opening.flush } as const;
    // The marker's own line belongs to the expression, although a parser may end that before its line break.
    const { tokens, sound, end: bodyEnd } = scanTemplate(text, opening.bodyStart, text.length, form);
    if (!sound || bodyEnd >= end) fail();
    const body = { start: opening.bodyStart, end: bodyEnd };
    at = Math.min(end, text.indexOf(opening.marker, bodyEnd) + opening.marker.length);
    last = at;
    return { kind: 'template', form, tokens, body, sound, ...site(start) };
  };

  const loopNames = (): { readonly keyName: string | undefined; readonly valueName: string } => {
    const first = identifier();
    const second = take(',') ? identifier() : undefined;
    if (!keyword('in')) fail();
    return second === undefined ? { keyName: undefined, valueName: first } : { keyName: first, valueName: second };
  };

  /** Behind `[ for` or `{ for`. */
  const loop = (start: number, close: string): Expression => {
    const { keyName, valueName } = loopNames();
    const collection = expression();
    expect(':');
    const first = expression();
    const second = take('=>') ? expression() : undefined;
    const groups = take('...');
    const condition = keyword('if') ? expression() : undefined;
    expect(close);
    const [key, value] = second ? [first, second] : [undefined, first];
    return { kind: 'for', keyName, valueName, collection, key, value, condition, groups, ...site(start) };
  };

  const tuple = (start: number): Expression => {
    take('[');
    if (keyword('for')) return loop(start, ']');
    const items: Expression[] = [];
    while (!take(']')) {
      items.push(expression());
      if (!take(',')) {
        expect(']');
        break;
      }
    }
    return { kind: 'tuple', items, ...site(start) };
  };

  const object = (start: number): Expression => {
    take('{');
    if (keyword('for')) return loop(start, '}');
    const items: ObjectItem[] = [];
    while (!take('}')) {
      const itemStart = begin();
      const key = expression();
      if (!take('=')) expect(':');
      const value = expression();
      items.push({ key, value, range: { start: itemStart, end: last } });
      take(',');
    }
    return { kind: 'object', items, ...site(start) };
  };

  return {
    expression,
    loopNames,
    atEnd: () => {
      skip();
      return at >= end;
    },
  };
}

/** What expressions are worth; held against HashiCorp's own library while it was written. */
import { expect, test } from 'vitest';
import { IDENTITY } from '../../text/source-map';
import { evaluate, type Scope } from './evaluate';
import { parseExpression } from './parse-expression';
import { scalar, unknown, type HclValue } from './value';

const source = (text: string) => ({ text, map: IDENTITY, uri: 'main.tf' });
const SITE = { source: source(''), range: { start: 0, end: 0 } };

const scope = (): Scope => ({
  names: {
    resolve: ([root, name], site) => {
      if (root === 'var' && name === 'later') return { value: unknown(site, 'it is known later'), used: 2 };
      if (root === 'aws_instance')
        return {
          value: { kind: 'reference', target: `aws_instance.${name ?? ''}`, attribute: undefined, site },
          used: 2,
        };
      return undefined;
    },
    file: (path) =>
      path === 'a.tftpl'
        ? { uri: 'a.tftpl', text: 'hello ${name}%{ if x }!%{ endif }' }
        : path === 'b.tftpl'
          ? { uri: 'b.tftpl', text: '<${name}>' }
          : undefined,
  },
  bindings: new Map([['n', scalar(3, SITE)]]),
  work: { left: 10_000, depth: 0 },
});

/** A value as a person writes it: `?` is not known, `|` stands between alternatives. */
function show(value: HclValue): string {
  switch (value.kind) {
    case 'text':
      return value.known === undefined ? '?text' : JSON.stringify(value.known);
    case 'scalar':
      return String(value.value);
    case 'list':
      return `[${value.items.map(show).join(', ')}${value.complete ? '' : ', ...'}]`;
    case 'mapping':
      return `{${[...value.entries].map(([key, item]) => `${key} = ${show(item)}`).join(', ')}${value.complete ? '' : ', ...'}}`;
    case 'choice':
      return value.options.map((option) => show(option.value)).join(' | ');
    case 'reference':
      return value.attribute === undefined ? value.target : `${value.target}.${value.attribute}`;
    case 'encoded':
      return `encoded ${show(value.value)}`;
    case 'structure':
      return `written ${show(value.value)}`;
    default:
      return '?';
  }
}

test.each([
  ['1 + 2 * 3', '7'],
  ['-(1 + 2) < 0 ? "yes" : "no"', '"yes"'],
  ['!true || false', 'false'],
  ['10 % 4 == 2 && "1" != 1', 'true'],
  ['var.later ? 1 : 2', '1 | 2'],
  ['var.later || true', 'true'],
  ['var.later && true', '?'],
  ['null == null', 'true'],
  ['aws_instance.a.id', 'aws_instance.a.id'],
  ['aws_instance.a[0].id', 'aws_instance.a.id'],
  ['join("", aws_instance.a.*.id)', 'aws_instance.a.id'],
  ['aws_instance.a[*].id', '[aws_instance.a.id]'],
  ['aws_instance.a.*.id', '[aws_instance.a.id]'],
  ['[1, "a", true, null]', '[1, "a", true, null]'],
  ['{ a = 1, "b" : 2\n c = 3 }', '{a = 1, b = 2, c = 3}'],
  ['{ (var.later) = 1 }', '{, ...}'],
  ['[for x in ["a", "b"] : upper(x)]', '["A", "B"]'],
  ['[for i, x in ["a", "b"] : "${i}${x}" if i > 0]', '["1b"]'],
  ['{for k, v in { a = 1, b = 2 } : k => v * 2}', '{a = 2, b = 4}'],
  ['{for x in ["a", "b", "ab"] : substr(x, 0, 1) => x...}', '{a = ["a", "ab"], b = ["b"]}'],
  ['[for x in var.later : x]', '?'],
  ['["a", "b"][1]', '"b"'],
  ['{ a = { b = "c" } }.a["b"]', '"c"'],
  ['{ a = 1 }["b"]', '?'],
  ['[{ a = 1 }, { a = 2 }][*].a', '[1, 2]'],
  ['"a${n}b"', '"a3b"'],
  ['"${n}"', '3'],
  ['"${[1]}"', '[1]'],
  ['"a${var.later}"', '?text'],
  ['"%{ if true }a%{ endif }"', '?text'],
  ['join(",", ["a", "b"], ["c"])', '"a,b,c"'],
  ['join(",", [var.later])', '?text'],
  ['format("%s-%d%%", "a", 3)', '"a-3%"'],
  ['format("%05d", 3)', '?'],
  ['formatlist("%s!", ["a", "b"])', '["a!", "b!"]'],
  ['replace("a-b", "-", "+")', '"a+b"'],
  ['replace("a-b", "/a/", "+")', '?'],
  ['split(",", "a,b")', '["a", "b"]'],
  ['trimspace("  a ")', '"a"'],
  ['chomp("a\\n\\n")', '"a"'],
  ['trimprefix("abc", "a")', '"bc"'],
  ['trim("--a--", "-")', '"a"'],
  ['title("hello world")', '"Hello World"'],
  ['indent(2, "a\\nb")', '"a\\n  b"'],
  ['startswith("abc", "ab")', 'true'],
  ['concat(["a"], var.later)', '["a", ...]'],
  ['concat(["a"], ["b"])', '["a", "b"]'],
  ['flatten([["a"], [["b"], "c"]])', '["a", "b", "c"]'],
  ['merge({ a = 1 }, { a = 2, b = 3 })', '{a = 2, b = 3}'],
  ['merge({ a = 1 }, var.later)', '{, ...}'],
  ['merge(var.later, { a = 1 })', '{a = 1, ...}'],
  ['lookup({ a = 1 }, "b", 2)', '2'],
  ['lookup(merge(var.later, { a = 1 }), "b", 2)', '?'],
  ['element(["a", "b"], 3)', '"b"'],
  ['length(["a", "b"])', '2'],
  ['length(concat(["a"], var.later))', '?'],
  ['length("漢🔑")', '2'],
  ['keys({ b = 1, a = 2 })', '["a", "b"]'],
  ['values({ b = 1, a = 2 })', '[2, 1]'],
  ['contains(["a"], "a")', 'true'],
  ['index(["a", "b"], "b")', '1'],
  ['index([{ a = 1, b = ["x"] }, { a = 2, b = null }], { a = 2, b = null })', '1'],
  ['index(["a"], "b")', '?'],
  ['index([var.later, "b"], "b")', '?'],
  ['{ for r in [{ p = 22 }, { p = var.later }] : index([{ p = 22 }], r) => r.p }', '{0 = 22, ...}'],
  ['contains(concat(["a"], var.later), "b")', '?'],
  ['toset(["a", "a"])', '["a"]'],
  ['compact(["a", "", null])', '["a"]'],
  ['coalesce(null, "", "x")', '"x"'],
  ['coalesce(var.later, "x")', '?'],
  ['coalescelist([], ["a"])', '["a"]'],
  ['zipmap(["a", "b"], [1, 2])', '{a = 1, b = 2}'],
  ['setproduct(["a", "b"], [1])', '[["a", 1], ["b", 1]]'],
  ['setsubtract(["a", "b"], ["a"])', '["b"]'],
  ['range(3)', '[0, 1, 2]'],
  ['range(4, 0, -2)', '[4, 2]'],
  ['slice(["a", "b", "c"], 1, 2)', '["b"]'],
  ['sort(["b", "a"])', '["a", "b"]'],
  ['alltrue([true, var.later])', '?'],
  ['anytrue([true, var.later])', 'true'],
  ['one(["a"])', '"a"'],
  ['one([])', 'null'],
  ['max(1, 2, n)', '3'],
  ['tonumber("22")', '22'],
  ['tostring(22)', '"22"'],
  ['try({ a = 1 }.b, "fallback")', '"fallback"'],
  ['try(var.later.x, "fallback")', '?'],
  ['cidrsubnet("10.0.0.0/8", 8, 2)', '"10.2.0.0/16"'],
  ['cidrhost("10.0.0.0/8", 2)', '"10.0.0.2"'],
  ['cidrsubnets("10.0.0.0/16", 8, 8)', '["10.0.0.0/24", "10.0.1.0/24"]'],
  ['base64encode("a")', 'encoded "a"'],
  ['base64decode(base64encode("a"))', '"a"'],
  ['base64decode("aGVsbG8=")', '"hello"'],
  ['jsonencode({ b = [1, true], a = null })', '"{\\"a\\":null,\\"b\\":[1,true]}"'],
  ['jsonencode({ a = var.later })', 'written {a = ?}'],
  ['jsondecode("{\\"a\\": [1]}").a[0]', '1'],
  ['templatefile("b.tftpl", { name = "x" })', '"<x>"'],
  ['templatefile("a.tftpl", { name = "x", x = true })', '?text'],
  ['templatefile("missing.tftpl", {})', '?'],
  ['file("b.tftpl")', '"<${name}>"'],
  ['provider::aws::arn_parse("x")', '?'],
  ['nobody(1)', '?'],
  ['1 +', '?'],
  ['(((((', '?'],
  ['"unclosed', '?'],
  ['', '?'],
])('%s is worth %s', (text, expected) => {
  expect(show(evaluate(parseExpression(source(text), 0, text.length), scope()))).toBe(expected);
});

test('deep nesting is not followed, and nothing throws', () => {
  for (const deep of ['('.repeat(5000), '['.repeat(5000), '!'.repeat(5000), '"${'.repeat(5000), '{a='.repeat(5000)]) {
    expect(evaluate(parseExpression(source(deep), 0, deep.length), scope()).kind).toBe('unknown');
  }
});

test('a configuration that would take forever is given up', () => {
  const text = '[for a in range(200) : [for b in range(200) : [for c in range(200) : a + b + c]]]';
  const limited = scope();
  evaluate(parseExpression(source(text), 0, text.length), limited);
  expect(limited.work.left).toBeLessThanOrEqual(0);
});

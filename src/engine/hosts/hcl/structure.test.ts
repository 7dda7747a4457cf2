/** What is read of files, and of files that somebody is still writing. */
import { expect, test } from 'vitest';
import { readHcl } from './structure';
import type { Body } from './syntax';

/** `type label { name = value }`, as far as it was read. */
function show({ attributes, blocks, source }: Body): string {
  const values = [...attributes.values()].map(({ name, range, nameRange }) => {
    const value = source.text.slice(nameRange.end, range.end).replace(/^\s*=\s*/, '');
    return `${name} = ${value.replace(/\n/g, '|')}`;
  });
  const inner = blocks.map(({ type, labels, body }) => `${[type, ...labels].join(' ')} { ${show(body)} }`);
  return [...values, ...inner].join('; ');
}

test.each([
  ['a = 1\nb = "x" # comment\n', 'a = 1; b = "x"'],
  ['a "b" c {\n  d = [\n    1, # }\n    2,\n  ]\n}\n', 'a b c { d = [|    1, # }|    2,|  ] }'],
  ['a { b = 1 }\nc {}\n', 'a { b = 1 }; c {  }'],
  ['a {\n  b = <<EOT\n}\n${x}\nEOT\n  c = 2\n}\n', 'a { b = <<EOT|}|${x}|EOT; c = 2 }'],
  ['a {\n  b = { c = "}", d = "${x["}"]}" }\n}\n', 'a { b = { c = "}", d = "${x["}"]}" } }'],
  ['/* a = 1 */\n// b = 2\nc = 3 /* { */\n', 'c = 3 /* { */'],
  ['\uFEFFa = 1\r\nb {\r\n  c = 2\r\n}\r\n', 'a = 1; b { c = 2 }'],
  ['a = x == y ? 1 : 2\n', 'a = x == y ? 1 : 2'],
  // What somebody is still writing.
  ['resource "a" "b" {\n  c = 1\n\nresource "d" "e" {\n  f = 2\n}\n', 'resource a b { c = 1 }; resource d e { f = 2 }'],
  ['resource "a" "b" {\n  c = [\n\nresource "d" "e" {\n  f = 2\n}\n', 'resource a b { c = [ }; resource d e { f = 2 }'],
  ['resource "a" "b" {\n  c = "x\n  d = 1\n}\n', 'resource a b { c = "x; d = 1 }'],
  [
    'resource "a" "b" {\n  c = <<EOT\nx\n\nresource "d" "e" {\n  f = 2\n}\n',
    'resource a b { c = <<EOT|x }; resource d e { f = 2 }',
  ],
  ['a {\n  b =\n  c = 1\n}\n', 'a { b = ; c = 1 }'],
  ['a {\n  ?? !!\n  c = 1\n}}\nd = 2\n', 'd = 2; a { c = 1 }'],
  ['a "b\nc = 1\n', 'c = 1'],
])('%j', (text, expected) => {
  expect(show(readHcl(text, 'main.tf'))).toBe(expected);
});

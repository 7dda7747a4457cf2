import fc from '../../../../../test/fast-check';
import { describe, expect, it } from 'vitest';
import type { Tree } from '../tree';
import { parseAnyYaml } from '../yaml';
import { readSimpleYaml } from './read';

/** All that can be known of a tree, a line for each node. */
function described(tree: Tree, path = '$'): readonly string[] {
  const { range, tag, insertLines } = tree;
  const inserted = insertLines ? JSON.stringify(insertLines(["it's", 'a\nb'])) : 'no lines';
  const head = `${path} ${tree.kind} ${String(range.start)}-${String(range.end)} ${tag ?? 'no tag'} ${inserted}`;
  if (tree.kind === 'list')
    return [head, ...tree.items.flatMap((item, index) => described(item, `${path}[${String(index)}]`))];
  if (tree.kind === 'map') {
    const entries = tree.entries.flatMap(({ key, keyRange, value }) => [
      `${path} has ${JSON.stringify(key)} ${String(keyRange.start)}-${String(keyRange.end)}`,
      ...described(value, `${path}.${key}`),
    ]);
    return [head, ...entries];
  }
  const { text, map } = tree.piece();
  const whole = map.toHost({ start: 0, end: text.length });
  return [`${head} ${typeof tree.value} ${JSON.stringify([tree.value, text, whole])}`];
}

function expectSame(text: string): boolean {
  const simple = readSimpleYaml(text);
  if (!simple) return false;
  expect(inLines(simple), `of ${JSON.stringify(text)}`).toBe(inLines(parseAnyYaml(text)));
  return true;
}

function inLines(trees: readonly Tree[]): string {
  return trees.map((tree) => described(tree).join('\n')).join('\n---\n');
}

const TEMPLATE = `# A template
---
AWSTemplateFormatVersion: '2010-09-09'
Description: >-
  Three lines
    one further in

  and one

Parameters:
  Type : { Type: String, Default: "t3.micro", AllowedValues: [t3.micro, 'it''s', 8, -1.5, true, ~] }
  Long: A text that goes on
    on another line

    and a third   # and ends
  Quoted: "a\\tb
    c \\u00e9 \\
    \\ d"
  Below:
    in a line of its own
      # further in, and of the line

  Nothing: # at all
    # further in
  # in front of a key
  Empty:
  Tagged: !GetAZs
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      SecurityGroupIngress:
      - IpProtocol: tcp # the protocol
        FromPort: 22
        # of the entry
      - { "IpProtocol":-1, CidrIp: 0.0.0.0/0 }
      # of the list

      Tags:
        - - a
          - !Sub "\${AWS::StackName}"
        - !If
          - Yes
          - !Join ['', [a, !Ref Type, # one
              # and another
              b, c
              d, "e
              f", Key: !Ref Type, g: ], {h, i: }
          ]
          - !Ref AWS::NoValue
        -
          Key: Name
    # of the group
  Host:
    UserData:
      Fn::Base64: !Sub |
        #!/bin/bash

          echo: "\${Type}"   

        # end

    Kept: |+
      x

    Deeper: >2-
        y
       z
    Last: |-
      x
  # at the end
---
Second: &second
  document: &text one
Other: !x &both
  - *text
  - &last
    a: *text
    <<: *second
  - {a: *last, <<: *last}
Third:
  <<: [*both, *last]
  Fourth:
    document: two
    <<: *last
    "<<": *last # again
...
# between
---
--- !third # document
- third
`;

describe('readSimpleYaml', () => {
  it('reads a template as the library does', () => {
    expect(expectSame(TEMPLATE)).toBe(true);
  });

  it.each([
    'a: 1',
    'a:\n  b: 1\n  # c\n\n# d\ne: 2\n',
    'a:\n  b:\n    c: 1\n   # between\n  d: 2',
    '- a\n- b: 1\n  c: 2\n-\n- !x\n',
    'a:\n- b\n# c\n- d\ne: f',
    'x:\n  a:\n  - b\n  # c\n  e: f\n  # g',
    'a: |\n  b\n\n\nc: d',
    'a: |\n  b\n   \n \nc: d\n',
    'a: >\n\n  b\n  c\n\n\n  d\n   e\n\n  f\n',
    "1: 010\n~: 1e3\n.5: +7\n'1': 2",
    'a: b\n...\n',
    'a: >-\n\n  \tb\n\n  \tc\n  d\n',
    'a: "b\n  \n\n  c "\n',
    "a: 'b\n\n  it''s '\nb: c",
    'a: !x\n  b: 1\nc: !y\n- 1\n',
    'a: # b\n  - c # d\n  - "e"  \n',
    'a: [\n  b,\n  [c, {d: e, "f":g}, ],\n  ]\n',
    'http://a: b:c#d e',
    'a:\n  b: 1\n    # c\n  # d\n\n   # e\n # f\ng: 2\n',
    '- a\n  # b\n\n  # c\n# d\n- e\n  # f',
    'a:\n  b:\n  # c\nd: 1\n',
    'x:\n  a: # c\n  # d\ny: 1\n',
    '- a\n# b\n-\n  # c\n',
    '-\n  # c\n  - a\n-\n  # d\n  b: 1\n',
    'a: # c\n  !x\n',
    'a: b\n  \t# c\n\t\nd: e\n',
    'a:\t!x\tb\t# c\n',
    'a: "b \\\n  \\ c\\\n\n  d\\x41\\U0001F600\\q"',
    'a: |+\n  b\n\n\nc: d\n',
    'a: |+\n\n\n',
    'a: >+\n  b\n  \n   \n',
    '- |2-\n    a\n   b\n   \n- >1\n\n  c\n   d\n e',
    'a: |\nb: |\n\n\nc: |',
    'a: |1\n  b',
    'a: b\n---\nc: d\n--- # e\n# f\n---\n...\n\n# g\nh: i\n',
    'a: b\r\nc: |\r\n  d\r\n\r\n  e\r\n\r\nf: "g\r\n  h\\\r\n  i"\r\nj: [k,\r\n  l m\r\n  n]\r\n',
    '- a\r\n  b\r\n\r\n  c\r\n-\r\n  # d\r\n- >\r\n  e\r\n  f\r\n   g\r\n',
    '\uFEFFa: b\nc:\n- d\n',
    '\uFEFF---\r\n- a\r\n',
    'a: [b: c, "d":e, f: [g], h: ]\n',
    'a: {b, c: , d\n  e : f\n  g, h:,}\n',
    'a: [\n  b, # c\n# d\n  e\n]\nf: {\n}\n',
    'a: [0x1F, 0o17, .inf, -.INF, .nan, .npmrc, -0]',
    'a: &x 1\nb: *x\nc:\n  - *x\n  - &x y # z\n  - [*x, a: *x, <<: *x, 2]\n  - {{ x , a }}\nd: *x\n',
    'a: {{ b }}\nc: {[d], {e: f} }\n',
    'a:\n  <<: {b: 1, b: 2}\n  b: 3\n  <<: {c: 4, d: {e: 5, f: 6}}\n  e: &x {e: 5, f: 6}\n  <<: *x\n',
    'a: &x\n  # c\nb: *x\n',
    '# nothing\n',
    '---\n',
  ])('reads %j as the library does', (text) => {
    expect(expectSame(text)).toBe(true);
  });

  it.each([
    ['an alias in front of its anchor', 'a: *x\nb: &x 1\n'],
    ['an alias within its own anchor', 'a: &x 1\nb: &x\n  c: *x\n'],
    ['an alias to another document', 'a: &x 1\n---\nb: *x\n'],
    ['an alias with a tag', 'a: &x 1\nb: !y *x\n'],
    ['an alias that is a key', 'a: &x 1\n*x : 1\n'],
    ['an anchor of a key', '- &x a: 1\n'],
    ['an anchor between brackets', 'a: [&x b, *x]\n'],
    ['two tags', 'a: !x !y\n'],
    ['two anchors', 'a: &x\n  &y\nb: *x\n'],
    ['a complex key between brackets that has a value', 'a: {[b]: c}\n'],
    ['text behind the dashes of a document', 'a: 1\n--- b\n'],
    ['dots in front of a document', '...\na: 1\n'],
    ['comments behind nothing at the end of a document', 'a:\n# b\n---\nc: 1\n'],
    ['a directive', '%YAML 1.2\n---\na: 1\n'],
    ['a complex key', '? a\n: b\n'],
    ['tabs that indent', 'a:\n\tb: 1\n'],
    ['tabs behind a dash', '-\ta: 1\n'],
    ['carriage returns', 'a: b\rc: d\r\n'],
    ['a byte order mark in front of an indentation', '\uFEFF- a: 1\n  b: 2\n'],
    ['a byte order mark between documents', 'a: 1\n...\n\uFEFFb: 2\n'],
    ['a line of a quoted text that stands too far out', 'a:\n  b: "c\n"\n'],
    ['a text below a comment that stands further out', 'a:\n#b\n  c\nd: e\n'],
    ['a bracket that stands too far out', 'a:\n  b: [c,\n  [\n  ]]\n'],
    ['half an escape', 'a: "\\u12"\n'],
    ['a list behind a key', 'a: - b\n'],
    ['an unclosed bracket', 'a: [b\nc: d\n'],
    ['an unclosed quote', 'a: "b\nc: d\n'],
    ['a tag of YAML itself', 'a: !!str 1\n'],
    ['a header that says too much', 'a: |12\n   b\n'],
    ['a block that ends in tabs', 'a: |\n  b\n\t\nc: d\n'],
    ['a map that stands nowhere', 'a:\n    b: 1\n  c: 2\n'],
    ['a scalar alone', 'a\n'],
    ['nesting without end', `a: ${'['.repeat(5000)}\n`],
  ])('leaves %s to the library', (_, text) => {
    expect(readSimpleYaml(text)).toBeUndefined();
  });

  it.each([
    ['in single quotes', "a:\n  b: 'x\n\n y\nz'\nc: d\n", 'x\ny z'],
    ['in double quotes', 'a:\n  b: "x\n  y \\\n  z\n"\nc: d\n', 'x y z '],
    ['with what looks like a key', 'a:\n  b: "x\nkey: y"\nc: d\n', 'x key: y'],
  ])('reads lines of a quoted text that stand too far out, %s', (_, text, value) => {
    const [tree] = readSimpleYaml(text, true) ?? [];
    const [a, c] = tree?.kind === 'map' ? tree.entries : [];
    const b = a?.value.kind === 'map' ? a.value.entries[0]?.value : undefined;
    expect(b?.kind === 'scalar' ? b.value : undefined).toBe(value);
    expect([c?.key, c?.value.kind === 'scalar' && c.value.value]).toEqual(['c', 'd']);
  });

  it.each([
    ['a quote that is being typed', 'a:\n  b: "x\n  c: "y"\n  d: \'z\'\n'],
    ['one in front of a quote at the end of a line', 'a:\n  b: "x\n  c: d"e\n'],
    ['one over the end of a document', 'a:\n  b: "x\n---\ny"\n'],
  ])('leaves %s to the library', (_, text) => {
    expect(readSimpleYaml(text, true)).toBeUndefined();
  });

  it('reads what it reads of broken templates as the library does', () => {
    const lines = TEMPLATE.split('\n');
    const line = fc.integer({ min: 0, max: lines.length - 1 });
    const put = fc.constantFrom(
      ...Array.from(':#,[]{}&*!|>\'"%@`- \n'),
      '  ',
      '# c',
      '- ',
      ': ',
      '!x ',
      '\n\n',
      '...',
      "''",
      '---\n',
      '&text ',
      '*text',
      '<<',
      '+',
      '2',
      '\t',
      '\\',
    );
    const change = fc.oneof(
      fc.record({ line, at: fc.nat(60), put, drop: fc.nat(2) }).map(({ line, at, put, drop }) => (all: string[]) => {
        const text = all[line] ?? '';
        all[line] = text.slice(0, at) + put + text.slice(at + drop);
      }),
      fc.tuple(line, fc.nat(8)).map(([line, indent]) => (all: string[]) => {
        all[line] = ' '.repeat(indent) + (all[line] ?? '').trimStart();
      }),
      fc.tuple(line, fc.nat(8)).map(([line, indent]) => (all: string[]) => {
        all.splice(line, 0, `${' '.repeat(indent)}# comment`);
      }),
      fc.tuple(line, fc.nat(6)).map(([line, count]) => (all: string[]) => {
        all.splice(line, count);
      }),
    );
    let read = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), fc.constantFrom('\n', '\r\n'), (changes, end) => {
        const changed = [...lines];
        for (const apply of changes) apply(changed);
        if (expectSame(changed.join('\n').replace(/\n/g, end))) read++;
      }),
      { numRuns: 1000 },
    );
    expect(read).toBeGreaterThan(200);
  });
});

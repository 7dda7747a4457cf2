/** What is written into a template is what it says afterwards, and nothing else of the file changes. */
import fc from '../../../../test/fast-check';
import { describe, expect, test } from 'vitest';
import { placeholderTable } from '../../program/placeholders';
import { editsOf } from '../../testing/arbitrary-edits';
import { applyEdits } from '../../text/edits';
import { IDENTITY } from '../../text/source-map';
import type { Piece } from '../piece';
import { evaluate } from './evaluate';
import { parseExpression } from './parse-expression';

const LETTERS = [
  'a',
  'b',
  '$',
  '%',
  '{',
  '}',
  '"',
  '\\',
  ' ',
  '  ',
  '\t',
  '\n',
  '\n',
  '\n    ',
  '漢',
  '🔑',
  'EOT',
  '~',
];
const unit = fc.constantFrom(...LETTERS);

/** How a text is written in each form; holes are `\uE000`. */
const FORMS: Readonly<Record<string, (text: string) => string>> = {
  'quoted template': (text) =>
    `"${escape(text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t'))}"`,
  heredoc: (text) => `<<EOT\n${escape(text)}\nEOT`,
  'flush heredoc': (text) => `<<-EOT\n${margin(escape(text), '    ')}\n    EOT`,
  'flush heredoc with tabs': (text) => `<<-EOT\n${margin(escape(text), '\t\t')}\n\tEOT`,
  'heredoc with CRLF': (text) => `<<EOT\r\n${escape(text.replace(/\n/g, '\r\n'))}\r\nEOT`,
};

function escape(text: string): string {
  return text.replace(/[$%](?=\{)/g, '$&$&').replaceAll('\uE000', '${x}');
}

function margin(text: string, blanks: string): string {
  return text.replace(/^(?=.)/gm, blanks);
}

function read(host: string): Piece | undefined {
  const start = host.indexOf('= ') + 2;
  const source = { text: host, map: IDENTITY, uri: 'main.tf' };
  const expression = parseExpression(source, start, host.length - '\n# end\n'.length);
  const scope = {
    names: { resolve: () => undefined, file: () => undefined },
    bindings: new Map(),
    work: { left: 1000, depth: 0 },
  };
  const value = evaluate(expression, scope);
  return value.kind === 'text'
    ? value.piece({ placeholders: placeholderTable(), uri: 'main.tf', use: { start: 0, end: 0 } })
    : undefined;
}

describe.each(Object.entries(FORMS))('%s', (_, write) => {
  const host = (text: string): string => `x = ${write(text)}\n# end\n`;

  test('edits of the script are edits of the file that say the same', () => {
    const cases = fc
      .tuple(
        fc.string({
          unit: fc.oneof({ weight: 30, arbitrary: unit }, { weight: 1, arbitrary: fc.constant('\uE000') }),
          maxLength: 30,
        }),
        fc.string({ unit, maxLength: 8 }),
      )
      .chain(([text, added]) => {
        const piece = read(host(text));
        return piece
          ? fc.record({
              file: fc.constant(host(text)),
              piece: fc.constant(piece),
              edits: editsOf(piece.text, fc.constant(added)),
            })
          : fc.constant(undefined);
      });
    let written = 0;
    let asked = 0;
    fc.assert(
      fc.property(cases, (each) => {
        if (!each) return;
        const { file, piece, edits } = each;
        if (edits.length === 0) return;
        asked++;
        const hostEdits = piece.map.toHostEdits(edits);
        if (!hostEdits) return;
        written++;
        const edited = applyEdits(file, hostEdits);
        const script = applyEdits(piece.text, edits);
        // What is put in and nothing else is no text but whatever it is.
        if (script !== '\uE000') expect(read(edited)?.text).toBe(script);
        expect(edited.startsWith('x = ') && edited.endsWith('\n# end\n')).toBe(true);
      }),
      { numRuns: 2000 },
    );
    // Most edits can be written; those that touch what is put in, or would end the text, cannot.
    expect(written / asked).toBeGreaterThan(0.2);
  });
});

test.each([
  [
    'a line in a heredoc',
    'x = <<EOT\n#!/bin/sh\ncurl a\nEOT\n# end\n',
    10,
    'T=1\n',
    'x = <<EOT\n#!/bin/sh\nT=1\ncurl a\nEOT\n# end\n',
  ],
  [
    'a line in an indented one',
    'x = <<-EOT\n    #!/bin/sh\n    curl a\n    EOT\n# end\n',
    10,
    'T=1\n',
    'x = <<-EOT\n    #!/bin/sh\n    T=1\n    curl a\n    EOT\n# end\n',
  ],
  [
    'a line between quotes',
    'x = "#!/bin/sh\\ncurl a"\n# end\n',
    10,
    'T="1"\n',
    'x = "#!/bin/sh\\nT=\\"1\\"\\ncurl a"\n# end\n',
  ],
  [
    'braces behind a dollar sign',
    'x = <<EOT\n#!/bin/sh\ncurl a\nEOT\n# end\n',
    10,
    'echo ${T} %{T}\n',
    'x = <<EOT\n#!/bin/sh\necho $${T} %%{T}\ncurl a\nEOT\n# end\n',
  ],
  [
    'the end of an indented one',
    'x = <<-EOT\n    #!/bin/sh\n    EOT\n# end\n',
    10,
    'T=1\n',
    'x = <<-EOT\n    #!/bin/sh\n    T=1\n    EOT\n# end\n',
  ],
])('%s', (_, host, at, newText, expected) => {
  const edits = read(host)?.map.toHostEdits([{ range: { start: at, end: at }, newText }]);
  expect(edits && applyEdits(host, edits)).toBe(expected);
});

test('a line that would end the heredoc cannot be written', () => {
  const piece = read('x = <<EOT\na\nEOT\n# end\n');
  expect(piece?.map.toHostEdits([{ range: { start: 0, end: 0 }, newText: '  EOT\n' }])).toBeUndefined();
});

test('a dollar sign in front of a brace cannot be written without it', () => {
  const piece = read('x = "{a}"\n# end\n');
  expect(piece?.map.toHostEdits([{ range: { start: 0, end: 0 }, newText: '$' }])).toBeUndefined();
});

import fc from '../fast-check';

/** One change to a text; positions are shares of its length, so that every change fits every text. */
export interface Mutation {
  readonly kind: 'delete' | 'duplicate' | 'swap' | 'truncate' | 'insert' | 'move-line' | 'delete-line' | 'unindent';
  readonly at: number;
  readonly length: number;
  readonly to: number;
  readonly inserted: string;
}

const PIECES: readonly string[] = [
  ...[
    '"',
    "'",
    '`',
    '\\',
    '$',
    '${',
    '$(',
    '$((',
    ')',
    '(',
    '{',
    '}',
    '<<EOF\n',
    "<<'E'\n",
    '<<-X\n',
    '|',
    '||',
    '&&',
    '&',
    ';',
    ';;',
    '#',
  ],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '\0',
    '\u00e9',
    '\u{1f680}',
    '\ud800',
    '\ufeff',
    '\u2028',
    '!',
    '~',
    '*',
    '>',
    '<(',
    '[[',
    ']]',
  ],
  ...[
    'if ',
    'then ',
    'fi\n',
    'do ',
    'done\n',
    'case ',
    'esac\n',
    'function f {',
    'local ',
    'export ',
    'eval ',
    'bash -c ',
    'sudo ',
    'exec ',
  ],
  ...[
    'curl ',
    'wget -qO- ',
    '-H ',
    '"X-aws-ec2-metadata-token: $TOKEN"',
    'http://169.254.169.254/latest/meta-data/',
    'TOKEN=',
    'chmod 777 ~/.aws\n',
  ],
];

/** Changes as fast-check makes and shrinks them. */
export const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom<Mutation['kind'][]>(
    'delete',
    'duplicate',
    'swap',
    'truncate',
    'insert',
    'move-line',
    'delete-line',
    'unindent',
  ),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 60 }),
  to: fc.double({ min: 0, max: 1, noNaN: true }),
  inserted: fc.constantFrom(...PIECES),
});

function mutateLines(text: string, { kind, at, to }: Mutation): string {
  const lines = text.split('\n');
  const index = Math.min(Math.floor(at * lines.length), lines.length - 1);
  if (kind === 'unindent') return lines.map((line, i) => (i === index ? line.trim() : line)).join('\n');
  const [line = ''] = lines.splice(index, 1);
  if (kind === 'move-line') lines.splice(Math.floor(to * lines.length), 0, line);
  return lines.join('\n');
}

/** The text with one change made. */
export function mutate(text: string, change: Mutation): string {
  const { kind, at, length, to, inserted } = change;
  const start = Math.floor(at * text.length);
  const target = Math.floor(to * text.length);
  const piece = text.slice(start, start + length);
  switch (kind) {
    case 'delete':
      return text.slice(0, start) + text.slice(start + length);
    case 'duplicate':
      return text.slice(0, target) + piece + text.slice(target);
    case 'swap': {
      const rest = text.slice(0, start) + text.slice(start + length);
      const place = Math.min(target, rest.length);
      return rest.slice(0, place) + piece + rest.slice(place);
    }
    case 'truncate':
      return text.slice(0, start);
    case 'insert':
      return text.slice(0, start) + inserted + text.slice(start);
    case 'move-line':
    case 'delete-line':
    case 'unindent':
      return mutateLines(text, change);
  }
}

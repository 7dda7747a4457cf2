/** Strings and words with variables in them ("about_Quoting_Rules", "about_Parsing", "about_Special_Characters"). */
import { concat, EMPTY, literal, UNKNOWN, type Value } from '../../program/value';
import type { Range } from '../../text/range';
import { endOfNested } from '../syntax/scan';
import { either, valueOf } from './datum';
import { runAll } from './execute';
import { variable, type Machine } from './machine';

const VARIABLE = /^\$(?:\{([^}\n]+)\}|((?:(?:global|script|local|private|using|env|variable):)?\w+|[_?^$]))/i;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\x1b',
};
/** No name is longer, and a slice for each dollar sign has to be short. */
const LONGEST_NAME = 200;

/** Text as it stands, with what the host puts in. */
export function literalText(machine: Machine, text: string): Value {
  const { placeholders } = machine.source;
  if (placeholders.size === 0 || text === '') return literal(text);
  let value: Value = EMPTY;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const placed = placeholders.get(text.charAt(at));
    if (!placed) continue;
    value = concat(concat(value, literal(text.slice(from, at))), placed);
    from = at + 1;
  }
  return concat(value, literal(text.slice(from)));
}

/**
 * The text between two offsets with its variables, subexpressions and escapes. In double quotes two stand for one, in
 * a word they are taken off.
 */
export function expand(machine: Machine, { start, end }: Range, kind: 'quoted' | 'here-string' | 'word'): Value {
  const { text } = machine.syntax;
  let value: Value = EMPTY;
  let plain = '';
  const flush = (): void => {
    value = concat(value, literalText(machine, plain));
    plain = '';
  };
  let at = start;
  while (at < end) {
    const character = text.charAt(at);
    if (character === '`') {
      const escaped = text.charAt(at + 1);
      if (at + 1 < end && escaped !== '\n') plain += ESCAPES[escaped] ?? escaped;
      at += 2;
    } else if (kind === 'word' && (character === '"' || character === "'")) {
      const close = character === "'" ? text.indexOf("'", at + 1) : -1;
      if (close !== -1 && close < end) {
        plain += text.slice(at + 1, close);
        at = close + 1;
      } else at++;
    } else if (kind === 'quoted' && character === '"') {
      plain += '"';
      at += text.charAt(at + 1) === '"' && at + 1 < end ? 2 : 1;
    } else if (character === '$' && text.charAt(at + 1) === '(') {
      const close = Math.min(endOfNested(text, at), end);
      flush();
      value = concat(value, nested(machine, { start: at + 2, end: close - 1 }));
      at = close;
    } else if (character === '$') {
      const match = VARIABLE.exec(text.slice(at, Math.min(end, at + LONGEST_NAME)));
      if (!match) {
        plain += character;
        at++;
        continue;
      }
      const [whole, braced, simple] = match;
      flush();
      at += whole.length;
      // `$name:x` is a variable of a drive that nobody has.
      const isDrive = braced === undefined && text.charAt(at) === ':' && /\w/.test(text.charAt(at + 1)) && at + 1 < end;
      value = concat(value, isDrive ? UNKNOWN : valueOf(variable(machine, braced ?? simple ?? '')));
    } else {
      plain += character;
      at++;
    }
  }
  flush();
  return value;
}

function nested(machine: Machine, range: Range): Value {
  const nodes = machine.parse(range);
  const output = runAll(nodes, machine);
  return output ? valueOf(either(output)) : EMPTY;
}

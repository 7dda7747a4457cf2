/** Command line options as getopt_long reads them: POSIX XBD 12.2 with GNU's long options. */
import type { Field } from './expand';
import { isLiteral, knownPrefix, type Text } from '../program/value';

/** Which options a command has, by canonical name. */
export interface OptionTable {
  /** Canonical name of each short option, with `=` behind it where it takes an argument. */
  readonly short: Readonly<Record<string, string>>;
  /** Long options that take an argument. */
  readonly withArgument: ReadonlySet<string>;
  /** Long options without one; only needed where their abbreviations matter. */
  readonly flags?: ReadonlySet<string>;
  /** True where an option may be written with one dash and several letters (`find -exec`). */
  readonly stopAtOperand?: boolean;
}

export interface ParsedOption {
  readonly name: string;
  /** Its argument, where it has one. */
  readonly value: Text | undefined;
  /** The field that holds the argument, or the option where that is attached. */
  readonly field: Field;
  /** All fields that the option is written in. */
  readonly fields: readonly Field[];
  /** True where the value is a field of its own. */
  readonly apart: boolean;
}

export interface ParsedArguments {
  readonly options: readonly ParsedOption[];
  readonly operands: readonly Field[];
  /** Unquoted expansions of unknown values: they may hold options. */
  readonly loose: readonly Field[];
}

/** The text without its first `length` known characters. */
export function dropPrefix(text: Text, length: number): Text {
  const result = [...text];
  let left = length;
  while (left > 0) {
    const first = result.shift();
    if (!first || !isLiteral(first)) break;
    if (first.text.length > left) {
      result.unshift({ ...first, text: first.text.slice(left) });
      break;
    }
    left -= first.text.length;
  }
  return result;
}

function longName(written: string, table: OptionTable): string {
  if (table.withArgument.has(written) || table.flags?.has(written)) return written;
  const matches = [...table.withArgument, ...(table.flags ?? [])].filter((name) => name.startsWith(written));
  const [only] = matches;
  return matches.length === 1 && only ? only : written;
}

export function parseOptions(args: readonly Field[], table: OptionTable): ParsedArguments {
  const options: ParsedOption[] = [];
  const operands: Field[] = [];
  const loose: Field[] = [];
  for (let i = 0; i < args.length; i++) {
    const field = args[i];
    if (!field) break;
    const prefix = knownPrefix(field.text);
    if (prefix === '' && field.loose) {
      loose.push(field);
      operands.push(field);
      continue;
    }
    if (!prefix.startsWith('-') || prefix === '-') {
      operands.push(field);
      if (table.stopAtOperand) {
        operands.push(...args.slice(i + 1));
        break;
      }
      continue;
    }
    if (prefix === '--' && field.text.length === 1) {
      operands.push(...args.slice(i + 1));
      break;
    }
    const next = args[i + 1];
    const apart = (name: string, fields: readonly Field[]): void => {
      // An unknown unquoted argument may be several; the first is the option's.
      options.push({
        name,
        value: next?.text,
        field: next ?? field,
        fields: next ? [...fields, next] : fields,
        apart: next !== undefined,
      });
      if (next) i++;
    };
    if (prefix.startsWith('--')) {
      const equals = prefix.indexOf('=');
      const name = longName(equals === -1 ? prefix.slice(2) : prefix.slice(2, equals), table);
      if (equals !== -1) {
        options.push({ name, value: dropPrefix(field.text, equals + 1), field, fields: [field], apart: false });
      } else if (table.withArgument.has(name)) apart(name, [field]);
      else options.push({ name, value: undefined, field, fields: [field], apart: false });
      continue;
    }
    for (let at = 1; at < prefix.length; at++) {
      const entry = table.short[prefix.charAt(at)];
      if (entry?.endsWith('=') !== true) {
        options.push({
          name: entry ?? `-${prefix.charAt(at)}`,
          value: undefined,
          field,
          fields: [field],
          apart: false,
        });
        continue;
      }
      const rest = dropPrefix(field.text, at + 1);
      const name = entry.slice(0, -1);
      if (rest.length > 0) options.push({ name, value: rest, field, fields: [field], apart: false });
      else apart(name, [field]);
      break;
    }
  }
  return { options, operands, loose };
}

/** The last value given for an option. */
export function lastOption(parsed: ParsedArguments, name: string): ParsedOption | undefined {
  return parsed.options.findLast((option) => option.name === name);
}

export function hasOption(parsed: ParsedArguments, ...names: readonly string[]): boolean {
  return parsed.options.some((option) => names.includes(option.name));
}

/** A command line of a unit, as a shell would have to be told it: systemd.service(5), "COMMAND LINES"; systemd.syntax(7), "QUOTING". */
import { scriptBuilder, type Codec } from '../../text/source-map';
import type { Script } from '../host';

/** `%` and `$` mean something to systemd; doubled they stand for themselves. */
const UNIT: Codec = { encode: (text) => (text.includes('\n') ? undefined : text.replace(/[%$]/g, '$&$&')) };

/** Outside quotes nothing is substituted and nothing parts commands, so that only plain words can be written. */
const WORDS: Codec = { encode: (text, start) => (/[$`;&|<>()'"\\]/.test(text) ? undefined : UNIT.encode(text, start)) };

/** How the shell spells an apostrophe in single quotes. */
const APOSTROPHE = "'\\''";

/**
 * Within quotes of either kind systemd substitutes nothing but its own variables, and takes a backslash as C does. To a shell that is what single quotes
 * are, and new text comes as it stands in those.
 */
function quoted(quote: string): Codec {
  const escaped = quote === '"' ? /["\\]/g : /['\\]/g;
  return {
    encode: (text, start) => {
      const parts = text.split(APOSTROPHE);
      // An apostrophe by itself would end what the shell is given.
      if (parts.some((part) => part.includes("'"))) return undefined;
      return UNIT.encode(parts.join("'").replace(escaped, '\\$&'), start);
    },
  };
}

const IN_SINGLE = quoted("'");
const IN_DOUBLE = quoted('"');

const COMMENT = /^[ \t]*[#;]/;
const DIRECTIVE = /^[ \t]*(?:\[|\w+[ \t]*=)/;

/**
 * Where a line that ends in a backslash goes on. Comments between are no part of it (systemd.syntax(7)); nor are lines that a template left empty, where
 * what follows them would be no line of a unit by itself.
 */
function nextLine(text: string, from: number): number {
  let blank: number | undefined;
  for (let at = from; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(at, end);
    if (line.trim() === '') blank ??= at;
    else if (!COMMENT.test(line)) return blank !== undefined && DIRECTIVE.test(line) ? blank : at;
    at = end + 1;
  }
  return blank ?? text.length;
}

/** One command line, with its continuation lines. */
export function commandLine(text: string, start: number): Script {
  const isShell = isShellCommand(text.slice(start, start + 200));
  const plain = isShell ? WORDS : UNIT;
  const builder = scriptBuilder(text, plain);
  let quote = '';
  let at = start;
  const codec = (): Codec => (quote === '' ? plain : quote === '"' ? IN_DOUBLE : IN_SINGLE);
  /** What the host spells with `length` characters at `i`. */
  const unit = (shown: string, i: number, length: number): void => {
    builder.copy(at, i, codec());
    builder.unit(shown, i, i + length, codec());
    at = i + length;
  };
  for (let i = start; ; i = Math.max(i + 1, at)) {
    const character = text.charAt(i);
    const next = text.charAt(i + 1);
    if (character === '' || character === '\n') {
      builder.copy(at, i, codec());
      break;
    }
    if (character === '\\' && next === '\n') {
      // "the backslash and the newline are replaced by a space" (systemd.syntax(7)).
      unit(' ', i, nextLine(text, i + 2) - i);
    } else if ((character === '%' || character === '$') && next === character) {
      unit(character, i, 2);
    } else if (!isShell) {
      continue;
    } else if (quote === '' ? character === '"' || character === "'" : character === quote) {
      builder.copy(at, i, codec());
      quote = quote === '' ? character : '';
      // What is written behind the mark is written as what follows it.
      builder.unit("'", i, i + 1, codec());
      at = i + 1;
    } else if (quote !== '' && character === '\\' && /["'\\]/.test(next)) {
      unit(next === "'" ? APOSTROPHE : next, i, 2);
    } else if (quote !== '' && character === "'") {
      unit(APOSTROPHE, i, 1);
    } else if (quote === '' && character === '\\') i++;
  }
  const built = builder.build();
  return { language: 'shell', ...built, oneLine: true, ...(isShell ? {} : { fixed: true }) };
}

function isShellCommand(text: string): boolean {
  return /^\s*(?:(?:\S*\/)?env\s+)?(?:\S*\/)?(?:ba|da|a|k|z)?sh\s+(?:-\w+\s+)*-\w*c\b/.test(text);
}

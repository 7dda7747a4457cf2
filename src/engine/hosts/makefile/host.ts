/** Makefiles: recipes, `$(shell ...)` and `!=`. Every line of a recipe has a shell of its own, but for `.ONESHELL`. */
import { placeholderTable, type Placeholders } from '../../program/placeholders';
import { mentions } from '../embedding/mention';
import { isUsed, setupLine, variableLine } from '../embedding/setup';
import { verified } from '../embedding/verified';
import type { Embedded, Host, HostDocument } from '../host';
import { joinPieces, type Piece } from '../piece';
import { linesOf, type MakeLine } from './lines';
import { closing, expanded, type Lookup, type MakeText } from './text';

const NAME = /(?:^|[/.])(?:gnu|bsd)?makefile(?:\.[\w-]+)?$|\.(?:mk|mak|make)$/i;
const SHELL_FUNCTION = /\$([({])shell[ \t]+/g;
const SHELL = /^(?:\S*\/)?(?:env[ \t]+)?(?:ba|da|a|k|z)?sh\b/;
const MARKS = /^[ \t]*[@+-][ \t@+-]*/;
const MAX_DEPTH = 8;
const MAX_LOOKUPS = 100;
/** Longer values, in characters, are no addresses. */
const LONGEST = 4000;

interface Makefile {
  readonly lines: readonly MakeLine[];
  /** Those of the lines that set one. */
  readonly variables: readonly MakeLine[];
  readonly prefix: string;
  readonly isOneShell: boolean;
  readonly lookup: Lookup;
}

function read(text: string): Makefile {
  const prefix = /^\.RECIPEPREFIX[ \t]*:?=[ \t]*(\S)/m.exec(text)?.[1] ?? '\t';
  const lines = linesOf(text, prefix);
  const variables = lines.filter(({ kind }) => kind === 'variable');
  return { lines, variables, prefix, isOneShell: /^\.ONESHELL[ \t]*:/m.test(text), lookup: variablesOf(text, lines) };
}

/** Variables that are set once, to what is known. */
function variablesOf(text: string, lines: readonly MakeLine[]): Lookup {
  const values = new Map<string, string | undefined>();
  for (const { kind, name, operator = '', start, end } of lines) {
    if (kind !== 'variable' || name === undefined) continue;
    const value = text
      .slice(start, end)
      .replace(/[ \t]#[^\n]*/, '')
      .trim();
    const isSimple = !/[\\\n#]/.test(value) && operator !== '+' && operator !== '!';
    values.set(name, values.has(name) || !isSimple ? undefined : value);
  }
  const lookup = (name: string, work: { left: number }, depth: number): string | undefined => {
    const value = values.get(name);
    if (!value?.includes('$')) return value;
    if (depth > MAX_DEPTH || work.left-- <= 0) return undefined;
    const unknown: string[] = [];
    const replaced = value.replace(/\$(?:\$|[({]([\w.-]+)[)}]|[^$]?)/g, (whole, inner: string | undefined) => {
      if (whole === '$$') return '$';
      const known = inner === undefined ? undefined : lookup(inner, work, depth + 1);
      if (known === undefined) unknown.push(whole);
      return known ?? '';
    });
    return unknown.length === 0 && replaced.length < LONGEST ? replaced : undefined;
  };
  return (name) => lookup(name, { left: MAX_LOOKUPS }, 0);
}

/** Every text that a shell reads, in the order of the file. */
function textsOf(text: string, { lines, prefix, isOneShell }: Makefile): readonly MakeText[] {
  const texts: MakeText[] = [];
  for (const line of lines) {
    const { kind, start, end } = line;
    const last = texts[texts.length - 1];
    if (kind === 'recipe') {
      const marks = MARKS.exec(text.slice(start, end))?.[0].length ?? 0;
      const own = { start: start + marks, end, prefix, inFunction: false, hasRoom: isOneShell };
      if (isOneShell && !line.isFirst && last && !last.inFunction) texts[texts.length - 1] = { ...last, end };
      else texts.push(own);
    } else if (kind === 'variable' && line.operator === '!') {
      texts.push({ start, end, prefix: undefined, inFunction: true, hasRoom: false });
    }
  }
  return [...texts, ...lines.flatMap((line) => functionsIn(text, line))].sort((a, b) => a.start - b.start);
}

/** `$(shell ...)`, wherever make expands it: not in comments. */
function functionsIn(text: string, { kind, start, end }: MakeLine): readonly MakeText[] {
  const line = text.slice(start, end);
  return [...line.matchAll(SHELL_FUNCTION)].flatMap((match): readonly MakeText[] => {
    const before = line.slice(0, match.index);
    if (before.endsWith('$') && !before.endsWith('$$')) return [];
    if (kind !== 'recipe' && /(?:^|[ \t])#/.test(before)) return [];
    const behind = closing(text, start + match.index + 1, end);
    if (behind === undefined) return [];
    const from = start + match.index + match[0].length;
    return [{ start: from, end: behind - 1, prefix: undefined, inFunction: true, hasRoom: false }];
  });
}

function documents({ text, placeholders }: HostDocument): readonly Embedded[] {
  const makefile = read(text);
  const shell = makefile.lookup('SHELL') ?? '/bin/sh';
  const isPowershell = /\b(?:pwsh|powershell)/i.test(shell);
  if (!isPowershell && !SHELL.test(shell)) return [];
  const table = placeholderTable(placeholders);
  const flags = makefile.lookup('.SHELLFLAGS') ?? '-c';
  const options = isPowershell ? [] : optionsIn(flags);
  return textsOf(text, makefile).flatMap((of, index): readonly Embedded[] => {
    const piece = expanded(text, of, makefile.lookup, table);
    const setup = isPowershell ? [] : [...options, ...exported(text, makefile, piece.text)];
    const sure = verified(piece, text, (host) => textIn(host, index));
    const { text: joined, map } = joinPieces([...setup, sure], '\n');
    // Most recipes are of no interest, and makefiles may be long.
    if (!mentions(joined)) return [];
    const languageId = isPowershell ? 'powershell' : 'shellscript';
    const document = { name: '', text: joined, languageId, placeholders: table.values };
    return [{ document: of.hasRoom ? document : { ...document, oneLine: true }, map }];
  });
}

/** The text of one place, with placeholders of its own. */
function textIn(host: string, index: number): string | undefined {
  const makefile = read(host);
  const of = textsOf(host, makefile)[index];
  const same: Placeholders = { values: new Map(), add: () => '\uE000' };
  return of && expanded(host, of, makefile.lookup, same).text;
}

function optionsIn(flags: string): readonly Piece[] {
  const stops = /(?:^|\s)-[a-zA-Z]*e/.test(flags);
  return [
    ...(stops ? [setupLine('set -e')] : []),
    ...(/\bpipefail\b/.test(flags) ? [setupLine('set -o pipefail')] : []),
  ];
}

/** Variables that make gives to the shell. */
function exported(text: string, { variables, lookup }: Makefile, script: string): readonly Piece[] {
  if (!script.includes('$')) return [];
  return variables.flatMap(({ name, isExported, start, end }) => {
    if (name === undefined || !isUsed(name, script)) return [];
    const isListed = isExported ?? false;
    const value =
      isListed || new RegExp(`^export[ \\t][^=\\n]*\\b${name}\\b`, 'm').test(text) ? lookup(name) : undefined;
    return value === undefined ? [] : variableLine(name, value, { start, end });
  });
}

export const makefile: Host = {
  label: 'Makefile',
  recognises: ({ name, languageId }) => languageId === 'makefile' || NAME.test(name),
  couldMatter: mentions,
  documents,
};

/** Scripts in the string literals of programs: user data of the CDK, boto3, troposphere and Pulumi; `sh` steps of Jenkins. */
import { placeholderTable } from '../../program/placeholders';
import { UNKNOWN } from '../../program/value';
import { isKnownText, isOtherProgram, isShellProgram } from '../embedding/language';
import { mentions } from '../embedding/mention';
import { setupLine } from '../embedding/setup';
import type { Embedded, Host, HostDocument } from '../host';
import { impliedPiece, joinPieces, type Piece } from '../piece';
import { insertInBrackets } from '../tree/list-elements';
import { argumentsIn, type Argument } from './arguments';
import { executed, forShell, perlCommand, wordByWord } from './for-shell';
import { syntaxOf, type Syntax } from './languages';
import { embedded, hasRoom, pieceOf, type Reading } from './reading';
import { literalsIn, type Literal } from './scan';

const ADD_COMMANDS = /\.(?:addCommands|add_commands)\s*\(/g;
const JENKINS = /(?:^|[^\w.$])(sh|powershell|pwsh)(?:\s*\(\s*|[ \t]+)(?:\w+\s*:\s*\w+\s*,\s*)*(?:script\s*:\s*)?$/;
const VAGRANT = /\binline[ \t]{0,9}(?::|=>?)[ \t]{0,9}(?:<<[-~]?["']?\w{1,40}["']?[^\n]{0,60}\n)?$/;
/** What a resource of Chef runs, and the line that it begins with. */
const CHEF = /\b(?:code|command)[ \t]{1,9}$/;
const RESOURCE = /^[ \t]{0,20}(\w{1,30})[ \t(]{1,9}["'][^\n]{0,200}\bdo[ \t]{0,9}$/gm;
/** Behind the last of a list of lines. */
const JOINED = /^[\s,]*\]\s*\.join\(\s*["'`]\\n/;

function documents({ name, text, languageId, placeholders }: HostDocument): readonly Embedded[] {
  const syntax = syntaxOf(name, languageId);
  if (!syntax) return [];
  const literals = literalsIn(text, syntax);
  const reading: Reading = { text, syntax, literals, placeholders: placeholderTable(placeholders) };
  const taken = new Set<Literal>();
  const found = [...added(reading, taken)];
  for (const literal of literals) {
    if (taken.has(literal)) continue;
    const step = STEPS[syntax.id]?.(reading, literal);
    if (step) found.push(step);
    else found.push(...known(reading, literal, taken));
  }
  return found.filter(({ document }) => mentions(document.text));
}

/** Arguments of `addCommands`, each a line. */
function added(reading: Reading, taken: Set<Literal>): readonly Embedded[] {
  const { text, syntax, literals, placeholders } = reading;
  return [...text.matchAll(ADD_COMMANDS)].flatMap((match): readonly Embedded[] => {
    const open = match.index + match[0].length - 1;
    if (literals.some(({ range }) => range.start < open && open < range.end)) return [];
    const args = argumentsIn(text, open, literals, syntax);
    for (const { literal } of args) if (literal) taken.add(literal);
    const lines = args.map((argument) => element(reading, argument));
    if (lines.length === 0) return [];
    const { text: script, map } = joinPieces(lines, '\n');
    return [
      { document: { name: '', text: script, languageId: 'shellscript', placeholders: placeholders.values }, map },
    ];
  });
}

/** An argument or element as a line, in front of which others can be put. */
function element(reading: Reading, { range, literal, isFirst }: Argument): Piece {
  const { text, syntax, placeholders } = reading;
  if (!literal) return impliedPiece(placeholders.add(UNKNOWN), range);
  const piece = pieceOf(reading, literal);
  const { open: own, putIn, escapes } = literal.quoting;
  // Only what is written in plain quotes is a model to follow.
  if (own.length !== 1 || (putIn !== undefined && own !== '`' && syntax.id !== 'ruby') || escapes === 'none')
    return piece;
  // Ruby's apostrophes know no `\n`.
  const open = syntax.id === 'ruby' ? '"' : own;
  const spell = (line: string): string => {
    const content = line.replace(/\\/g, '\\\\').replaceAll(open, `\\${open}`).replace(/\n/g, '\\n');
    return `${open}${open === '`' ? content.replace(/\$\{/g, '\\${') : content}${open}`;
  };
  return { ...piece, insertLines: insertInBrackets(text, range.start, isFirst, spell) };
}

function jenkinsStep(reading: Reading, literal: Literal): Embedded | undefined {
  const before = reading.text.slice(Math.max(0, literal.range.start - 120), literal.range.start);
  const step = JENKINS.exec(before)?.[1];
  if (step === undefined) return undefined;
  const piece = pieceOf(reading, literal);
  const isShell = step === 'sh' && !isOtherProgram(piece.text);
  if (step === 'sh' && !isShell) return undefined;
  // Jenkins runs `sh -xe`, where the script does not name its own interpreter.
  const setup = isShell && !/^\s*#!/.test(piece.text) ? [setupLine('set -e')] : [];
  const { text, map } = joinPieces([...setup, piece], '\n');
  return embedded(reading, hasRoom(literal, piece), { text, map }, isShell ? 'shellscript' : 'powershell');
}

/**
 * Vagrant's shell provisioner: `inline: <<-SHELL`, `s.inline = "..."`; Chef's `bash` and `execute`. One that does not say so is not told from PowerShell.
 */
function rubyStep(reading: Reading, literal: Literal): Embedded | undefined {
  const before = reading.text.slice(Math.max(0, literal.range.start - 160), literal.range.start);
  if (!VAGRANT.test(before) && !(CHEF.test(before) && isChefs(reading.text, literal.range.start))) return undefined;
  const piece = pieceOf(reading, literal);
  if (isOtherProgram(piece.text) || /\$env:|Invoke-|Write-/i.test(piece.text)) return undefined;
  return embedded(reading, hasRoom(literal, piece), piece, 'shellscript');
}

function isChefs(text: string, at: number): boolean {
  const resources = [...text.slice(Math.max(0, at - 1000), at).matchAll(RESOURCE)];
  return /^(?:bash|execute)$/.test(resources.at(-1)?.[1] ?? '');
}

/** What runs a text by where it stands, whatever the text says. */
const STEPS: Partial<Record<Syntax['id'], (reading: Reading, literal: Literal) => Embedded | undefined>> = {
  groovy: (reading, literal) => jenkinsStep(reading, literal) ?? executed(reading, literal),
  ruby: (reading, literal) => rubyStep(reading, literal) ?? forShell(reading, literal),
  perl: perlCommand,
  python: (reading, literal) => wordByWord(reading, literal) ?? forShell(reading, literal),
  javascript: (reading, literal) => wordByWord(reading, literal) ?? forShell(reading, literal),
};

/** A text that says what it is; or the first of a list of such a text's lines. */
function known(reading: Reading, literal: Literal, taken: Set<Literal>): readonly Embedded[] {
  const { text, syntax, literals, placeholders } = reading;
  const start = text.slice(literal.content.start, literal.content.start + 200).replace(/^(?:\\\r?\n|\\n)+/, '');
  if (!isKnownText(start)) return [];
  const open = /[[(]\s*$/.exec(text.slice(Math.max(0, literal.range.start - 200), literal.range.start));
  if (open) {
    const bracket = literal.range.start - open[0].length;
    const args = argumentsIn(text, bracket, literals, syntax);
    const isLines = args.length > 1 && args[0]?.literal === literal && args.filter((each) => each.literal).length * 2 > args.length; // prettier-ignore
    if (isLines && text.charAt(bracket) === '[') {
      for (const each of args) if (each.literal) taken.add(each.literal);
      const pieces = args.map((argument) => element(reading, argument));
      const ends = pieces.filter((piece) => piece.text.endsWith('\n')).length;
      // Where the first line brings its own end, so do the others, in parts perhaps.
      const isJoined =
        /\\n["']\s*(?:\.join\(|,)\s*$/.test(text.slice(Math.max(0, bracket - 40), bracket)) ||
        JOINED.test(text.slice(args.at(-1)?.range.end, (args.at(-1)?.range.end ?? 0) + 60));
      const haveEnds =
        !isJoined && (pieces[0]?.text.endsWith('\n') === true || pieces[1]?.text.startsWith('\n') === true);
      const { text: script, map } = joinPieces(pieces, haveEnds || ends * 2 > pieces.length ? '' : '\n');
      return [{ document: { name: '', text: script, placeholders: placeholders.values }, map }];
    }
  }
  const piece = pieceOf(reading, literal);
  // White space before its first line does not keep it from being a script.
  const languageId = isShellProgram(piece.text) ? 'shellscript' : undefined;
  return [embedded(reading, hasRoom(literal, piece), piece, languageId)];
}

export const literals: Host = {
  label: 'Program with scripts',
  recognises: ({ name, text, languageId }) => syntaxOf(name, languageId) !== undefined && mentions(text),
  couldMatter: mentions,
  documents,
};

/**
 * Programs that a script holds as text and hands to something else: user data for instances that it starts, commands for Systems Manager. Which they are
 * is told by what they say of themselves, or by the option that they are given to.
 */
import type { Invocation } from './invocation';
import type { Machine } from './machine';
import { freeze, textOf, type Printed } from './printed';
import type { Word } from './syntax';
import { childSource } from '../program/source';
import { knownPrefix, knownText, type Value } from '../program/value';
import { scriptBuilder, UNWRITABLE } from '../text/source-map';

/** First lines of what EC2 takes for user data ("Run commands when you launch an EC2 instance"). */
const USER_DATA = String.raw`(?:#!\s{0,9}/|#cloud-(?:config|boothook)\b|<powershell>|<script>|(?:MIME-Version|Content-Type):)`;
const SAYS_ITSELF = new RegExp(`^\\s{0,9}${USER_DATA}`, 'i');
const QUOTED = new RegExp(String.raw`^\$?["']\s{0,9}${USER_DATA}`, 'i');

export function saysItself(value: Value | undefined): boolean {
  const [text] = value ?? [];
  return text !== undefined && SAYS_ITSELF.test(knownPrefix(text));
}

/** A heredoc that is kept in a variable or goes on to a program that is not known. */
export function holdInput(machine: Machine): void {
  const [first] = machine.inputPrinted;
  if (first?.kind === 'heredoc' && saysItself(machine.input)) hold(first.heredoc, machine.inputPrinted, machine);
}

/** A word with quotes around the text itself. */
export function holdWord(word: Word, machine: Machine): void {
  const { source } = machine;
  if (!QUOTED.test(source.text.slice(word.pos, word.pos + 60))) return;
  hold(word, [printedWord(word, machine)], machine);
}

function printedWord(word: Word, { source }: Machine): Printed {
  return { kind: 'words', words: [word], source, escapes: 'none', separator: ' ', newline: false };
}

function hold(key: object, printed: readonly Printed[], machine: Machine): void {
  const source = textOf(
    printed.map((piece) => freeze(piece, machine)),
    'script',
  );
  if (source) machine.observer.text(key, source);
}

/** User data that the AWS CLI is given, and commands that it sends. */
export function holdArguments({ args, node }: Invocation, machine: Machine): void {
  const words = args.filter(({ word }) => node.args.includes(word));
  for (const { word } of words) holdWord(word, machine);
  if (!args.some(({ text }) => knownText(text) === 'send-command')) return;
  const isWindows = args.some(({ text }) => knownText(text)?.includes('AWS-RunPowerShellScript'));
  const at = words.findIndex(({ text }) => knownText(text) === '--parameters');
  const parameters = at === -1 ? undefined : words[at + 1]?.word;
  if (parameters) holdCommands(parameters, isWindows, machine);
}

const LIST = String.raw`\[(?:[\s,]{0,200}"(?:[^"\\]|\\["\\])*")+\s{0,200}\]`;
/** AWS CLI User Guide, "Using shorthand syntax with the AWS CLI"; or JSON. */
const COMMANDS = new RegExp(String.raw`^\s{0,200}(?:commands=|\{\s{0,200}"commands"\s{0,200}:\s{0,200})(${LIST})`);

/** The commands as a document that says whose they are. */
function holdCommands(word: Word, isWindows: boolean, machine: Machine): void {
  const source = textOf([freeze(printedWord(word, machine), machine)], 'script');
  const [whole, list] = (source && COMMANDS.exec(source.text)) ?? [];
  if (!source || whole === undefined || list === undefined) return;
  const end = whole.length;
  const start = end - list.length;
  const action = `aws:run${isWindows ? 'PowerShell' : 'Shell'}Script`;
  const builder = scriptBuilder(source.text);
  const add = (text: string, offset: number): void => {
    builder.unit(text, offset, offset, UNWRITABLE);
  };
  add(`{"schemaVersion":"2.2","mainSteps":[{"action":"${action}","inputs":{"runCommand":`, start);
  builder.copy(start, end);
  add('}}]}', end);
  const { text, map } = builder.build();
  machine.observer.text(word, childSource(source, text, map, 'script'));
}

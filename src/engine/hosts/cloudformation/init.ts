/** `AWS::CloudFormation::Init`: AWS CloudFormation User Guide, "CloudFormation helper scripts reference". */
import type { Embedded } from '../host';
import { decodeBase64 } from '../embedding/base64';
import { entryLanguage } from '../embedding/file-entry';
import { isOtherProgram } from '../embedding/language';
import { setupLine, variableLine } from '../embedding/setup';
import { commandLine, shellCall } from '../embedding/argv';
import { joinPieces, type Piece } from '../piece';
import { somewhereIn } from '../../text/source-map';
import { entriesOf, get, textOf, walk, type Tree } from '../tree/tree';
import { callOf } from './functions';
import { hasRoom, pieceOf } from './pieces';
import { powershellProgram } from '../embedding/windows-command';
import { eachReading, ownerOf, type Place } from './user-data';

export function initScripts(init: Tree, place: Place): readonly Embedded[] {
  return entriesOf(init).flatMap(({ key, value }) => (key === 'configSets' ? [] : configScripts(value, place)));
}

/** One configuration: `commands` and `files`. */
export function configScripts(config: Tree, place: Place): readonly Embedded[] {
  const commands = get(config, 'commands');
  const files = get(config, 'files');
  const run = commands ? wordsOf(commands) : '';
  return [
    ...entriesOf(commands).flatMap(({ value }) => command(value, place)),
    ...entriesOf(files).flatMap(({ key, value }) => file(key, value, run, place)),
  ];
}

/** A string is for the shell, a list is run as it is. */
export function command(value: Tree, place: Place): readonly Embedded[] {
  const setup = entriesOf(get(value, 'env')).flatMap((entry) =>
    variableLine(entry.key, textOf(entry.value) ?? '', entry.value.range),
  );
  return ['command', 'test'].flatMap((key) => {
    const tree = get(value, key);
    if (!tree) return [];
    return tree.kind === 'list' && !callOf(tree) ? argumentsOf(tree.items, setup, place) : line(tree, setup, place);
  });
}

function line(tree: Tree, setup: readonly Piece[], place: Place): readonly Embedded[] {
  return eachReading(place, (scope) => {
    const piece = pieceOf(tree, scope);
    if (!piece) return [];
    const program = powershellProgram(piece);
    if (program) return [{ piece: program, document: { name: '', languageId: 'powershell', oneLine: true } }];
    const room = hasRoom(tree, scope) ? {} : { oneLine: true };
    return [{ piece: behind(setup, piece), document: { name: '', languageId: 'shellscript', ...room } }];
  });
}

function behind(setup: readonly Piece[], piece: Piece): Piece {
  return setup.length === 0 ? piece : joinPieces([...setup, piece], '\n');
}

export function argumentsOf(items: readonly Tree[], setup: readonly Piece[], place: Place): readonly Embedded[] {
  const call = shellCall(items.map(textOf));
  return eachReading(place, (scope) => {
    const program = call && items[call.index];
    const pieces = items.map((item) => pieceOf(item, scope)).filter((piece) => piece !== undefined);
    if (!call || !program) {
      if (pieces.length === 0) return [];
      const fixed = { name: '', languageId: 'shellscript', fixed: true, oneLine: true };
      return [{ piece: commandLine(pieces), document: fixed }];
    }
    const piece = pieceOf(program, scope);
    if (!piece) return [];
    const isShell = call.language === 'shellscript';
    // The program is an argument, so that no element in front of it is a line of it.
    const { text, map } = piece;
    const whole = isShell ? behind([...setup, ...call.options.map(setupLine)], { text, map }) : { text, map };
    const room = hasRoom(program, scope) ? {} : { oneLine: true };
    return [{ piece: whole, document: { name: '', languageId: call.language, ...room } }];
  });
}

/** All that the commands of a configuration say, to see which files they run. */
function wordsOf(commands: Tree): string {
  const words: string[] = [];
  walk(commands, (node) => {
    const text = textOf(node);
    if (text !== undefined) words.push(text);
    return true;
  });
  return words.join('\n');
}

/** True where a shell is told to read the file. */
export function isRunBy(path: string, commands: string): boolean {
  for (let at = commands.indexOf(path); at !== -1 && path !== ''; at = commands.indexOf(path, at + 1)) {
    const before = commands.slice(Math.max(0, at - 40), at);
    if (/(?:^|[\s;&|/])(?:(?:ba|da|a)?sh|\.|source)(?:\s+-\w+)*\s+["']?$/.test(before)) return true;
  }
  return false;
}

/** A file with its content; one that is JSON holds no script. */
export function file(path: string, value: Tree, run: string, place: Place): readonly Embedded[] {
  const content = get(value, 'content');
  if (!content || (content.kind !== 'scalar' && !callOf(content))) return [];
  const language = entryLanguage(path, isRunBy(path, run));
  if (textOf(get(value, 'encoding'))?.toLowerCase() === 'base64') {
    const text = decodeBase64(textOf(content) ?? '');
    if (text === undefined || text === '') return [];
    const document = { name: path, text, ...(language === undefined ? {} : { languageId: language }) };
    return [{ document, map: somewhereIn(content.range), ...ownerOf(place) }];
  }
  return eachReading(place, (scope) => {
    const piece = pieceOf(content, scope);
    if (!piece) return [];
    const languageId = isOtherProgram(piece.text) ? undefined : language;
    const room = hasRoom(content, scope) ? {} : { oneLine: true };
    return [{ piece, document: { name: path, ...(languageId === undefined ? {} : { languageId }), ...room } }];
  });
}

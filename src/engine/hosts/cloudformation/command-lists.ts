/**
 * Lists of commands that some service runs as one script: steps of SSM documents (Systems Manager User Guide, "Command document plugin reference") and of
 * Image Builder components (Image Builder User Guide, "Action modules supported by AWSTOE component manager"), and the parameters of `AWS-RunShellScript`.
 */
import { literal, UNKNOWN } from '../../program/value';
import type { Codec } from '../../text/source-map';
import type { Embedded } from '../host';
import { joinPieces, readSyntax, type Piece } from '../piece';
import { entriesOf, get, itemsOf, textOf, type Tree, type TreeMap } from '../tree/tree';
import { callOf } from './functions';
import { argumentsOf, file } from './init';
import { pieceOf } from './pieces';
import { shellCall } from '../embedding/argv';
import { mentions } from '../embedding/mention';
import { eachReading, textDocument, type Place } from './user-data';

export interface Found {
  readonly documents: readonly Embedded[];
  /** Values that need no other look. */
  readonly taken: readonly Tree[];
}

const NOTHING: Found = { documents: [], taken: [] };

/** Actions by their names, with the language of their commands. */
const ACTIONS: Readonly<Record<string, string>> = {
  'aws:runShellScript': 'shellscript',
  'aws:runPowerShellScript': 'powershell',
  ExecuteBash: 'shellscript',
  ExecutePowerShell: 'powershell',
};
const AWS_DOCUMENT =
  /^(?:arn:[\w-]+:ssm:[^:]*::?document\/|arn:[\w-]+:ssm:[^:]*:[^:]*:document\/)?AWS-Run(Shell|PowerShell)Script$/;

export function commandLists(tree: TreeMap, place: Place): Found {
  const action = textOf(get(tree, 'action')) ?? textOf(get(tree, 'Action'));
  const inputs = get(tree, 'inputs') ?? get(tree, 'Inputs');
  if (action !== undefined && inputs) return step(action, inputs, place);
  const old = Object.keys(ACTIONS).flatMap((name) => plugin(get(tree, name), ACTIONS[name] ?? '', place));
  if (old.length > 0) return together(old);
  const language = awsDocument(tree);
  if (language !== undefined) {
    const commands = commandsBelow(tree, 0);
    return { documents: commands.flatMap((each) => script(each, language, place)), taken: [] };
  }
  return container(tree, place);
}

function together(found: readonly Found[]): Found {
  return { documents: found.flatMap(({ documents }) => documents), taken: found.flatMap(({ taken }) => taken) };
}

function step(action: string, inputs: Tree, place: Place): Found {
  const language = ACTIONS[action];
  if (language !== undefined) {
    const commands = get(inputs, 'runCommand') ?? get(inputs, 'commands');
    return { documents: commands ? script(commands, language, place) : [], taken: [inputs] };
  }
  if (action !== 'CreateFile') return NOTHING;
  const files = inputs.kind === 'list' ? inputs.items : [inputs];
  return {
    documents: files.flatMap((each) => file(textOf(get(each, 'path')) ?? '', each, '', place)),
    taken: [inputs],
  };
}

/** Schema 1.2: `runtimeConfig` with the plugin's name as key. */
function plugin(tree: Tree | undefined, language: string, place: Place): readonly Found[] {
  if (!tree) return [];
  const properties = get(tree, 'properties');
  const all = properties?.kind === 'list' ? properties.items : properties ? [properties] : [];
  const commands = all.flatMap((each) => get(each, 'runCommand') ?? []);
  return [{ documents: commands.flatMap((each) => script(each, language, place)), taken: [tree] }];
}

/** The language of the commands that the map hands to one of AWS's own documents. */
function awsDocument(tree: TreeMap): string | undefined {
  for (const { value } of tree.entries) {
    const match = value.kind === 'scalar' ? AWS_DOCUMENT.exec(textOf(value) ?? '') : null;
    if (match) return match[1] === 'Shell' ? 'shellscript' : 'powershell';
  }
  return undefined;
}

function commandsBelow(tree: Tree, depth: number): readonly Tree[] {
  if (depth > 4) return [];
  return entriesOf(tree).flatMap(({ key, value }) =>
    key === 'commands' ? [value] : value.kind === 'map' ? commandsBelow(value, depth + 1) : [],
  );
}

/** What SSM and Image Builder put in: `{{ name }}`. */
const EXPRESSION = /\{\{\s*([\w.:-]{1,200})\s*\}\}/g;
const NO_EXPRESSION: Codec = { encode: (added) => (added.includes('{{') ? undefined : added) };

/** Commands as lines of one script; a new line becomes an item of the list. */
export function script(commands: Tree, languageId: string, place: Place): readonly Embedded[] {
  if (commands.kind !== 'list' || callOf(commands)) return textDocument(commands, place, () => languageId);
  return eachReading(place, (scope) => {
    const read = (match: RegExpExecArray): { readonly value: typeof UNKNOWN } => ({
      value: parameterDefault(match[1] ?? '', place),
    });
    const syntax = { pattern: EXPRESSION, read, codec: NO_EXPRESSION };
    const lines = commands.items.flatMap((item): readonly Piece[] => {
      const piece = pieceOf(item, scope);
      return piece ? [readSyntax(piece, syntax, scope.placeholders)] : [];
    });
    return lines.length === 0 ? [] : [{ piece: joinPieces(lines, '\n'), document: { name: '', languageId } }];
  });
}

/** The default of a parameter of an SSM document, where the document is the whole file. */
function parameterDefault(name: string, { template }: Place): typeof UNKNOWN {
  const value = textOf(get(template.root, 'parameters', name, 'default'));
  return value === undefined ? UNKNOWN : literal(value);
}

/** A container of an ECS task: what it runs may ask for the instance's metadata. */
function container(tree: TreeMap, place: Place): Found {
  const command = get(tree, 'Command');
  const entryPoint = get(tree, 'EntryPoint');
  if (!get(tree, 'Image') || (command?.kind !== 'list' && entryPoint?.kind !== 'list')) return NOTHING;
  const items = [...itemsOf(entryPoint), ...itemsOf(command)];
  const words = items.map(textOf);
  if (!shellCall(words) && !mentions(words.join(' '))) return NOTHING;
  return { documents: argumentsOf(items, [], place), taken: items };
}

/** Dockerfiles: "Dockerfile reference" of Docker. */
import { compose } from '../../text/source-map';
import { placeholderTable } from '../../program/placeholders';
import { shellCall } from '../embedding/argv';
import { embedArguments, embedScalar, type Carrier } from '../embedding/carrier';
import { mentions } from '../embedding/mention';
import { isUsed, setupLine, variableLine } from '../embedding/setup';
import { verified } from '../embedding/verified';
import type { Embedded, Host, HostDocument } from '../host';
import { joinPieces, type Piece } from '../piece';
import { parseJson } from '../tree/json';
import { textOf, type Tree, type TreeScalar } from '../tree/tree';
import { fileTexts, wholeText } from './heredocs';
import { readDockerfile, type Instruction } from './instructions';

const NAME = /(?:^|\/)(?:docker|container)file(?:[.-][\w.-]+)?$|\.(?:docker|container)file(?:\.(?:j2|erb|tpl))?$/i;
const FLAGS = /^(?:--[\w-]+(?:=\S*)?[ \t]+)+/;
const PAIR = /(?<!\w)([A-Za-z_]\w*)=("(?:[^"\\$]|\\[^$])*"|'[^']*'|[^\s"'$]+)(?=\s|$)/g;

/** What `SHELL` says: options as commands, or no shell that is read. */
type Shell = { readonly language: 'shellscript' | 'powershell'; readonly options: readonly string[] } | undefined;
const SH: Shell = { language: 'shellscript', options: [] };

interface Variable {
  readonly name: string;
  readonly line: readonly Piece[];
}

function documents({ text, placeholders }: HostDocument): readonly Embedded[] {
  const { instructions, escape } = readDockerfile(text);
  const table = placeholderTable(placeholders);
  const usual = escape === '`' ? undefined : SH;
  let shell: Shell = usual;
  let entrypoint: readonly (string | undefined)[] = [];
  let variables: Variable[] = [];
  return instructions.flatMap((instruction, index): readonly Embedded[] => {
    const { keyword, args } = instruction;
    switch (keyword) {
      case 'FROM':
        [shell, entrypoint, variables] = [usual, [], []];
        return [];
      case 'ENV':
      case 'ARG':
        variables.push(...variablesIn(args));
        return [];
      case 'SHELL':
        shell = shellOf(listIn(args.text)?.map(textOf) ?? []);
        return [];
      case 'COPY':
      case 'ADD':
        return fileTexts(text, instruction, table);
      case 'RUN':
      case 'CMD':
      case 'ENTRYPOINT':
      case 'HEALTHCHECK': {
        const command = commandIn(instruction);
        if (!command) return [];
        const list = listIn(command.text);
        if (!list) return shellForm(text, { ...instruction, args: command }, index, shell, variables, table.values);
        const before = keyword === 'CMD' ? entrypoint : [];
        if (keyword === 'ENTRYPOINT') entrypoint = list.map(textOf);
        return execForm(command, list, before, table);
      }
      default:
        return [];
    }
  });
}

/** The arguments without flags; of a health check, what stands behind `CMD`. */
function commandIn({ keyword, args }: Instruction): Piece | undefined {
  const flags = FLAGS.exec(args.text)?.[0].length ?? 0;
  if (keyword !== 'HEALTHCHECK') return keyword === 'RUN' ? from(args, flags) : args;
  const cmd = /^CMD[ \t]+/i.exec(args.text.slice(flags));
  return cmd ? from(args, flags + cmd[0].length) : undefined;
}

function from(piece: Piece, start: number): Piece {
  if (start === 0) return piece;
  const shift = (by: number) => (range: { start: number; end: number }) => ({
    start: range.start + by,
    end: range.end + by,
  });
  return {
    text: piece.text.slice(start),
    map: {
      toHost: (range) => piece.map.toHost(shift(start)(range)),
      toHostEdits: (edits) =>
        piece.map.toHostEdits(edits.map((edit) => ({ ...edit, range: shift(start)(edit.range) }))),
    },
  };
}

function listIn(args: string): readonly TreeScalar[] | undefined {
  if (!/^\s*\[[^]*\]\s*$/.test(args)) return undefined;
  const tree: Tree | undefined = parseJson(args);
  if (tree?.kind !== 'list') return undefined;
  const items = tree.items.filter(
    (item): item is TreeScalar => item.kind === 'scalar' && typeof item.value === 'string',
  );
  // `[ -f x ]` is a command.
  return items.length === tree.items.length ? items : undefined;
}

function shellOf(argv: readonly (string | undefined)[]): Shell {
  const call = shellCall([...argv, '']);
  return call?.index === argv.length ? { language: call.language, options: call.options } : undefined;
}

function variablesIn({ text, map }: Piece): readonly Variable[] {
  const legacy = /^([A-Za-z_]\w*)[ \t]+([^\s"'$=][^"'$]*)$/.exec(text);
  const pairs = legacy ? [legacy] : [...text.matchAll(PAIR)];
  return pairs.map((match) => {
    const [whole, name = '', value = ''] = match;
    const range = map.toHost({ start: match.index, end: match.index + whole.length });
    return { name, line: variableLine(name, value.replace(/^(["'])([^]*)\1$/, '$2'), range) };
  });
}

function shellForm(
  text: string,
  instruction: Instruction,
  index: number,
  shell: Shell,
  variables: readonly Variable[],
  placeholders: NonNullable<HostDocument['placeholders']>,
): readonly Embedded[] {
  if (!shell) return [];
  const read = (host: string): string | undefined => {
    const again = readDockerfile(host).instructions[index];
    const command = again && commandIn(again);
    return command && !listIn(command.text) ? wholeText(host, { ...again, args: command }).piece.text : undefined;
  };
  const { piece, hasRoom } = wholeText(text, instruction);
  const used = variables.filter(({ name }) => isUsed(name, piece.text)).flatMap(({ line }) => line);
  const isShell = shell.language === 'shellscript';
  const setup = isShell ? [...shell.options.map(setupLine), ...used] : [];
  const joined = joinPieces([...setup, verified(piece, text, read)], '\n');
  const document = { name: '', text: joined.text, languageId: shell.language, placeholders };
  return [{ document: hasRoom ? document : { ...document, oneLine: true }, map: joined.map }];
}

/** `["sh", "-c", PROGRAM]`, or what `ENTRYPOINT` and `CMD` are together. */
function execForm(
  command: Piece,
  list: readonly TreeScalar[],
  before: readonly (string | undefined)[],
  placeholders: Carrier['placeholders'],
): readonly Embedded[] {
  const carrier: Carrier = { text: command.text, placeholders, trees: [], piece: (scalar) => scalar.piece() };
  const call = before.length > 0 ? shellCall([...before, ...list.map(textOf)]) : undefined;
  const embedded = call
    ? embedScalar(carrier, list[call.index - before.length], { languageId: call.language })
    : embedArguments(carrier, list);
  return embedded.map(({ document, map }) => ({ document, map: compose(map, command.map) }));
}

export const dockerfile: Host = {
  label: 'Dockerfile',
  recognises: ({ name, languageId }) => languageId === 'dockerfile' || NAME.test(name),
  couldMatter: mentions,
  documents,
};

/** cloud-init's cloud config, and what CoreOS made of it. Facts from cloud-init's module reference and its `util.shellify`. */
import { commandLine, shellCall } from '../embedding/argv';
import { embedArguments, embedLines, embedScalar, itemPiece, readCarrier, type Carrier } from '../embedding/carrier';
import { embedFile } from '../embedding/file-entry';
import { embedMode } from '../embedding/file-mode';
import { mentions, namesCredentialFile } from '../embedding/mention';
import { GO_TEMPLATE, JINJA, type Dialect } from '../embedding/template';
import { isYamlName } from '../embedding/yaml-name';
import type { Embedded, Host, HostDocument } from '../host';
import { readOnly, type Piece } from '../piece';
import { get, itemsOf, textOf, type Tree, type TreeScalar } from '../tree/tree';

const JINJA_LINE = /^\uFEFF?\s*##[ \t]*template:[ \t]*jinja/i;
/** The first line that is not cloud-init's word on templates says what the text is. */
const HEADER = /^\uFEFF?\s*(?:##[ \t]*template:[ \t]*jinja[^\n]*\n\s*)?#cloud-config(?:-archive)?\b/i;
/** Keys that no other kind of file has at its top. */
const KEYS = /^(?:runcmd|bootcmd|write_files|coreos):/m;
const NAME = /(?:^|\/)cloud\.cfg(?:\.d\/[^/]+\.cfg)?$/;
const ENCODED = /\bencoding["']?\s*:\s*["']?(?:b64|base64)/;

/** Lists whose items are lines of one script. */
const SCRIPTS = ['bootcmd', 'runcmd'] as const;

function recognises({ name, text, languageId }: HostDocument): boolean {
  if (languageId === 'cloud-config' || HEADER.test(text)) return true;
  return (isYamlName(name, languageId) || NAME.test(name)) && mentions(text) && KEYS.test(text);
}

function dialectOf(text: string): Dialect {
  return JINJA_LINE.test(text) || text.includes('{%') ? JINJA : GO_TEMPLATE;
}

function documents(document: HostDocument): readonly Embedded[] {
  const carrier = readCarrier(document, dialectOf(document.text));
  return carrier.trees.flatMap((tree) => [
    ...SCRIPTS.flatMap((key) => commands(carrier, get(tree, key))),
    ...writtenFiles(carrier, tree),
    ...units(carrier, get(tree, 'coreos', 'units')),
    ...archive(carrier, tree),
  ]);
}

/** `runcmd` and `bootcmd`: a string is a line of the script, a list a command whose arguments are quoted. */
function commands(carrier: Carrier, list: Tree | undefined): readonly Embedded[] {
  const lines: Piece[] = [];
  const programs: Embedded[] = [];
  const seen = new Set<number>();
  for (const item of itemsOf(list)) {
    if (item.kind === 'scalar') {
      // An alias of an earlier item is written there.
      const piece = itemPiece(carrier, list, item);
      if (item.value !== null) lines.push(seen.has(item.range.start) ? readOnly(piece) : piece);
      seen.add(item.range.start);
      continue;
    }
    const argv = itemsOf(item).filter((each): each is TreeScalar => each.kind === 'scalar');
    // What a shell is given is a script of its own.
    if (shellCall(argv.map(textOf))) programs.push(...embedArguments(carrier, argv));
    else if (argv.length > 0) lines.push(commandLine(argv.map((each) => carrier.piece(each))));
  }
  return [...embedLines(carrier, lines), ...programs];
}

function writtenFiles(carrier: Carrier, tree: Tree): readonly Embedded[] {
  const files = itemsOf(get(tree, 'write_files'));
  if (files.length === 0) return [];
  const run = commandTexts(tree);
  return files.flatMap((file) => {
    const path = textOf(get(file, 'path')) ?? '';
    const encoding = textOf(get(file, 'encoding'));
    return [
      ...embedFile(carrier, { path, content: get(file, 'content'), encoding, isRun: isRunBy(path, run) }),
      ...embedMode(carrier, path, get(file, 'permissions')),
    ];
  });
}

/** The commands of the configuration, one a line. */
function commandTexts(tree: Tree): string {
  const texts: string[] = [];
  for (const key of SCRIPTS) {
    for (const item of itemsOf(get(tree, key))) {
      texts.push(item.kind === 'list' ? item.items.map(textOf).join(' ') : (textOf(item) ?? ''));
    }
  }
  return texts.join('\n');
}

/** True where a shell is told to read the file. */
function isRunBy(path: string, commandLines: string): boolean {
  if (path === '') return false;
  for (let at = commandLines.indexOf(path); at !== -1; at = commandLines.indexOf(path, at + 1)) {
    const before = commandLines.slice(Math.max(0, at - 40), at);
    if (/(?:^|[\s;&|/])(?:(?:ba|da|a)?sh|\.|source)(?:\s+-\w+)*\s+["']?$/.test(before)) return true;
  }
  return false;
}

/** CoreOS: units with their drop-ins. */
function units(carrier: Carrier, list: Tree | undefined): readonly Embedded[] {
  const languageId = 'systemd-unit-file';
  return itemsOf(list).flatMap((unit) => {
    const name = textOf(get(unit, 'name')) ?? '';
    return [
      ...embedScalar(carrier, get(unit, 'content'), { name, languageId }),
      ...itemsOf(get(unit, 'drop-ins')).flatMap((dropIn) =>
        embedScalar(carrier, get(dropIn, 'content'), { name: textOf(get(dropIn, 'name')) ?? '', languageId }),
      ),
    ];
  });
}

const TYPES: Readonly<Record<string, string>> = {
  'text/cloud-config': 'cloud-config',
  'text/x-shellscript': 'shellscript',
};

/** `#cloud-config-archive`: texts of any kind that cloud-init takes. */
function archive(carrier: Carrier, tree: Tree): readonly Embedded[] {
  return itemsOf(tree).flatMap((part) => {
    if (part.kind === 'scalar') return embedScalar(carrier, part, {});
    const languageId = TYPES[textOf(get(part, 'type')) ?? ''];
    return embedScalar(carrier, get(part, 'content'), languageId === undefined ? {} : { languageId });
  });
}

export const cloudConfig: Host = {
  label: 'cloud-init configuration',
  recognises,
  couldMatter: (text) =>
    mentions(text) || ENCODED.test(text) || (text.includes('permissions') && namesCredentialFile(text)),
  documents,
};

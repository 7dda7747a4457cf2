/** Elastic Beanstalk's `.ebextensions/*.config`: AWS Elastic Beanstalk Developer Guide, "Customizing software on Linux servers". */
import { embedArguments, embedScalar, readCarrier, type Carrier } from '../embedding/carrier';
import { embedFile } from '../embedding/file-entry';
import { embedKnownTexts } from '../embedding/known-texts';
import { mentions } from '../embedding/mention';
import { variableLine } from '../embedding/setup';
import { GO_TEMPLATE } from '../embedding/template';
import type { Embedded, Host, HostDocument } from '../host';
import { impliedPiece, joinPieces, type Piece } from '../piece';
import { entriesOf, get, itemsOf, textOf, type Tree } from '../tree/tree';

const NAME = /(?:^|\/)\.ebextensions\/[^/]*\.config$/;
const KEYS = /^["']?(?:container_commands|commands|files)["']?\s*:/m;
const COMMANDS = ['commands', 'container_commands'] as const;

function documents(document: HostDocument): readonly Embedded[] {
  const carrier = readCarrier(document, GO_TEMPLATE);
  return carrier.trees.flatMap((tree) => {
    const own = [...COMMANDS.map((key) => get(tree, key)), get(tree, 'files')];
    return [
      ...COMMANDS.flatMap((key) => entriesOf(get(tree, key)).flatMap(({ value }) => command(carrier, value))),
      ...entriesOf(get(tree, 'files')).flatMap(({ key, value }) => file(carrier, key, value)),
      ...embedKnownTexts(carrier, tree, (node) => own.includes(node)),
    ];
  });
}

/** A string is for the shell, a list is run as it is; `test` decides whether it is run. */
function command(carrier: Carrier, value: Tree): readonly Embedded[] {
  const setup = entriesOf(get(value, 'env')).flatMap((entry) =>
    variableLine(entry.key, textOf(entry.value) ?? '', entry.value.range),
  );
  return [get(value, 'command'), get(value, 'test')].flatMap((tree) => {
    if (tree?.kind === 'list') return embedArguments(carrier, tree.items, { setup });
    return embedScalar(carrier, tree, { languageId: 'shellscript', setup });
  });
}

function file(carrier: Carrier, path: string, value: Tree): readonly Embedded[] {
  const content = get(value, 'content');
  if (content?.kind === 'scalar') {
    return embedFile(carrier, { path, content, encoding: textOf(get(value, 'encoding')) });
  }
  return joined(carrier, path, content);
}

/** `Fn::Join` with its references left open. */
function joined(carrier: Carrier, path: string, content: Tree | undefined): readonly Embedded[] {
  const [delimiter, list] = itemsOf(get(content, 'Fn::Join'));
  if (!list) return [];
  const pieces = itemsOf(list).map((item): Piece => {
    if (item.kind === 'scalar') return carrier.piece(item);
    return impliedPiece(carrier.placeholders.add([[{ hole: 'unknown' }]]), item.range);
  });
  const { text, map } = joinPieces(pieces, textOf(delimiter) ?? '');
  return [{ document: { name: path, text, placeholders: carrier.placeholders.values }, map }];
}

export const elasticBeanstalk: Host = {
  label: 'Elastic Beanstalk configuration',
  recognises: ({ name, text }) => NAME.test(name) || (name.endsWith('.config') && mentions(text) && KEYS.test(text)),
  couldMatter: mentions,
  documents,
};

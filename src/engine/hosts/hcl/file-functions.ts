/** Functions that read files of the configuration. */
import { wholePiece } from '../piece';
import { evaluate, type Names, type Work } from './evaluate';
import type { HclFunction } from './functions';
import { bareTemplate } from './json';
import type { Site } from './syntax';
import { madeText, mapping, textOf, type HclValue } from './value';
import { IDENTITY } from '../../text/source-map';

/** Templates that are put into templates, which cannot go on forever. */
const MAX_DEPTH = 5;

function templateOf(text: string, uri: string, variables: HclValue | undefined, names: Names, work: Work): HclValue {
  const known = variables?.kind === 'mapping' ? variables : mapping(new Map(), site(uri, text), false);
  // A template sees what it is given and nothing else.
  const own: Names = { resolve: () => undefined, file: (path) => names.file(path) };
  const scope = { names: own, bindings: known.entries, work };
  return evaluate(bareTemplate({ text, uri, map: IDENTITY }), scope);
}

function site(uri: string, text: string): Site {
  return { source: { text, uri, map: IDENTITY }, range: { start: 0, end: text.length } };
}

/** A file as it stands, which can be written where it is read for itself. */
function wholeFile(text: string, at: Site): HclValue {
  const made = madeText(text, at);
  return {
    ...made,
    piece: (reader) => (reader.uri === at.source.uri ? wholePiece(text) : made.piece(reader)),
  };
}

export const FILE_FUNCTIONS: Readonly<Record<string, HclFunction>> = {
  file: ({ args: [path], scope }) => {
    const name = textOf(path);
    const file = name === undefined ? undefined : scope.names.file(name);
    return file && wholeFile(file.text, site(file.uri, file.text));
  },
  filebase64: ({ args: [path], scope, site: at }) => {
    const name = textOf(path);
    const file = name === undefined ? undefined : scope.names.file(name);
    return file && { kind: 'encoded', value: wholeFile(file.text, site(file.uri, file.text)), site: at };
  },
  templatefile: ({ args: [path, variables], scope }) => {
    const name = textOf(path);
    const file = name === undefined ? undefined : scope.names.file(name);
    if (!file || scope.work.depth >= MAX_DEPTH) return undefined;
    scope.work.depth++;
    try {
      return templateOf(file.text, file.uri, variables, scope.names, scope.work);
    } finally {
      scope.work.depth--;
    }
  },
  templatestring: ({ args: [text, variables], scope }) => {
    const known = textOf(text);
    return known === undefined || !text ? undefined : templateOf(known, '', variables, scope.names, scope.work);
  },
};

/**
 * Requests that `uri` and `get_url` make. They are read as the commands that would make them, one a line, so that all that is known of requests and
 * tokens holds for them too; the only thing that can be written is the header with a token that an earlier task has registered.
 */
import { TOKEN_HEADER } from '../../imds/endpoint';
import { UNKNOWN } from '../../program/value';
import type { TextEdit } from '../../text/range';
import { applyIfApart } from '../../text/edits';
import type { Carrier, Resolve } from '../embedding/carrier';
import { quote } from '../embedding/setup';
import type { Embedded } from '../host';
import { impliedPiece, joinPieces, type Piece } from '../piece';
import { entriesOf, get, textOf, walk, type Tree, type TreeMap } from '../tree/tree';
import { moduleCall } from './modules';
import { headerEdit } from './header-edit';

const METADATA = /169\.254|fd00:0?ec2|instance-data/i;

interface Request {
  readonly task: TreeMap;
  readonly module: TreeMap;
  readonly url: Piece;
  /** Where the URL stands. */
  readonly range: { readonly start: number; readonly end: number };
}

/** A variable that a task registers, and the expression of the token in it. */
interface Registered {
  readonly name: string;
  readonly expression: string;
}

/** Every play, or the whole list of tasks: what is registered in one is not known in another. */
export function requestsOf(carrier: Carrier, tree: Tree, resolve: Resolve): readonly Embedded[] {
  if (tree.kind !== 'list') return [];
  const arePlays = tree.items.some((item) => get(item, 'hosts') !== undefined);
  return (arePlays ? tree.items : [tree]).flatMap((part) => script(carrier, part, resolve));
}

function script(carrier: Carrier, part: Tree, resolve: Resolve): readonly Embedded[] {
  const registered = new Map<string, Registered>();
  const lines: { readonly piece: Piece; readonly request: Request | undefined }[] = [];
  walk(part, (node) => {
    if (node.kind !== 'map') return true;
    const name = textOf(get(node, 'register'));
    for (const entry of node.entries) {
      const { value } = entry;
      const kind = moduleCall(entry)?.kind;
      if (kind === 'request' && value.kind === 'scalar') {
        const url = inlineUrl(textOf(value) ?? '');
        if (url !== undefined)
          lines.push({ piece: impliedPiece(`curl ${quote(url)}`, value.range), request: undefined });
      }
      if (kind === 'request' && value.kind === 'map') {
        const request = requestIn(carrier, node, value, resolve);
        if (!request) continue;
        const token = isTokenRequest(request, name) ? registerIn(node, name, 'content') : undefined;
        const readable = textOf(get(value, 'return_content'))?.toLowerCase();
        const isReadable = readable !== undefined && /^(?:true|yes|on|y)$/.test(readable);
        const command = commandOf(carrier, request, registered, () => carrier.placeholders.add(UNKNOWN));
        if (!token) lines.push({ piece: command, request });
        else {
          lines.push({ piece: assigned(token.name, command, request.range), request: undefined });
          if (isReadable) registered.set(token.name, token);
        }
      }
      const text = kind === 'shell' || kind === 'command' ? textOf(value.kind === 'map' ? get(value, 'cmd') : value) : undefined; // prettier-ignore
      if (name !== undefined && text?.includes('/api/token') && text.includes('PUT')) {
        const token = registerIn(node, name, 'stdout');
        if (!token) continue;
        registered.set(name, token);
        const url = `${/https?:\/\/[^\s/"']+/.exec(text)?.[0] ?? 'http://169.254.169.254'}/latest/api/token`;
        const fetch = `${name}=$(curl -X PUT -H '${TOKEN_HEADER}-ttl-seconds: 60' ${quote(url)})`;
        lines.push({ piece: impliedPiece(fetch, value.range), request: undefined });
      }
    }
    return true;
  });
  if (lines.length === 0) return [];
  // A token that is fetched here is sent by whoever knows its name, which need not be a task of this file.
  if (lines.some(({ piece }) => piece.text.includes('/api/token'))) {
    const sent = `curl -H "${TOKEN_HEADER}: ${carrier.placeholders.add(UNKNOWN)}" http://169.254.169.254/latest/`;
    lines.push({ piece: impliedPiece(sent, part.range), request: undefined });
  }
  const { text, map } = joinPieces(
    lines.map(({ piece }) => piece),
    '\n',
  );
  const toHostEdits = (edits: readonly TextEdit[]): readonly TextEdit[] | undefined =>
    headerEdits(carrier, text, edits, lines, registered);
  const document = { name: '', text, languageId: 'shellscript', placeholders: carrier.placeholders.values };
  return [{ document, map: { toHost: map.toHost, toHostEdits } }];
}

/** `uri: url=http://... return_content=yes`, where it asks without headers of its own. */
function inlineUrl(text: string): string | undefined {
  const url = /(?:^|\s)url=["']?(https?:\/\/[^\s"']+)/.exec(text)?.[1];
  const isPlain = !/(?:^|\s)(?:headers|HEADER_\S*|method)=|[\uE000-\uF8FF]/.test(text);
  return url !== undefined && isPlain && METADATA.test(url) ? url : undefined;
}

function registerIn(task: TreeMap, name: string | undefined, key: string): Registered | undefined {
  // A token that is fetched under a condition may not be there.
  if (name === undefined || !/^\w+$/.test(name) || get(task, 'when')) return undefined;
  return { name, expression: `{{ ${name}.${key} }}` };
}

function requestIn(carrier: Carrier, task: TreeMap, module: TreeMap, resolve: Resolve): Request | undefined {
  const tree = get(module, 'url');
  if (tree?.kind !== 'scalar' || typeof tree.value !== 'string') return undefined;
  const url = carrier.piece(tree, resolve);
  return METADATA.test(url.text) && !/['\s]/.test(url.text) ? { task, module, url, range: tree.range } : undefined;
}

function isTokenRequest({ module, url }: Request, name: string | undefined): boolean {
  return name !== undefined && textOf(get(module, 'method')) === 'PUT' && /\/api\/token\/?$/.test(url.text);
}

/** `curl` with the task's method and headers. Whatever is asked for, the URL is what is shown. */
function commandOf(
  carrier: Carrier,
  { module, url, range }: Request,
  registered: ReadonlyMap<string, Registered>,
  unknown: () => string,
): Piece {
  const method = textOf(get(module, 'method')) ?? 'GET';
  let options = /^[A-Z]+$/i.test(method) && method.toUpperCase() !== 'GET' ? ` -X ${method.toUpperCase()}` : '';
  const headers = get(module, 'headers');
  for (const { key, value } of entriesOf(headers)) {
    // A name that is put in may be any.
    if (/[\uE000-\uF8FF]/.test(key)) {
      options += ` -H "${unknown()}"`;
      continue;
    }
    const text = value.kind === 'scalar' ? headerText(carrier, value, registered) : unknown();
    options += ` -H "${`${key}: `.replace(/["\\$`]/g, '\\$&')}${text}"`;
  }
  // Headers in one text, or from a variable: nobody knows which.
  if (headers?.kind === 'scalar') options += ` -H ${unknown()}`;
  const implied = (text: string): Piece => impliedPiece(text, range);
  return joinPieces([implied(`curl${options} '`), url, implied("'")]);
}

function headerText(carrier: Carrier, value: Tree, registered: ReadonlyMap<string, Registered>): string {
  if (value.kind !== 'scalar') return '';
  let name: string | undefined;
  // What a registered token is put in by is the variable of the same name.
  const piece = carrier.piece(value, (expression) => {
    const head = /^\w+/.exec(expression)?.[0] ?? '';
    if (registered.has(head)) name = head;
    return UNKNOWN;
  });
  const text = piece.text.replace(/["\\$`]/g, '\\$&').replace(/\s+/g, ' ');
  return name === undefined ? text : `$${name}`;
}

function assigned(name: string, command: Piece, range: Request['range']): Piece {
  return joinPieces([impliedPiece(`${name}=$(`, range), command, impliedPiece(')', range)]);
}

/** Edits that send registered tokens and do nothing else. */
function headerEdits(
  carrier: Carrier,
  text: string,
  edits: readonly TextEdit[],
  lines: readonly { readonly piece: Piece; readonly request: Request | undefined }[],
  registered: ReadonlyMap<string, Registered>,
): readonly TextEdit[] | undefined {
  const edited = applyIfApart(text, edits)?.split('\n');
  if (edited?.length !== lines.length) return undefined;
  const result: TextEdit[] = [];
  for (const [index, { piece, request }] of lines.entries()) {
    const line = edited[index] ?? '';
    if (line === piece.text) continue;
    const added = /^curl -H "X-aws-ec2-metadata-token: \$(\w+)" /.exec(line);
    const token = registered.get(added?.[1] ?? '');
    if (!added || !token || !request || `curl ${line.slice(added[0].length)}` !== piece.text) return undefined;
    const edit = headerEdit(carrier.text, request.module, TOKEN_HEADER, token.expression);
    if (!edit) return undefined;
    result.push(edit);
  }
  return result;
}

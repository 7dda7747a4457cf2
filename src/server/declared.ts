import type { CancellationToken } from 'vscode-languageserver';
import { type DeclaredOption, type Document, lineIndex, type LineIndex, NOTHING_DECLARED } from '../engine';
import type { Components } from './components';
import { toRange } from './diagnostics';
import type { DeclaringDocument, ShownDeclarations, ShownOption } from './protocol';

export const NO_DECLARATIONS: ShownDeclarations = { launches: [], userData: [] };

/** `ec2Warden/declared`: what instances a document declares, and what they run. */
export function declaredHandler(components: Components) {
  const { engine } = components;
  return async (params: unknown, token: CancellationToken): Promise<ShownDeclarations> => {
    const document = isDeclaring(params) ? await read(components, params, token) : undefined;
    if (document === undefined || token.isCancellationRequested) return NO_DECLARATIONS;
    const { launches, userData } = engine.couldMatter(document) ? engine.declared(document) : NOTHING_DECLARED;
    const lines = lineIndex(document.text);
    return {
      launches: launches.map(({ name = null, head, options, tokens, endpoint, hopLimit, ...rest }) => ({
        ...rest,
        name,
        head: toRange(lines, head),
        // Options that another file gives have no place here.
        options: options && options.start >= 0 ? toRange(lines, options) : null,
        tokens: toOption(tokens, lines),
        endpoint: toOption(endpoint, lines),
        hopLimit: toOption(hopLimit, lines),
      })),
      userData: userData.flatMap(({ owner = null, uri = document.uri, range, parts, calls }) => {
        const text = uri === document.uri ? document.text : document.surroundings?.files.get(uri);
        if (text === undefined) return [];
        const places = uri === document.uri ? lines : lineIndex(text);
        return [
          {
            owner,
            uri,
            range: toRange(places, range),
            parts: parts.map((part) => part ?? null),
            calls: calls.map((call) => ({ line: places.positionAt(call.range.start).line, message: call.message })),
          },
        ];
      }),
    };
  };
}

/** One that is open as it was linted; another with what stands beside it. */
async function read(
  { engine, linter, nearby, documents }: Components,
  { uri, text }: DeclaringDocument,
  token: CancellationToken,
): Promise<Document | undefined> {
  if (documents.get(uri) !== undefined) return (await linter.lint(uri, token))?.document;
  if (text === undefined) return undefined;
  const document = { uri, text };
  if (!engine.couldMatter(document)) return undefined;
  try {
    return await engine.prepare(document, nearby.accessFor(uri));
  } finally {
    nearby.forget(uri);
  }
}

function toOption(option: DeclaredOption | undefined, lines: LineIndex): ShownOption | null {
  if (!option) return null;
  const { value = null, range } = option;
  return { value, range: toRange(lines, range.start < 0 ? { start: 0, end: 0 } : range) };
}

function isDeclaring(params: unknown): params is DeclaringDocument {
  if (typeof params !== 'object' || params === null || !('uri' in params)) return false;
  return typeof params.uri === 'string' && (!('text' in params) || typeof params.text === 'string');
}

import type { Middleware } from 'vscode-languageclient/node';
import { isIgnored } from './documents';

/** Keeps documents of schemes that are not linted away from the server: a document selector cannot say "all but these". */
export const IGNORING_MIDDLEWARE: Middleware = {
  didOpen: (document, next) => (isIgnored(document) ? Promise.resolve() : next(document)),
  didChange: (event, next) => (isIgnored(event.document) ? Promise.resolve() : next(event)),
  didClose: (document, next) => (isIgnored(document) ? Promise.resolve() : next(document)),
  provideDiagnostics: (document, previousResultId, token, next) =>
    isIgnored('uri' in document ? document : { uri: document }) ? undefined : next(document, previousResultId, token),
  provideCodeActions: (document, range, context, token, next) =>
    isIgnored(document) ? [] : next(document, range, context, token),
  provideHover: (document, position, token, next) => (isIgnored(document) ? null : next(document, position, token)),
};

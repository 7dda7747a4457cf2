/** Read-only documents of the account: a resource as YAML with its findings, user data as its owner wrote it. */
import {
  Diagnostic,
  DiagnosticSeverity,
  EventEmitter,
  l10n,
  languages,
  Range,
  Uri,
  workspace,
  type TextDocumentContentProvider,
} from 'vscode';
import type { Aws, Judging, Session } from '../../aws';
import type { Finding } from '../../engine';
import { sessionKey } from '../../aws/identity/session';
import { readableParts } from './mime-text';
import { readPlace, SCHEME, type DocumentPlace } from './places';

export interface Documents {
  readonly dispose: () => void;
  /** Keeps a text to be shown under an address. */
  readonly keep: (uri: Uri, text: string) => void;
  /** Reads an open document again. */
  readonly refresh: (uri: Uri) => void;
}

interface DocumentSurroundings {
  readonly aws: () => Promise<Aws>;
  /** The session that stands here and is the one that an address names; undefined where there is none. */
  readonly standing: (session: Session) => Session | undefined;
  /** What is known around a resource. */
  readonly context: (session: Session) => Judging;
}

const DOCUMENTATION = 'https://github.com/ec2-warden/ec2-warden/blob/main/docs/rules/';

export function createDocuments({ aws, standing, context }: DocumentSurroundings): Documents {
  const kept = new Map<string, string>();
  const emitter = new EventEmitter<Uri>();
  const diagnostics = languages.createDiagnosticCollection(SCHEME);

  const read = async (uri: Uri, place: DocumentPlace): Promise<string> => {
    const session = standing(place.session);
    if (session === undefined) {
      return l10n.t('# This session has ended. Open the resource again from the sidebar.');
    }
    const library = await aws();
    if (place.what === 'user-data') {
      const { text, unreadable } = await library.userData(session, place.id);
      return (
        (text === undefined ? undefined : readableParts(text)) ??
        unreadable ??
        l10n.t('# This instance has no user data.')
      );
    }
    const document = await library.document(session, place.kind, place.id, context(session));
    diagnostics.set(uri, diagnosticsOf(document.text, document.findings));
    return document.text;
  };

  const provider: TextDocumentContentProvider = {
    onDidChange: emitter.event,
    provideTextDocumentContent: async (uri) => {
      const known = kept.get(uri.toString());
      if (known !== undefined) return known;
      const place = readPlace(uri);
      if (place === undefined) return l10n.t('# There is nothing here. Open the resource again from the sidebar.');
      try {
        return await read(uri, place);
      } catch (error) {
        // What was found stood in the text that is not there any more.
        diagnostics.delete(uri);
        return `# ${error instanceof Error ? error.message : String(error)}`;
      }
    },
  };
  const registrations = [
    workspace.registerTextDocumentContentProvider(SCHEME, provider),
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme !== SCHEME) return;
      kept.delete(uri.toString());
      diagnostics.delete(uri);
    }),
    diagnostics,
    emitter,
  ];
  return {
    keep: (uri, text) => {
      const before = kept.get(uri.toString());
      kept.set(uri.toString(), text);
      // One that is open is read again, and whoever is at work on it begins anew: not for the same text.
      if (before !== text) emitter.fire(uri);
    },
    refresh: (uri) => emitter.fire(uri),
    dispose: () => {
      for (const registration of registrations) registration.dispose();
    },
  };
}

/** True where two sessions are one. */
export function isSame(a: Session, b: Session): boolean {
  return sessionKey(a) === sessionKey(b);
}

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

/** The editor will hold the text that is handed in, line ends as they are. */
function diagnosticsOf(text: string, findings: readonly Finding[]): Diagnostic[] {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const place = (offset: number): [number, number] => {
    let line = starts.findLastIndex((start) => start <= offset);
    line = Math.max(line, 0);
    return [line, offset - (starts[line] ?? 0)];
  };
  return findings.map(({ range, message, severity, ruleId }) => {
    const diagnostic = new Diagnostic(
      new Range(...place(range.start), ...place(range.end)),
      message,
      SEVERITIES[severity],
    );
    diagnostic.source = 'ec2-warden';
    diagnostic.code = { value: ruleId, target: Uri.parse(`${DOCUMENTATION}${ruleId}.md`) };
    return diagnostic;
  });
}

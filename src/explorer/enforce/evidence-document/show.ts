/** Opens evidence as a read-only document, whose links lead to the calls. */
import {
  Disposable,
  DocumentLink,
  type DocumentLinkProvider,
  l10n,
  languages,
  Range,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Session } from '../../../aws';
import type { CommandContext } from '../../commands/context';
import { extensionOf } from '../../commands/open';
import { placeUri, SCHEME } from '../../view/places';
import type { Evidence } from '../evidence';
import { nameOf } from '../question';
import { judge } from '../verdict';
import { evidenceDocument, type EvidenceLink, type LinkTarget } from './text';

export interface EvidenceView {
  readonly open: (session: Session, alias: string | undefined, evidence: Evidence) => Promise<void>;
  readonly dispose: () => void;
}

interface Shown {
  readonly links: readonly EvidenceLink[];
  /** Makes ready what a link leads to. */
  readonly addressOf: (target: LinkTarget) => Uri | undefined;
}

/** A link that finds out where it leads when it is followed. */
class PlacedLink extends DocumentLink {
  constructor(
    { line, start, end, target }: EvidenceLink,
    readonly addressOf: Shown['addressOf'],
  ) {
    super(new Range(line, start, line, end));
    this.place = target;
  }
  readonly place: LinkTarget;
}

export function createEvidenceView({ documents }: Pick<CommandContext, 'documents'>): EvidenceView {
  const open = new Map<string, Shown>();

  /** The texts are those that were searched, whatever there is by now. */
  const addressIn =
    (session: Session, evidence: Evidence) =>
    (target: LinkTarget): Uri | undefined => {
      const fragment = `L${String(target.line + 1)}`;
      if (target.of === 'workspace') return Uri.parse(target.uri).with({ fragment });
      const { instance, template, userData } = evidence;
      const searched = target.of === 'template' ? template?.userData : userData;
      if (searched?.is !== 'read') return undefined;
      const place = { session, kind: 'instance', id: instance.id, what: 'user-data' } as const;
      const owner = target.of === 'template' ? `${template?.id ?? ''}-${template?.version ?? ''}` : instance.id;
      const named = placeUri(place, `user-data-${owner}.${extensionOf(searched.text)}`);
      // Without a place, nobody takes the template's for the instance's own and reads that in its stead.
      const uri = target.of === 'template' ? named.with({ query: '' }) : named;
      documents.keep(uri, searched.text);
      return uri.with({ fragment });
    };

  const provider: DocumentLinkProvider<PlacedLink> = {
    provideDocumentLinks: ({ uri }) => {
      const shown = open.get(uri.toString());
      return shown?.links.map((link) => new PlacedLink(link, shown.addressOf));
    },
    resolveDocumentLink: (link) => {
      const target = link.addressOf(link.place);
      if (target !== undefined) link.target = target;
      return link;
    },
  };
  const registered = Disposable.from(
    languages.registerDocumentLinkProvider({ scheme: SCHEME }, provider),
    workspace.onDidCloseTextDocument(({ uri }) => open.delete(uri.toString())),
  );
  return {
    open: async (session, alias, evidence) => {
      const { instance } = evidence;
      const document = evidenceDocument(session, alias, evidence, judge(evidence));
      const place = { session, kind: 'instance', id: instance.id, what: 'resource' } as const;
      const name = l10n.t('Evidence of {0}', nameOf(instance)).replaceAll('/', '_');
      // No Markdown: its links would be followed wherever they stand, and lines of user data are quoted here.
      const uri = placeUri(place, `${name}.txt`).with({ query: '' });
      open.set(uri.toString(), { links: document.links, addressOf: addressIn(session, evidence) });
      documents.keep(uri, document.text);
      await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
    },
    dispose: () => {
      registered.dispose();
    },
  };
}

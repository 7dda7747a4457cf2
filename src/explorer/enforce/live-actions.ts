/**
 * What can be done about a live resource, above the lines of its document that something is wrong with. An editor that is read-only has no quick fixes; it has these.
 */
import {
  CodeLens,
  type Diagnostic,
  Disposable,
  EventEmitter,
  l10n,
  languages,
  Range,
  type CodeLensProvider,
} from 'vscode';
import type { ResourceRecord } from '../../aws';
import type { CommandContext } from '../commands/context';
import type { Inventory } from '../model/inventory';
import { inventoryOf } from '../model/inventory-of';
import { postureOf } from '../kinds/instances/metadata';
import { SCHEME } from '../view/places';
import { abilitiesOf } from './groups/abilities';
import { shownIn } from './target';

interface LiveAction {
  readonly command: string;
  readonly title: () => string;
  readonly isOffered: (record: ResourceRecord, inventory: Inventory) => boolean;
}

const DETACH: LiveAction = {
  command: 'ec2Warden.detachSecurityGroup',
  title: () => l10n.t('Detach Security Group from an Instance…'),
  isOffered: (record, inventory) => abilitiesOf(record, inventory).includes('detachable'),
};

/** By the rules whose findings they put right. */
const ACTIONS: Readonly<Record<string, LiveAction>> = {
  'imdsv1-allowed': {
    command: 'ec2Warden.enforceImdsv2',
    title: () => l10n.t('Require IMDSv2…'),
    isOffered: (record) => record.kind === 'instance' && postureOf(record) === 'v1',
  },
  'security-group-unused': {
    command: 'ec2Warden.deleteSecurityGroup',
    title: () => l10n.t('Delete Security Group…'),
    isOffered: (record, inventory) => abilitiesOf(record, inventory).includes('deletable'),
  },
  'security-group-shared': DETACH,
  'security-group-quota': DETACH,
  'default-security-group-open': DETACH,
};

function actionFor({ source, code }: Diagnostic): LiveAction | undefined {
  const id = typeof code === 'object' ? code.value : code;
  return source === 'ec2-warden' && typeof id === 'string' ? ACTIONS[id] : undefined;
}

export function registerLiveActions({ tree }: CommandContext): Disposable {
  const emitter = new EventEmitter<void>();
  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: emitter.event,
    provideCodeLenses: ({ uri }) => {
      const target = shownIn({ tree }, uri);
      const inventory = target && inventoryOf(tree, target.session);
      if (target === undefined || inventory?.readOnly() !== undefined || inventory === undefined) return [];
      // One rule may have many findings in a resource; each action stands once.
      const lenses = new Map<string, CodeLens>();
      for (const diagnostic of languages.getDiagnostics(uri)) {
        const action = actionFor(diagnostic);
        if (action === undefined || lenses.has(action.command)) continue;
        if (!action.isOffered(target.record, inventory)) continue;
        const { line } = diagnostic.range.start;
        const command = { command: action.command, title: action.title(), arguments: [uri.toString()] };
        lenses.set(action.command, new CodeLens(new Range(line, 0, line, 0), command));
      }
      return [...lenses.values()];
    },
  };
  return Disposable.from(
    emitter,
    languages.registerCodeLensProvider({ scheme: SCHEME }, provider),
    languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some(({ scheme }) => scheme === SCHEME)) emitter.fire();
    }),
  );
}

/** Nodes of resources: folders of a kind, groups in them, the resources and what they have. */
import type { RecordKind, ResourceRecord } from '../../aws';
import type { Child, Kind } from '../kinds/kind';
import { kindOf } from '../kinds/registry';
import { present } from '../kinds/words';
import { l10n } from '../l10n';
import type { Group } from './arrange';
import { failureNode } from './failure-node';
import { addCounts, countFindings, countsInWords, totalOf } from './finding-counts';
import type { Inventory } from './inventory';
import { NO_CHILDREN, type TreeNode } from './node';
import type { ViewOptions } from './view-options';

interface FolderParts {
  readonly id: string;
  readonly parent: TreeNode;
  readonly kind: Kind;
  readonly inventory: Inventory;
  readonly options: () => ViewOptions;
  readonly entries: (self: TreeNode) => readonly TreeNode[];
}

export function folderNode({ id, parent, kind, inventory, options, entries }: FolderParts): TreeNode {
  const { session } = inventory;
  const self: TreeNode = {
    id,
    parent,
    profile: session.profile,
    session,
    kind: kind.id,
    view: () => {
      const state = inventory.shown(kind.id);
      const counts = inventory.countsOf(kind.id);
      const { filter } = options();
      const count = state?.records.length ?? 0;
      const description = present([
        // What could not be read is not none.
        state !== undefined && (count > 0 || state.status === 'complete') ? String(count) : undefined,
        state?.status === 'failed' ? l10n.t('could not be read') : undefined,
        state?.notice ??
          (state?.status === 'loading' ? l10n.t('loading…') : state?.refreshing === true ? l10n.t('refreshing…') : ''),
        state?.status === 'partial' || state?.status === 'cancelled' ? l10n.t('not complete') : undefined,
        state !== undefined && filter !== '' ? l10n.t('filtered by “{0}”', filter) : undefined,
      ]).join(' · ');
      return {
        label: kind.title(),
        description,
        icon: { id: kind.icon },
        collapsible: 'collapsed',
        abilities: [
          'folder',
          kind.id,
          ...(state?.status === 'loading' || state?.refreshing === true ? ['loading'] : []),
        ],
        spoken: present([
          kind.title(),
          description,
          countsInWords(counts),
          l10n.t('account {0}, {1}', session.account, session.region),
        ]).join(', '),
        ...(totalOf(counts) > 0 ? { counts } : {}),
      };
    },
    children: async () => {
      for (const other of kind.usedBy) inventory.list(other);
      const { firstNews } = inventory.list(kind.id);
      const known = inventory.shown(kind.id);
      // While it is read again, what was there is shown at once.
      if (known === undefined || (known.status === 'loading' && known.records.length === 0)) await firstNews;
      return entries(self);
    },
  };
  return self;
}

export function groupNode(
  parent: TreeNode,
  group: Group,
  inventory: Inventory,
  entries: (self: TreeNode) => readonly TreeNode[],
): TreeNode {
  const title = group.title ?? '';
  const self: TreeNode = {
    id: `${parent.id}/group ${title}`,
    parent,
    profile: parent.profile,
    session: parent.session,
    value: title,
    view: () => {
      const counts = addCounts(group.records.map(({ id }) => countFindings(inventory.findingsOf(id))));
      return {
        label: title,
        description: String(group.records.length),
        icon: { id: 'list-tree' },
        collapsible: 'expanded',
        abilities: ['group'],
        spoken: present([l10n.t('Group {0}', title), String(group.records.length), countsInWords(counts)]).join(', '),
        ...(totalOf(counts) > 0 ? { counts } : {}),
      };
    },
    children: () => Promise.resolve(entries(self)),
  };
  return self;
}

/** What somebody else knows of a resource. */
export interface ResourceMarks {
  /** For menus, besides the kind's. */
  readonly abilities: readonly string[];
  /** Beside the label, before the kind's. */
  readonly details: readonly string[];
}

export const NO_MARKS: ResourceMarks = { abilities: [], details: [] };

interface RecordParts {
  readonly id: string;
  readonly parent: TreeNode;
  readonly kind: RecordKind;
  readonly recordId: string;
  readonly first: ResourceRecord;
  readonly inventory: Inventory;
  readonly marks: (record: ResourceRecord) => ResourceMarks;
  readonly child: (self: TreeNode, record: ResourceRecord) => TreeNode;
}

export function recordNode(parts: RecordParts): TreeNode {
  const { id, parent, inventory, first, recordId, child } = parts;
  const { session } = inventory;
  const kind = kindOf(parts.kind);
  const resource = (): ResourceRecord => inventory.record(parts.kind, recordId) ?? first;
  const self: TreeNode = {
    id,
    parent,
    profile: session.profile,
    session,
    resource,
    view: () => {
      const record = resource();
      const { label, icon, facts, ...view } = kind.view(record, inventory);
      const marks = parts.marks(record);
      const details = [...marks.details, ...view.details];
      const abilities = [...view.abilities, ...marks.abilities];
      const findings = inventory.findingsOf(recordId);
      const counts = countFindings(findings);
      const tags = Object.entries(record.tags).filter(([key]) => key !== 'Name');
      return {
        label,
        description: details.join(' · '),
        icon,
        collapsible: kind.id === 'volume' ? 'none' : 'collapsed',
        abilities: ['resource', kind.id, ...(inventory.readOnly() === undefined ? ['writable'] : []), ...abilities],
        spoken: present([label, ...details, countsInWords(counts)]).join(', '),
        tooltip: present([
          `**${label}** ${recordId === label ? '' : recordId}`,
          ...facts.map(([name, value]) => (value === undefined || value === '' ? undefined : `${name}: ${value}`)),
          tags.length === 0 ? undefined : l10n.t('Tags: {0}', tags.map((tag) => tag.join('=')).join(', ')),
          ...findings.map(({ message, ruleId }) => `⚠ ${message} (${ruleId})`),
        ]),
        ...(totalOf(counts) > 0 ? { counts } : {}),
        click: { command: 'ec2Warden.account.openResource', title: l10n.t('Open'), args: [self] },
      };
    },
    children: async () => {
      try {
        const children = await kind.children(resource(), inventory);
        return children.map((each) =>
          each.is === 'record' ? child(self, each.record) : propertyNode(self, each, kind.id === 'instance'),
        );
      } catch (error) {
        return [
          failureNode(self, error, {
            command: 'ec2Warden.account.refreshNode',
            title: l10n.t('Try again'),
            args: [self],
          }),
        ];
      }
    },
  };
  return self;
}

function propertyNode(parent: TreeNode, child: Extract<Child, { is: 'property' }>, ofInstance: boolean): TreeNode {
  const { key, label, description, icon, value, abilities = [] } = child;
  const { resource } = parent;
  const self: TreeNode = {
    id: `${parent.id}/${key}`,
    parent,
    profile: parent.profile,
    session: parent.session,
    value: value ?? description,
    // What can be done with an instance's user data can be done here.
    ...(ofInstance && abilities.includes('user-data') && resource !== undefined ? { resource } : {}),
    view: () => ({
      label,
      description,
      icon,
      collapsible: 'none',
      abilities: ['property', ...abilities],
      spoken: present([label, description]).join(', '),
      ...(abilities.includes('user-data')
        ? { click: { command: 'ec2Warden.account.openUserData', title: l10n.t('Open user data'), args: [self] } }
        : {}),
    }),
    children: NO_CHILDREN,
  };
  return self;
}

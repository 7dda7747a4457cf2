/** Nodes above resources: profiles and regions. */
import type { ChainStep, IdentityExplanation, Profile, Session, SessionStatus } from '../../aws';
import { FOLDERS } from '../kinds/registry';
import { present } from '../kinds/words';
import { l10n } from '../l10n';
import type { ProfileConnection } from './connections';
import { failureNode, messageNode } from './failure-node';
import { addCounts, countsInWords, totalOf, type FindingCounts } from './finding-counts';
import type { Inventory } from './inventory';
import type { TreeNode } from './node';

interface ProfileParts {
  readonly id: string;
  readonly profile: () => Profile;
  readonly connection: () => ProfileConnection;
  readonly status: (session: Session) => SessionStatus;
  /** Why it is who it is. */
  readonly explain: () => Promise<IdentityExplanation>;
  /** What is to be said of the caller's keys. */
  readonly keyNotes: (session: Session) => Promise<readonly string[]>;
  readonly regions: (self: TreeNode, session: Session) => readonly TreeNode[];
}

export function profileNode(parts: ProfileParts): TreeNode {
  const { id, profile, connection, status, regions } = parts;
  let asked: { readonly session: Session; readonly notes: Promise<readonly string[]> } | undefined;
  /** Asked of IAM once for a session. */
  const keyNotesOf = (session: Session): Promise<readonly string[]> => {
    if (asked?.session !== session) asked = { session, notes: parts.keyNotes(session).catch(() => []) };
    return asked.notes;
  };
  const self: TreeNode = {
    id,
    parent: undefined,
    profile: profile().name,
    session: undefined,
    view: () => {
      const known = profile();
      const now = connection().connection();
      const session = now.is === 'connected' ? now.session : undefined;
      const held = session && status(session);
      const counts = addCounts(
        connection()
          .inventories()
          .map((inventory) => countsBelow(inventory)),
      );
      const description = present([
        ...(now.is === 'connected'
          ? [now.session.account, now.alias]
          : [known.problem === undefined ? undefined : l10n.t('cannot be used'), kindInWords(known), known.account]),
        held?.readOnly === undefined ? undefined : l10n.t('read-only'),
        held?.hasExpired === true ? l10n.t('session has ended') : endsIn(held?.expires),
      ]).join(' · ');
      const found = countsInWords(counts);
      return {
        label: known.name,
        description,
        icon:
          now.is === 'failed' || known.problem !== undefined
            ? { id: 'warning', color: 'list.warningForeground' }
            : held?.readOnly !== undefined
              ? { id: 'lock' }
              : { id: 'account' },
        collapsible: 'collapsed',
        abilities: [
          'profile',
          ...(now.is === 'connected' ? ['connected'] : []),
          ...(known.places.length > 0 ? ['place'] : []),
          ...(held?.usesMfa === true ? ['session'] : []),
          ...(known.kind === 'sso' || known.kind === 'sso-legacy' ? ['sso'] : []),
        ],
        spoken: present([l10n.t('Profile {0}', known.name), description, found]).join(', '),
        tooltip: present([
          `**${known.name}**`,
          ...(session === undefined
            ? []
            : [l10n.t('Account {0}', session.account), session.arn, held?.readOnly ?? undefined]),
          known.problem?.message,
          ...known.notes.map(({ message }) => message),
          found,
        ]),
        ...(totalOf(counts) > 0 ? { counts } : {}),
      };
    },
    more: async () => {
      const now = connection().connection();
      const [explanation, notes] = await Promise.all([
        parts.explain(),
        now.is === 'connected' ? keyNotesOf(now.session) : [],
      ]);
      return [...explanationLines(explanation), ...notes];
    },
    children: async () => {
      // A failure draws the profile again, and this is asked again: it must not try again by itself, and so for ever.
      if (connection().connection().is !== 'failed') await connection().connect();
      const now = connection().connection();
      if (now.is === 'connected') return regions(self, now.session);
      if (now.is !== 'failed') return [];
      const retry = { command: 'ec2Warden.account.connect', title: l10n.t('Try again'), args: [profile().name] };
      const why = messageNode(self, 'why', {
        label: l10n.t('Why this identity?'),
        icon: { id: 'question' },
        click: { command: 'ec2Warden.account.explain', title: l10n.t('Explain'), args: [profile().name] },
      });
      return [failureNode(self, now.error, retry), why];
    },
  };
  return self;
}

const STATES: Readonly<Record<ChainStep['state'], string>> = {
  used: '✓',
  overridden: '→',
  absent: '–',
  broken: '✗',
  unknown: '?',
};

/** The provider chain in order, the roles, and where the region comes from. */
function explanationLines({ chain, roles, region }: IdentityExplanation): readonly string[] {
  return [
    l10n.t('Where credentials come from, in order'),
    ...chain.map(({ state, message }) => `${STATES[state]} ${message}`),
    ...(roles.length < 2 ? [] : roles.map(({ profile, message }) => `${profile}: ${message}`)),
    l10n.t('Region: {0}', region.message),
  ];
}

interface RegionParts {
  readonly id: string;
  readonly parent: TreeNode;
  readonly inventory: Inventory;
  /** True for the profile's own region. */
  readonly isOwn: () => boolean;
  readonly readOnly: () => string | undefined;
  readonly folders: (self: TreeNode) => readonly TreeNode[];
}

export function regionNode({ id, parent, inventory, isOwn, readOnly, folders }: RegionParts): TreeNode {
  const { session } = inventory;
  const self: TreeNode = {
    id,
    parent,
    profile: session.profile,
    session,
    value: session.region,
    view: () => {
      const counts = countsBelow(inventory);
      const description = present([
        isOwn() ? l10n.t('of the profile') : undefined,
        readOnly() === undefined ? undefined : l10n.t('read-only'),
      ]).join(' · ');
      return {
        label: session.region,
        description,
        icon: { id: 'globe' },
        collapsible: 'collapsed',
        abilities: ['region', ...(isOwn() ? [] : ['pinned'])],
        spoken: present([
          l10n.t('Region {0} of account {1}', session.region, session.account),
          description,
          countsInWords(counts),
        ]).join(', '),
        tooltip: present([
          `**${session.region}**`,
          l10n.t('Account {0}', session.account),
          session.arn,
          countsInWords(counts),
        ]),
        ...(totalOf(counts) > 0 ? { counts } : {}),
      };
    },
    children: () => Promise.resolve(folders(self)),
  };
  return self;
}

/** Asks for regions beside the profile's own. */
export function findRegionsNode(parent: TreeNode): TreeNode {
  return messageNode(parent, 'find', {
    label: l10n.t('Other regions…'),
    icon: { id: 'search' },
    tooltip: [l10n.t('Find the regions that have something, or choose one')],
    click: {
      command: 'ec2Warden.account.chooseRegions',
      title: l10n.t('Choose'),
      args: [parent.profile ?? ''],
    },
  });
}

function countsBelow(inventory: Inventory): FindingCounts {
  return addCounts(FOLDERS.map((kind) => inventory.countsOf(kind.id)));
}

function endsIn(expires: Date | undefined): string | undefined {
  if (expires === undefined) return undefined;
  return l10n.t('until {0}', expires.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
}

function kindInWords({ kind }: Profile): string {
  switch (kind) {
    case 'static':
      return l10n.t('access keys');
    case 'session-token':
      return l10n.t('session token');
    case 'role':
      return l10n.t('role');
    case 'process':
      return l10n.t('credential process');
    case 'sso':
    case 'sso-legacy':
      return l10n.t('IAM Identity Center');
    case 'web-identity':
      return l10n.t('web identity');
    case 'login':
      return l10n.t('console login');
    case 'environment':
      return l10n.t('environment variables');
    case 'container':
      return l10n.t('role of the container');
    case 'instance':
      return l10n.t('role of this instance');
    case 'none':
      return l10n.t('no credentials');
  }
}

/** The tree: profiles, regions, kinds, resources. It knows nothing of any editor. */
import type { Aws, Profile, ProfileList, RecordKind, ResourceRecord, Session } from '../../aws';
import type { Settings } from '../../engine';
import { sessionKey } from '../../aws/identity/session';
import { FOLDERS } from '../kinds/registry';
import { createConnection, type Connection, type ProfileConnection } from './connections';
import { factsOf } from './failure-node';
import type { InventoryEvents } from './inventory';
import { listNodes, PAGE, type ListContext } from './list-nodes';
import type { TreeNode } from './node';
import { folderNode, groupNode, NO_MARKS, recordNode, type ResourceMarks } from './resource-nodes';
import { findRegionsNode, profileNode, regionNode } from './profile-nodes';
import type { ViewOptions } from './view-options';

export interface TreeSurroundings {
  /** Loads the library when it is first called. */
  readonly aws: () => Promise<Aws>;
  readonly options: () => ViewOptions;
  /** Regions that the user put below a profile, beside its own. */
  readonly pinnedRegions: (profile: string) => readonly string[];
  readonly now: () => number;
  /** What the user chose about rules. */
  readonly settings?: () => Settings;
  readonly log: (message: string, error: unknown) => void;
  /** A node looks different or has other children; undefined: all of them. */
  readonly changed: (node: TreeNode | undefined) => void;
  /** What is known of a resource besides what AWS says. */
  readonly marks?: (session: Session, record: ResourceRecord) => ResourceMarks;
}

export interface Tree {
  /** The profiles. The first call loads the library. */
  readonly roots: () => Promise<readonly TreeNode[]>;
  readonly profiles: () => ProfileList | undefined;
  readonly connectionOf: (profile: string) => ProfileConnection | undefined;
  /** Looks at the profiles on the disk again. What has changed is connected anew when it is next opened. */
  readonly reloadProfiles: () => Promise<void>;
  /** Reads again: a folder's list, all of a region, of a profile, or (undefined) everything that has been read. */
  readonly refresh: (node: TreeNode | undefined) => void;
  readonly showMore: (node: TreeNode) => void;
  /** The view options changed. */
  readonly rearrange: () => void;
  /** The settings changed. */
  readonly rejudge: () => void;
  /** Reads instances again that are between two states; gives how many there were. */
  readonly pollPassing: () => Promise<number>;
  /** Reads again what was read longer than this ago. */
  readonly refreshOlderThan: (milliseconds: number) => void;
  readonly dispose: () => void;
}

export function createTree(surroundings: TreeSurroundings): Tree {
  const { options, changed, now } = surroundings;
  let loaded: Promise<Aws> | undefined;
  let aws: Aws | undefined;
  let list: ProfileList | undefined;
  let roots: readonly TreeNode[] = [];
  let reading = 0;
  const connections = new Map<string, ProfileConnection>();
  /** Each node by its id, so that the same thing is the same object. */
  const nodes = new Map<string, TreeNode>();
  const limits = new Map<string, number>();

  const node = (id: string, make: () => TreeNode): TreeNode => {
    const known = nodes.get(id);
    if (known !== undefined) return known;
    const made = make();
    nodes.set(id, made);
    return made;
  };

  /** Forgets the nodes below a prefix of ids: their session is gone. */
  const forget = (prefix: string): void => {
    for (const id of nodes.keys()) if (id.startsWith(prefix)) nodes.delete(id);
    for (const id of limits.keys()) if (id.startsWith(prefix)) limits.delete(id);
  };

  const load = async (): Promise<Aws> => {
    loaded ??= surroundings.aws().then((library) => {
      library.onProfilesChanged(() => void tree.reloadProfiles());
      library.onRetry(({ profile, region, operation, message }) => {
        const connection = connections.get(profile);
        for (const inventory of connection?.inventories() ?? []) {
          if (inventory.session.region === region) inventory.notice(operation, message);
        }
      });
      aws = library;
      return library;
    });
    try {
      return await loaded;
    } catch (error) {
      loaded = undefined;
      throw error;
    }
  };

  const profileId = (name: string): string => `profile ${name}`;
  const folderId = (session: Session, kind: RecordKind): string => `${sessionKey(session)}/${kind}`;

  const eventsOf = (session: Session): InventoryEvents => ({
    now,
    settings: () => surroundings.settings?.(),
    log: surroundings.log,
    changed: (kind) => {
      const profile = nodes.get(profileId(session.profile));
      const region = nodes.get(sessionKey(session));
      const folder = kind === undefined ? undefined : nodes.get(folderId(session, kind));
      // Its sums changed above it, too; VS Code draws a node and all below it when it is told of it.
      if (folder !== undefined) changed(folder);
      if (kind === undefined) changed(profile ?? region);
      else {
        for (const other of FOLDERS) {
          const user = nodes.get(folderId(session, other.id));
          if (other.usedBy.includes(kind) && user !== undefined) changed(user);
        }
      }
    },
  });

  const connectionTo = (library: Aws, profile: Profile): ProfileConnection => {
    const known = connections.get(profile.name);
    if (known !== undefined) return known;
    const made = createConnection(library, profile, {
      changed: () => changed(nodes.get(profileId(profile.name))),
      inventoryEvents: eventsOf,
    });
    connections.set(profile.name, made);
    return made;
  };

  const makeProfile = (library: Aws, profile: Profile): TreeNode =>
    node(profileId(profile.name), () =>
      profileNode({
        id: profileId(profile.name),
        profile: () => list?.profiles.find(({ name }) => name === profile.name) ?? profile,
        connection: () => connectionTo(library, profile),
        status: (session) => library.status(session),
        explain: () => library.explain(profile.name),
        keyNotes: (session) => library.keyNotes(session),
        regions: (self, session) => regionsOf(library, self, session),
      }),
    );

  const regionsOf = (library: Aws, self: TreeNode, session: Session): readonly TreeNode[] => {
    const names = [...new Set([session.region, ...surroundings.pinnedRegions(session.profile)])];
    const connection = connections.get(session.profile);
    const regions = names.flatMap((name) => {
      const inventory = connection?.inventory(name);
      if (inventory === undefined) return [];
      const id = sessionKey(inventory.session);
      return [
        node(id, () =>
          regionNode({
            id,
            parent: self,
            inventory,
            isOwn: () => name === session.region,
            readOnly: () => library.status(session).readOnly,
            folders: (region) =>
              FOLDERS.map((kind) =>
                node(folderId(inventory.session, kind.id), () =>
                  folderNode({
                    id: folderId(inventory.session, kind.id),
                    parent: region,
                    kind,
                    inventory,
                    options,
                    entries: (folder) => listNodes(folder, contextOf(kind, inventory)),
                  }),
                ),
              ),
          }),
        ),
      ];
    });
    return [...regions, node(`${self.id}/find`, () => findRegionsNode(self))];
  };

  const contextOf = (kind: ListContext['kind'], inventory: ListContext['inventory']): ListContext => ({
    kind,
    inventory,
    options: options(),
    limitOf: (id) => limits.get(id) ?? PAGE,
    recordNode: (parent, record) => makeRecord(parent, record, inventory),
    groupNode: (parent, group, entries) =>
      // A group's records are its own each time; the node only keeps its place.
      remake(groupNode(parent, group, inventory, entries)),
  });

  /** A node whose content is handed in anew, under the identity that it has. */
  const groups = new Map<string, { current: TreeNode }>();
  const remake = (made: TreeNode): TreeNode => {
    const holder = groups.get(made.id) ?? { current: made };
    holder.current = made;
    groups.set(made.id, holder);
    return node(made.id, () => ({
      ...made,
      view: () => holder.current.view(),
      children: () => holder.current.children(),
    }));
  };

  const makeRecord = (parent: TreeNode, record: ResourceRecord, inventory: ListContext['inventory']): TreeNode => {
    const id = `${parent.id}/${record.id}`;
    return node(id, () =>
      recordNode({
        id,
        parent,
        kind: record.kind,
        recordId: record.id,
        first: record,
        inventory,
        marks: (record) => surroundings.marks?.(inventory.session, record) ?? NO_MARKS,
        child: (self, child) => makeRecord(self, child, inventory),
      }),
    );
  };

  const readProfiles = async (): Promise<void> => {
    const library = await load();
    reading += 1;
    const mine = reading;
    const fresh = await library.profiles();
    // The files were read again meanwhile, and are told of then.
    if (mine !== reading && list !== undefined) return;
    const before = new Map((list?.profiles ?? []).map((profile) => [profile.name, profile]));
    list = fresh;
    for (const profile of fresh.profiles) {
      const old = before.get(profile.name);
      const connection = connections.get(profile.name);
      if (old !== undefined && JSON.stringify(definition(old)) !== JSON.stringify(definition(profile))) {
        dropProfile(library, profile.name);
      } else if (mayWorkNow(connection?.connection())) connection?.reset();
      before.delete(profile.name);
    }
    for (const gone of before.keys()) dropProfile(library, gone);
    roots = fresh.profiles.map((profile) => makeProfile(library, profile));
  };

  const dropProfile = (library: Aws, name: string): void => {
    const connection = connections.get(name);
    connections.delete(name);
    library.disconnect(name);
    for (const inventory of connection?.inventories() ?? []) forget(sessionKey(inventory.session));
    connection?.reset();
    forget(profileId(name));
  };

  const inventoriesBelow = (self: TreeNode): readonly ListContext['inventory'][] => {
    const all = connections.get(self.profile ?? '')?.inventories() ?? [];
    const { session } = self;
    return session === undefined
      ? all
      : all.filter((inventory) => sessionKey(inventory.session) === sessionKey(session));
  };

  const tree: Tree = {
    roots: async () => {
      if (list === undefined) await readProfiles();
      return roots;
    },
    profiles: () => list,
    connectionOf: (profile) => connections.get(profile),
    reloadProfiles: async () => {
      try {
        await readProfiles();
      } catch (error) {
        surroundings.log('The profiles could not be read.', error);
      }
      changed(undefined);
    },
    refresh: (self) => {
      if (self === undefined) {
        for (const connection of connections.values()) refreshConnection(connection);
        void tree.reloadProfiles();
        return;
      }
      const below = inventoriesBelow(self);
      const connection = connections.get(self.profile ?? '');
      if (connection !== undefined && self.session === undefined && connection.connection().is === 'failed') {
        connection.reset();
      }
      for (const inventory of below) inventory.refresh(self.kind);
      changed(self);
    },
    showMore: (self) => {
      limits.set(self.id, (limits.get(self.id) ?? PAGE) + PAGE);
      changed(self);
    },
    rearrange: () => {
      limits.clear();
      changed(undefined);
    },
    rejudge: () => {
      for (const connection of connections.values()) {
        for (const inventory of connection.inventories()) inventory.rejudge();
      }
    },
    pollPassing: async () => {
      const all = [...connections.values()].flatMap((connection) => connection.inventories());
      const counts = await Promise.all(
        all.map((inventory) =>
          inventory.pollPassing().catch((error: unknown) => {
            surroundings.log('Instances could not be read again.', error);
            return 0;
          }),
        ),
      );
      return counts.reduce((sum, count) => sum + count, 0);
    },
    refreshOlderThan: (milliseconds) => {
      for (const connection of connections.values()) {
        for (const inventory of connection.inventories()) {
          if (now() - inventory.lastRefresh() > milliseconds) inventory.refresh();
        }
      }
    },
    dispose: () => {
      for (const connection of connections.values()) connection.reset();
      aws?.dispose();
    },
  };
  return tree;
}

function refreshConnection(connection: ProfileConnection): void {
  if (connection.connection().is === 'failed') connection.reset();
  for (const inventory of connection.inventories()) inventory.refresh();
}

/** Somebody may have logged in meanwhile. Who did not give a code is not asked for one without being asked to. */
function mayWorkNow(connection: Connection | undefined): boolean {
  return connection?.is === 'failed' && !(factsOf(connection.error)?.kind ?? '').startsWith('mfa');
}

/** What makes a profile what it is: notes and the place in the file do not. */
function definition({ name, kind, region, roleArn, account, mfaSerial, problem }: Profile): unknown {
  return [name, kind, region, roleArn, account, mfaSerial, problem?.kind, problem?.message];
}

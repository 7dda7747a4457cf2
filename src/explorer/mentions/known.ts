/** What the sidebar has loaded of a resource. Looking it up asks AWS nothing and connects nobody. */
import type { LiveFinding, RecordKind, ResourceRecord, Session } from '../../aws';
import type { Inventory } from '../model/inventory';
import type { Tree } from '../model/tree';

export interface Known {
  readonly record: ResourceRecord;
  readonly session: Session;
  /** Of the account, where it is known. */
  readonly alias: string | undefined;
  readonly findings: readonly LiveFinding[];
  readonly inventory: Inventory;
}

/** Once for each profile that sees it. */
export function knownAs(tree: Pick<Tree, 'profiles' | 'connectionOf'>, kind: RecordKind, id: string): readonly Known[] {
  return (tree.profiles()?.profiles ?? []).flatMap(({ name }) => {
    const profile = tree.connectionOf(name);
    const now = profile?.connection();
    if (profile === undefined || now?.is !== 'connected') return [];
    return profile.inventories().flatMap((inventory): Known[] => {
      const record = inventory.record(kind, id);
      const { session } = inventory;
      return record === undefined
        ? []
        : [{ record, session, alias: now.alias, findings: inventory.findingsOf(id), inventory }];
    });
  });
}

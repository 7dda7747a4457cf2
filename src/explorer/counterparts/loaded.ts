/** The instances that the sidebar has loaded. Looking at them asks AWS nothing and connects nobody. */
import type { InstanceRecord, Session } from '../../aws';
import type { Tree } from '../model/tree';

export interface LoadedInstance {
  readonly session: Session;
  /** Of the account, where it is known. */
  readonly alias: string | undefined;
  readonly record: InstanceRecord;
  /** When its list was read; milliseconds. Undefined while it is being read. */
  readonly asOf: number | undefined;
}

export interface Loaded {
  readonly isConnected: boolean;
  readonly instances: readonly LoadedInstance[];
}

export function loadedInstances(tree: Pick<Tree, 'profiles' | 'connectionOf'>): Loaded {
  const instances: LoadedInstance[] = [];
  let isConnected = false;
  for (const { name } of tree.profiles()?.profiles ?? []) {
    const profile = tree.connectionOf(name);
    const now = profile?.connection();
    if (profile === undefined || now?.is !== 'connected') continue;
    isConnected = true;
    for (const inventory of profile.inventories()) {
      const shown = inventory.shown('instance');
      for (const record of shown?.records ?? []) {
        if (record.state === 'terminated' || record.state === 'shutting-down') continue;
        instances.push({ session: inventory.session, alias: now.alias, record, asOf: shown?.asOf });
      }
    }
  }
  return { isConnected, instances };
}

import type { RecordKind } from '../../aws';
import { INSTANCES } from './instances/instances';
import { KEY_PAIRS } from './key-pairs/key-pairs';
import type { Kind } from './kind';
import { NETWORK_INTERFACES } from './network-interfaces/network-interfaces';
import { SECURITY_GROUPS } from './security-groups/security-groups';
import { VOLUMES } from './volumes/volumes';

/** The folders of a region, in their order. Adding a kind is adding a folder beside these and a line here. */
export const FOLDERS: readonly Kind[] = [INSTANCES, NETWORK_INTERFACES, SECURITY_GROUPS, KEY_PAIRS];

const KINDS: Readonly<Record<RecordKind, Kind>> = {
  instance: INSTANCES,
  'network-interface': NETWORK_INTERFACES,
  'security-group': SECURITY_GROUPS,
  'key-pair': KEY_PAIRS,
  volume: VOLUMES,
};

export function kindOf(kind: RecordKind): Kind {
  return KINDS[kind];
}

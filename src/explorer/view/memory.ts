/** What the sidebar remembers for each workspace: how lists are shown, and regions beside a profile's own. */
import type { Memento } from 'vscode';
import { readViewOptions, type ViewOptions } from '../model/view-options';

const VIEW = 'ec2Warden.account.view';
const REGIONS = 'ec2Warden.account.regions';

export interface Memory {
  readonly options: () => ViewOptions;
  readonly setOptions: (change: Partial<ViewOptions>) => Thenable<void>;
  readonly regions: (profile: string) => readonly string[];
  readonly setRegions: (profile: string, regions: readonly string[]) => Thenable<void>;
}

export function createMemory(memento: Memento): Memory {
  const all = (): Readonly<Record<string, unknown>> => memento.get<Record<string, unknown>>(REGIONS, {});
  const regions = (profile: string): readonly string[] => {
    const known = all()[profile];
    return Array.isArray(known) ? known.filter((name): name is string => typeof name === 'string') : [];
  };
  const options = (): ViewOptions => readViewOptions(memento.get(VIEW));
  return {
    options,
    setOptions: (change) => memento.update(VIEW, { ...options(), ...change }),
    regions,
    setRegions: (profile, names) => memento.update(REGIONS, { ...all(), [profile]: [...names] }),
  };
}

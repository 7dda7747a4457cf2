/** What can be done about a source of new instances. */
import type { GroupRecord, LaunchTemplateRecord, Settings, SourceChange, TemplateState } from '../../../aws';

export interface SourceAction {
  readonly label: string;
  readonly change: SourceChange;
  /** What is there now, as far as the change does not say what it expects. */
  readonly before?: Settings;
  /** True where the new version that the change makes becomes the default afterwards. */
  readonly thenDefault?: boolean;
  /** What comes of it, for the question. */
  readonly consequences: readonly string[];
  /** Why it takes more than a click; absent where it does not. */
  readonly grave?: string;
  readonly evidence: EvidenceSubject;
}

/** Where to look for what would break. */
export interface EvidenceSubject {
  /** Versions whose user data new instances would run. */
  readonly versions: readonly { readonly template: string; readonly state: TemplateState }[];
  /** Which running instances tell what the software does; absent where none do. */
  readonly instances?: { readonly name: string; readonly values: readonly string[] };
  /** What is certain to fail, said outright. */
  readonly failures?: readonly string[];
}

/** One source, what can be done about it, and why nothing where that is so. */
export interface SourceOptions {
  readonly actions: readonly SourceAction[];
  readonly why?: string;
}

export const nothing = (why: string): SourceOptions => ({ actions: [], why });
export const valueOf = <T>(
  part: { readonly is: 'read'; readonly value: T } | { readonly is: 'failed' },
): T | undefined => (part.is === 'read' ? part.value : undefined);

/** The groups that start instances from a template, by the version that they name. */
export function groupsOf(
  groups: readonly GroupRecord[],
  { id, name }: Pick<LaunchTemplateRecord, 'id' | 'name'>,
  isWanted: (version: string) => boolean,
): readonly GroupRecord[] {
  return groups.filter(({ templates }) =>
    templates.some((each) => (each.id === id || each.name === name) && isWanted(each.version)),
  );
}

/** A version of a template as a group names it; undefined for one that was not read. */
export function stateOf({ standard, latest }: LaunchTemplateRecord, version: string): TemplateState | undefined {
  if (version === '$Default') return standard;
  return version === '$Latest' ? latest : [standard, latest].find((each) => each.version === version);
}

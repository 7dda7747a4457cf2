/** What can be changed of what new instances start from. */

export type SourceTarget =
  /** The default of the account in the session's region. */
  | { readonly kind: 'account-default' }
  | { readonly kind: 'launch-template'; readonly id: string; readonly name: string }
  | { readonly kind: 'auto-scaling-group'; readonly name: string }
  | { readonly kind: 'image'; readonly id: string; readonly name: string | undefined };

export type SourceKind = SourceTarget['kind'];

/**
 * Names and values, as the log has them.
 * - `account-default`: `tokens`, `hopLimit` (1 to 64, or -1), `endpoint`, `instanceTags`, `enforced`; `no-preference` where the account says nothing.
 * - `launch-template`: `defaultVersion`; or `newVersionFrom`, which copies that version with tokens required; or `deleteVersion`.
 * - `auto-scaling-group`: `version` of its launch template.
 * - `image`: `imdsSupport`, `v2.0`, for good.
 */
export type Settings = Readonly<Record<string, string | number>>;

export interface SourceChange {
  readonly target: SourceTarget;
  readonly set: Settings;
  /** What must be there still when it is made: what the question said. */
  readonly expect?: Settings;
}

/** How people know it. */
export function targetName(target: SourceTarget): string {
  switch (target.kind) {
    case 'account-default':
      return 'the account default';
    case 'launch-template':
      return `launch template ${target.name}`;
    case 'auto-scaling-group':
      return `Auto Scaling group ${target.name}`;
    case 'image':
      return `image ${target.id}`;
  }
}

/** True where two are the same thing, in one account and region. */
export function isSameTarget(a: SourceTarget, b: SourceTarget): boolean {
  return a.kind === b.kind && identityOf(a) === identityOf(b);
}

function identityOf(target: SourceTarget): string {
  switch (target.kind) {
    case 'account-default':
      return '';
    case 'auto-scaling-group':
      return target.name;
    default:
      return target.id;
  }
}

/** The names whose values differ from what is wanted. */
export function differing(now: Settings, wanted: Settings): readonly string[] {
  return Object.keys(wanted).filter((name) => now[name] !== wanted[name]);
}

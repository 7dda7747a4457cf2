/** Which versions of a module a call may get: Terraform Language, "Version Constraints". */

/** Versions as numbers that compare as they do. */
export interface VersionRange {
  readonly lowest: number;
  /** The first version above all of them. */
  readonly above: number;
}

const STEPS = [1_000_000, 1000, 1] as const;
const CONSTRAINT = /^(=|!=|>=|<=|>|<|~>)?\s{0,9}v?(\d{1,3})(?:\.(\d{1,3}))?(?:\.(\d{1,3}))?$/;

/** The number of a version such as `5.8.0`. */
export function versionNumber(...parts: readonly number[]): number {
  return STEPS.reduce((sum, step, index) => sum + step * (parts[index] ?? 0), 0);
}

/** The versions that `~> 3.0` or `>= 4.0, < 5.8` allows; undefined for what allows none. */
export function versionRange(constraint: string): VersionRange | undefined {
  let lowest = 0;
  let above = Infinity;
  for (const each of constraint.split(',')) {
    const [, operator = '=', ...written] = CONSTRAINT.exec(each.trim()) ?? [];
    const parts = written.filter((part: string | undefined) => part !== undefined).map(Number);
    if (parts.length === 0) return undefined;
    const version = versionNumber(...parts);
    if (operator === '>' || operator === '>=' || operator === '~>' || operator === '=')
      lowest = Math.max(lowest, operator === '>' ? version + 1 : version);
    if (operator === '<' || operator === '<=' || operator === '=')
      above = Math.min(above, operator === '<' ? version : version + 1);
    // The last part that is written may rise; of `~> 3` that is the only one.
    if (operator === '~>' && parts.length > 1) {
      const raised = parts.slice(0, -1);
      raised.push((raised.pop() ?? 0) + 1);
      above = Math.min(above, versionNumber(...raised));
    }
  }
  return lowest < above ? { lowest, above } : undefined;
}

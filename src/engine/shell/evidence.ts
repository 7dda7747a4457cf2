/** What the success of a command tells of whether a token was had. */
export interface Evidence {
  /**
   * `had`: it succeeds where a token was had, or a request with one was answered. `lacking`: it succeeds where not. `about`: it depends on that in a
   * way that is not understood.
   */
  readonly says: 'had' | 'lacking' | 'about';
  /** The path whose request was answered; undefined where it is about the token itself. */
  readonly path: string | undefined;
}

/** What the failure of the command tells. */
export function negated(evidence: Evidence | undefined): Evidence | undefined {
  if (evidence?.says === 'had') return { ...evidence, says: 'lacking' };
  if (evidence?.says === 'lacking') return { ...evidence, says: 'had' };
  return evidence;
}

export function sameEvidence(a: Evidence | undefined, b: Evidence | undefined): boolean {
  return a === b || (a?.says === b?.says && a?.path === b?.path);
}

/** For which requests a command stands in: all that need a token, or those of some paths. */
export type Fallback = true | readonly string[];

export const NO_FALLBACK: Fallback = [];

/** What a command is a fallback for that is reached only where `evidence` holds. */
export function fallbackBehind(former: Fallback, evidence: Evidence | undefined): Fallback {
  if (former === true || evidence?.says !== 'lacking') return former;
  return evidence.path === undefined ? true : [...former, evidence.path];
}

export function isFallbackFor(fallback: Fallback, path: string): boolean {
  return fallback === true || fallback.includes(path);
}

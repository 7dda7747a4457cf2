/** What the success of a command tells of whether a token was had. */
export interface Evidence {
  /**
   * `had`: it succeeds where a token was had, or a request with one was answered. `lacking`: it succeeds where not. `about`: it depends on that in a
   * way that is not understood. `always` and `never`: it is known to succeed, or to fail, whatever there is of tokens.
   */
  readonly says: 'had' | 'lacking' | 'about' | 'always' | 'never';
  /** The path whose request was answered; undefined where it is about the token itself. */
  readonly path: string | undefined;
}

export const ALWAYS: Evidence = { says: 'always', path: undefined };
export const NEVER: Evidence = { says: 'never', path: undefined };

const OPPOSITE = { had: 'lacking', lacking: 'had', about: 'about', always: 'never', never: 'always' } as const;

/** What the failure of the command tells. */
export function negated(evidence: Evidence | undefined): Evidence | undefined {
  return evidence && { ...evidence, says: OPPOSITE[evidence.says] };
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

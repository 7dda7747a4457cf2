/**
 * What the success of a command tells of a token. `had`: it succeeds where a token was had, or was sent. `lacking`: it succeeds where none was
 * had. `about`: it depends on the token in a way that is not understood.
 */
export type Evidence = 'had' | 'lacking' | 'about';

/** What the failure of the command tells. */
export function negated(evidence: Evidence | undefined): Evidence | undefined {
  if (evidence === 'had') return 'lacking';
  if (evidence === 'lacking') return 'had';
  return evidence;
}

import type { Finding } from '../engine';

/** A finding and the name by which a client hands it back. */
export interface IdentifiedFinding {
  readonly id: string;
  readonly finding: Finding;
}

/**
 * Names each finding by its rule, a hash of the text it is about, and a number where that text occurs again: typing elsewhere in the
 * document does not rename it. Of a secret nothing is told, not even a hash: it could be guessed from that.
 */
export function identify(findings: readonly Finding[], text: string): IdentifiedFinding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const about = finding.sensitive === true ? '' : text.slice(finding.range.start, finding.range.end);
    const name = `${finding.ruleId}:${fnv1a(about)}`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return { id: nth === 1 ? name : `${name}:${nth}`, finding };
  });
}

/** FNV-1a, 32 bits, over UTF-16 code units: short and quick; two texts with one hash only cost a number. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** What other scanners are told to leave alone in a configuration, by comments. */
import { silencedRules, speakingIn, type ForeignSuppression } from '../../../rules/foreign-suppressions';
import { isDistant, isHere, type Range } from '../../../text/range';
import type { Body } from '../../hcl/syntax';

export interface Silencers {
  /** Of all of a resource. */
  of(range: Range): ReadonlyMap<string, string>;
  /** Of a part of a resource; `opens` says which ports it opens. */
  ofPart(whole: Range, part: Range, opens?: (port: number) => boolean): ReadonlyMap<string, string>;
}

const NONE: ReadonlyMap<string, string> = new Map();

export function silencersIn(text: string): Silencers {
  const speaking = speakingIn(text);
  const silenced = (said: readonly ForeignSuppression[], opens?: (port: number) => boolean) =>
    said.length === 0 ? NONE : silencedRules(said, opens);
  return {
    of: (range) => (isHere(range) ? silenced(speaking(range, true)) : NONE),
    ofPart: (whole, part, opens) =>
      isHere(whole) && isHere(part) ? silenced([...speaking(whole), ...speaking(part, true)], opens) : NONE,
  };
}

/** The same for what stands in other files: a module tells for all who call it. */
export function silencersElsewhere(bodies: readonly Body[]): Silencers {
  const known = new Map<string, Silencers>();
  const inFile = (uri: string): Silencers => {
    const found = known.get(uri) ?? silencersIn(bodies.find(({ source }) => source.uri === uri)?.source.text ?? '');
    known.set(uri, found);
    return found;
  };
  return {
    of: (range) => (isDistant(range) ? inFile(range.uri).of(range.there) : NONE),
    ofPart: (whole, part, opens) =>
      isDistant(whole) && isDistant(part) && whole.uri === part.uri
        ? inFile(whole.uri).ofPart(whole.there, part.there, opens)
        : NONE,
  };
}

/** What other scanners are told to leave alone in a configuration, by comments. */
import { foreignComments, silencedRules, speakingOf } from '../../../rules/foreign-suppressions';
import { lineIndex } from '../../../text/line-index';
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
  const comments = foreignComments(text);
  if (comments.length === 0) return { of: () => NONE, ofPart: () => NONE };
  const lines = lineIndex(text);
  const extent = ({ start, end }: Range): { readonly first: number; readonly last: number } => ({
    first: lines.positionAt(start).line,
    last: lines.positionAt(Math.max(start, end - 1)).line,
  });
  return {
    of: (range) => (isHere(range) ? silencedRules(speakingOf(comments, extent(range), true)) : NONE),
    ofPart: (whole, part, opens) => {
      if (!isHere(whole) || !isHere(part)) return NONE;
      const said = [...speakingOf(comments, extent(whole)), ...speakingOf(comments, extent(part), true)];
      return silencedRules(said, opens);
    },
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

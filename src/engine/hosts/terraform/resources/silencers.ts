/** What other scanners are told to leave alone in a configuration, by comments. */
import { foreignComments, silencedRules, speakingOf } from '../../../rules/foreign-suppressions';
import { lineIndex } from '../../../text/line-index';
import { isHere, type Range } from '../../../text/range';

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

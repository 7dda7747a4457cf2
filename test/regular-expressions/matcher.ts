import { RegExpParser, type AST } from '@eslint-community/regexpp';

/**
 * A backtracking matcher that does what JavaScript's does (ECMA-262, "Pattern Semantics") and counts its steps, so that
 * slowness can be told without a clock. It knows the parts of patterns that the product uses; any other throws.
 */
export interface Matcher {
  /** The first match at or behind the start, or why there is none. */
  search(text: string, limit: number): { readonly match: string | undefined; readonly steps: number };
}

/** Counts are cut to this many: `{0,300}` is a constant, however large, and not what makes a pattern slow. */
const MOST = 3;

type Next = (at: number) => boolean;
type Node = (at: number, next: Next) => boolean;

export class TooManySteps extends Error {}

export function parsePattern(source: string, flags: string): AST.Pattern {
  return new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source, 0, source.length, {
    unicode: flags.includes('u'),
    unicodeSets: flags.includes('v'),
  });
}

/** Bounds of a repetition, with counts cut. */
export function bounds({ min, max }: AST.Quantifier): { readonly min: number; readonly max: number } {
  const least = Math.min(min, MOST - 1);
  return { min: least, max: max === Infinity ? max : Math.max(least, Math.min(max, MOST)) };
}

/** Whether one character is in a set of them. */
export function characterTest(
  element: AST.Character | AST.CharacterSet | AST.CharacterClass,
  flags: string,
): (character: string) => boolean {
  const one = new RegExp(`^(?:${element.raw})$`, flags.replace(/[gym]/g, ''));
  return (character) => one.test(character);
}

export function matcher(source: string, flags: string): Matcher {
  const pattern = parsePattern(source, flags);
  let text = '';
  let steps = 0;
  let limit = Infinity;
  const captures = new Map<AST.CapturingGroup, string>();
  const step = (): void => {
    if (++steps > limit) throw new TooManySteps();
  };

  const alternatives = (list: readonly AST.Alternative[], backwards: boolean): Node => {
    const nodes = list.map(({ elements }) => sequence(elements, backwards));
    return (at, next) => nodes.some((node) => node(at, next));
  };
  const sequence = (elements: readonly AST.Element[], backwards: boolean): Node => {
    const nodes = elements.map((element) => compile(element, backwards));
    if (backwards) nodes.reverse();
    return (at, next) => {
      const from = (index: number, position: number): boolean => {
        const node = nodes[index];
        return node ? node(position, (behind) => from(index + 1, behind)) : next(position);
      };
      return from(0, at);
    };
  };
  const compile = (element: AST.Element, backwards: boolean): Node => {
    switch (element.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass': {
        const known = new Map<string, boolean>();
        const test = characterTest(element, flags);
        return (at, next) => {
          step();
          const character = text.charAt(backwards ? at - 1 : at);
          if (character === '') return false;
          const fits = known.get(character) ?? test(character);
          known.set(character, fits);
          return fits && next(backwards ? at - 1 : at + 1);
        };
      }
      case 'Group':
        return alternatives(element.alternatives, backwards);
      case 'CapturingGroup':
        return captured(element, alternatives(element.alternatives, backwards));
      case 'Backreference':
        return repeatedText([element.resolved].flat(), backwards);
      case 'Quantifier':
        return repeated(element, compile(element.element, backwards));
      case 'Assertion':
        return assertion(element);
      default:
        throw new Error(`${element.raw}: the matcher does not know ${element.type}`);
    }
  };
  const repeated = (quantifier: AST.Quantifier, node: Node): Node => {
    const { min, max } = bounds(quantifier);
    return (at, next) => {
      const again = (count: number, position: number): boolean => {
        step();
        const more = (): boolean =>
          count < max &&
          // An iteration that takes nothing ends the repetition.
          node(position, (behind) => (behind === position && count >= min ? false : again(count + 1, behind)));
        if (count < min) return more();
        return quantifier.greedy ? more() || next(position) : next(position) || more();
      };
      return again(0, at);
    };
  };
  const captured =
    (group: AST.CapturingGroup, node: Node): Node =>
    (at, next) =>
      node(at, (end) => {
        const former = captures.get(group);
        captures.set(group, text.slice(Math.min(at, end), Math.max(at, end)));
        if (next(end)) return true;
        if (former === undefined) captures.delete(group);
        else captures.set(group, former);
        return false;
      });
  const repeatedText =
    (groups: readonly AST.CapturingGroup[], backwards: boolean): Node =>
    (at, next) => {
      const again = groups.map((group) => captures.get(group)).find((each) => each !== undefined) ?? '';
      steps += again.length;
      step();
      const start = backwards ? at - again.length : at;
      if (!text.startsWith(again, start)) return false;
      return next(backwards ? start : at + again.length);
    };
  const isWord = (at: number): boolean => /^\w$/.test(text.charAt(at));
  const assertion = (element: AST.Assertion): Node => {
    switch (element.kind) {
      case 'lookahead':
      case 'lookbehind': {
        const inner = alternatives(element.alternatives, element.kind === 'lookbehind');
        return (at, next) => inner(at, () => true) !== element.negate && next(at);
      }
      case 'word':
        return (at, next) => {
          step();
          return ((at > 0 && isWord(at - 1)) !== isWord(at)) !== element.negate && next(at);
        };
      case 'start':
        return (at, next) => {
          step();
          return (at === 0 || (flags.includes('m') && text[at - 1] === '\n')) && next(at);
        };
      case 'end':
        return (at, next) => {
          step();
          return (at === text.length || (flags.includes('m') && text[at] === '\n')) && next(at);
        };
    }
  };

  const whole = alternatives(pattern.alternatives, false);
  return {
    search: (searched, most) => {
      text = searched;
      steps = 0;
      limit = most;
      const last = flags.includes('y') ? 0 : text.length;
      for (let start = 0; start <= last; start++) {
        let match: string | undefined;
        captures.clear();
        const found = whole(start, (end) => {
          match = text.slice(start, end);
          return true;
        });
        if (found) return { match, steps };
      }
      return { match: undefined, steps };
    },
  };
}

import type { AST } from '@eslint-community/regexpp';
import { bounds, characterTest, matcher, parsePattern, TooManySteps, type Matcher } from './matcher';

/** Texts that begin as a pattern wants them and go on for as long as is wanted, and then disappoint it. */
export interface Attack {
  readonly prefix: string;
  readonly pump: string;
  readonly suffix: string;
}

export function attackText({ prefix, pump, suffix }: Attack, length: number): string {
  return prefix + pump.repeat(Math.ceil(length / pump.length)) + suffix;
}

const SUFFIXES = ['\u0001', '\n\u0001', ''];
const COMMON = ['a', 'A', '0', ' ', '\n', '\r', '\t', '/', '.', '-', '_', '=', '"', '$'];
const TRIALS = 8;
/** Characters of the short text; the long one has twice as many. */
const SHORT = 120;
/** Twice the text takes a linear pattern twice the steps, and a quadratic one up to four times. */
const LINEAR = 2.4;
const LIMIT = 400_000;

/** The same numbers each time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

type Characters = AST.Character | AST.CharacterSet | AST.CharacterClass;

function isCharacters(element: AST.Element): element is Characters {
  return element.type === 'Character' || element.type === 'CharacterSet' || element.type === 'CharacterClass';
}

function childrenOf(element: AST.Element): readonly AST.Element[] {
  if (element.type === 'Quantifier') return [element.element];
  return 'alternatives' in element ? element.alternatives.flatMap(({ elements }) => elements) : [];
}

function within(element: AST.Element): readonly AST.Element[] {
  return [element, ...childrenOf(element).flatMap(within)];
}

class Writer {
  readonly #random: () => number;
  readonly #alphabet: readonly string[];
  readonly #fitting = new Map<Characters, readonly string[]>();
  readonly #flags: string;

  constructor(elements: readonly AST.Element[], flags: string, random: () => number) {
    const own = elements.flatMap((element) => Array.from(element.raw));
    this.#alphabet = [...new Set([...own, ...COMMON])];
    this.#flags = flags;
    this.#random = random;
  }

  /** A text that the element may match; anything may stand around it. */
  sample(element: AST.Element): string {
    if (isCharacters(element)) return this.#pick(this.#charactersOf(element)) ?? '';
    if (element.type === 'Quantifier') {
      const { min, max } = bounds(element);
      const count = min + Math.floor(this.#random() * (Math.min(max, min + 2) - min + 1));
      return Array.from({ length: count }, () => this.sample(element.element)).join('');
    }
    if (element.type === 'Group' || element.type === 'CapturingGroup') {
      const { elements = [] } = this.#pick(element.alternatives) ?? {};
      return elements.map((inner) => this.sample(inner)).join('');
    }
    return '';
  }

  /** A text for what comes before an element in its pattern. */
  before(element: AST.Element): string {
    const { parent } = element;
    if (parent.type === 'Quantifier') return this.before(parent);
    if (parent.type !== 'Alternative') return '';
    const former = parent.elements.slice(0, parent.elements.indexOf(element));
    const own = former.map((each) => this.sample(each)).join('');
    const { parent: around } = parent;
    const outer = around.type === 'Group' || around.type === 'CapturingGroup' ? this.before(around) : '';
    return outer + own;
  }

  #charactersOf(element: Characters): readonly string[] {
    const known = this.#fitting.get(element);
    if (known) return known;
    const test = characterTest(element, this.#flags);
    const fitting = this.#alphabet.filter((character) => test(character));
    this.#fitting.set(element, fitting);
    return fitting;
  }

  #pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.#random() * from.length)];
  }
}

function* attacksOn(source: string, flags: string): Generator<Attack> {
  const pattern = parsePattern(source, flags);
  const elements = pattern.alternatives.flatMap((alternative) => alternative.elements).flatMap(within);
  const writer = new Writer(elements, flags, generator(source.length + 1));
  for (const element of elements) {
    if (element.type !== 'Quantifier' || element.max !== Infinity) continue;
    for (let trial = 0; trial < TRIALS; trial++) {
      const prefix = writer.before(element);
      const pump = writer.sample(element.element);
      for (const suffix of SUFFIXES) {
        if (pump !== '') yield { prefix, pump, suffix };
        if (prefix + pump !== '') yield { prefix: '', pump: prefix + pump, suffix };
      }
    }
  }
}

function steps(machine: Matcher, text: string): number {
  try {
    return machine.search(text, LIMIT).steps;
  } catch (error) {
    if (error instanceof TooManySteps) return Infinity;
    throw error;
  }
}

/** A text on which the pattern takes more than twice the steps when it is twice as long; undefined where none was found. */
export function slowText(source: string, flags: string): Attack | undefined {
  const machine = matcher(source, flags);
  for (const attack of attacksOn(source, flags)) {
    const short = steps(machine, attackText(attack, SHORT));
    if (short === Infinity) return attack;
    if (steps(machine, attackText(attack, 2 * SHORT)) <= LINEAR * short) continue;
    // Small texts may mislead; large ones do not.
    const long = steps(machine, attackText(attack, 3 * SHORT));
    if (long === Infinity || steps(machine, attackText(attack, 6 * SHORT)) > LINEAR * long) return attack;
  }
  return undefined;
}

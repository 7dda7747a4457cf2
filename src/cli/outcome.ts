import type { FileEdits, Finding, Fix, TextEdit } from '../engine';
import type { Problem } from './fault';
import type { Input } from './inputs';

/** A fix whose edits are worked out. */
export interface ReportedFix extends Pick<Fix, 'title' | 'safety'> {
  /** Somebody has to type a value for it: the edits hold an example in its place. */
  readonly asks: boolean;
  readonly edits: readonly TextEdit[];
  /** What has to be edited in other files with it. */
  readonly elsewhere: readonly FileEdits[];
}

/** A finding as data, which can be handed from one thread to another. */
export interface ReportedFinding extends Omit<Finding, 'fixes'> {
  readonly fixes: readonly ReportedFix[];
}

/** What a fix changed, or in a preview would change. */
export interface Change {
  /** How many findings are gone. */
  readonly fixed: number;
  readonly before: string;
  readonly after: string;
}

/** A file beside an input that its findings point into. */
export interface OtherText {
  readonly uri: string;
  readonly text: string;
}

/** What came of one input. */
export interface Outcome {
  readonly input: Input;
  /**
   * `linted`; `unknown`, a text of no kind that the engine reads; `unread`, no text or not to be read: nothing is known of it.
   */
  readonly state: 'linted' | 'unknown' | 'unread';
  /** The text that the findings point into, without a byte order mark. */
  readonly text: string;
  /** What is wrong with the text: after a fix what is left, in a preview what is there. */
  readonly findings: readonly ReportedFinding[];
  /** The texts that places of the findings with a `uri` are in, as far as they can be read. */
  readonly others: readonly OtherText[];
  readonly change?: Change;
  /** Standard input when fixing: what it is to become, byte for byte what it was where nothing was fixed. */
  readonly passedOn?: Uint8Array;
  readonly problems: readonly Problem[];
}

/** What linting one input came to. Nothing is written yet. */
export interface Linted {
  /** How it is. */
  readonly found: Outcome;
  /** How it is to become, where it is to be fixed and can be. */
  readonly fixed?: Outcome;
}

/** An input of which nothing is known. */
export function unread(input: Input, problems: readonly Problem[] = []): Outcome {
  return { input, state: 'unread', text: '', findings: [], others: [], problems };
}

import type { Datum } from '../../../ec2/datum';
import type { ResourceBase } from '../../../ec2/model';
import type { Range } from '../../../text/range';

/** A task that makes something of EC2. */
export interface Reading {
  readonly base: ResourceBase;
  /** What an argument of the module is, by the keys that lead to it; undefined where it is left out. */
  readonly valueOf: (...keys: readonly string[]) => Datum | undefined;
  /** The beginning of a span, as far as its first line goes. */
  readonly firstLine: (range: Range) => Range;
  /** Findings that comments of other scanners silence within a part of the task, with the comment. */
  readonly silencedIn: (part: Range) => ReadonlyMap<string, string>;
}

import type { RuleMeta } from '../../engine';
import type { Problem } from '../fault';
import type { Outcome } from '../outcome';

/** What a run came to, as handed to a reporter. */
export interface Report {
  readonly outcomes: readonly Outcome[];
  /** All that went wrong, the problems of the outcomes among them. */
  readonly problems: readonly Problem[];
  readonly rules: readonly RuleMeta[];
  /** Of the tool. */
  readonly version: string;
  /** Absolute. */
  readonly cwd: string;
  /** Absolute: the folder that other programs take relative paths to start from. The root of the checkout in GitHub Actions. */
  readonly root: string;
  /** What is printed may be coloured. */
  readonly color: boolean;
  /** Width of a line in cells, where it should be cut. */
  readonly columns: number;
}

/** Puts a run into words; ends with a line break unless it is empty. */
export type Reporter = (report: Report) => string;

export const FORMATS = ['text', 'json', 'sarif', 'github'] as const;
export type Format = (typeof FORMATS)[number];

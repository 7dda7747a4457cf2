import type { Range, TextEdit } from './text/range';

/** How loud a finding is, in LSP's four steps. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/**
 * `safe`: the result does what the original did, on a host where only IMDSv2 answers; applied by "fix all" and `--fix`.
 * `suggestion`: may change what a workload can do, so somebody has to choose it.
 */
export type Safety = 'safe' | 'suggestion';

/** One way to put a finding right. */
export interface Fix {
  readonly title: string;
  readonly safety: Safety;
  /** What somebody has to type for it; such a fix is always a suggestion. */
  readonly input?: FixInput;
  /**
   * The edits, in coordinates of the linted document; they never overlap. Computed when asked for, the same each time. Without the input that it asks
   * for, the edits have a placeholder in its place.
   */
  edits(input?: string): readonly TextEdit[];
  /** What has to be edited in other files with it, in coordinates of those. Such a fix is always a suggestion. */
  elsewhere?(input?: string): readonly FileEdits[];
}

/** Edits of a file beside the document; they never overlap. */
export interface FileEdits {
  readonly uri: string;
  readonly edits: readonly TextEdit[];
}

/** A value that only the user knows. */
export interface FixInput {
  readonly prompt: string;
  /** An example, never a default: `203.0.113.4/32`. */
  readonly placeholder: string;
  /** What is wrong with a value, or undefined where it will do. */
  problem(value: string): string | undefined;
}

/** Another place that explains a finding: where the variable was set, where the token is. */
export interface RelatedLocation {
  /** The file beside the document that it is in, where it is in one; the range is in coordinates of that. */
  readonly uri?: string;
  readonly range: Range;
  readonly message: string;
}

/** One thing wrong, in coordinates of the linted document. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  /** True where what stands there is a secret, which no report may show. */
  readonly sensitive?: boolean;
  readonly related: readonly RelatedLocation[];
  /** Best first. Empty where no rewrite can be proven. */
  readonly fixes: readonly Fix[];
  /** Logical id or Terraform address of the resource that the finding is about. */
  readonly resource?: string;
}

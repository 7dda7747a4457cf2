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
  /** The edits, in coordinates of the linted document; they never overlap. Computed when asked for, the same each time. */
  edits(): readonly TextEdit[];
}

/** Another place that explains a finding: where the variable was set, where the token is. */
export interface RelatedLocation {
  readonly range: Range;
  readonly message: string;
}

/** One thing wrong, in coordinates of the linted document. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly related: readonly RelatedLocation[];
  /** Best first. Empty where no rewrite can be proven. */
  readonly fixes: readonly Fix[];
  /** Logical id or Terraform address of the resource that the finding is about. */
  readonly resource?: string;
}

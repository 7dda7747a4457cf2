/** What the linter's rules say of a live account: the same rules that judge files. */
import type { Finding } from '../../engine';

/** A finding about a live resource, for a tree. */
export interface LiveFinding {
  /** AWS's id: `i-...`, `sg-...`. */
  readonly resource: string;
  readonly ruleId: string;
  readonly severity: Finding['severity'];
  readonly message: string;
}

/** A resource as a read-only document, with what is to be underlined in it. */
export interface ResourceDocument {
  /** YAML: what AWS returned, in AWS's names. */
  readonly text: string;
  /** Ranges are offsets into `text`. */
  readonly findings: readonly Finding[];
}

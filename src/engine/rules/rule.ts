import type { Severity } from '../finding';

/** What is told about a rule: in settings, hovers, reports and the documentation. */
export interface RuleMeta {
  /** Part of the public interface, e.g. `imdsv1-call`. */
  readonly id: string;
  /** Sentence case, no full stop: "Metadata request without a token". */
  readonly title: string;
  /** One or two sentences: what it finds and why that is dangerous. Plain text. */
  readonly description: string;
  readonly severity: Severity;
  /** The best kind of fix that the rule can offer. */
  readonly fix: 'safe' | 'suggestion' | 'none';
  /** The rule's page. */
  readonly url: string;
}

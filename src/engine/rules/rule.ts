import type { Severity } from '../finding';
import type { Program, Rewrite } from '../program/program';
import type { Settings } from '../settings';
import type { Range } from '../text/range';

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

/** Where a rule's page is. */
export function rulePage(id: string): string {
  return `https://github.com/ec2-warden/ec2-warden/blob/main/docs/rules/${id}.md`;
}

/** A way to put a finding right, computed when somebody asks. */
export interface ProgramFix {
  readonly title: string;
  rewrite(): Rewrite | undefined;
}

/** A finding in coordinates of the script. */
export interface ProgramFinding {
  readonly range: Range;
  readonly message: string;
  /** Said instead where what is found does not stand in the document like that: a variable's value that is put in, an encoded text. */
  readonly messageElsewhere?: string;
  /** True where what stands there must not be shown again. */
  readonly sensitive?: boolean;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  readonly related?: readonly { readonly range: Range; readonly message: string }[];
  readonly fixes: readonly ProgramFix[];
}

/** A rule over what a program does, whatever language it is written in. */
export interface ProgramRule {
  readonly meta: RuleMeta;
  check(program: Program, settings: Settings): readonly ProgramFinding[];
  /**
   * One rewrite for several of its findings together, where that is not simply each one's own: a token fetched once for many requests. Undefined
   * where there is none that is certain.
   */
  together?(program: Program, findings: readonly ProgramFinding[], settings: Settings): Rewrite | undefined;
}

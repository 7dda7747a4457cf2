import type { FoundConfiguration } from './config/find-configuration';
import type { EmbeddedScript } from './embedded-scripts';
import type { Finding } from './finding';
import type { Declared } from './launches';
import type { RuleMeta } from './rules/rule';
import type { Settings } from './settings';
import type { FileAccess, Surroundings } from './hosts/surroundings';
import type { TextEdit } from './text/range';

export { V8_FLAGS_OF_GRAMMARS, type GrammarSource } from './grammar/grammars';
export type { FileAccess, Surroundings } from './hosts/surroundings';

export { isConfiguration, withConfiguration, type Configuration } from './config/configuration';
export type { FoundConfiguration } from './config/find-configuration';
export { SETTING_PROBLEMS } from './config/setting-values';
export type { EmbeddedScript } from './embedded-scripts';
export type { FileEdits, Finding, Fix, FixInput, RelatedLocation, Safety, Severity } from './finding';
export {
  NOTHING_DECLARED,
  type Declared,
  type DeclaredLaunch,
  type DeclaredOption,
  type DeclaredUserData,
} from './launches';
export type { RuleMeta } from './rules/rule';
export { DEFAULT_SETTINGS, type NetworkSettings, type Settings } from './settings';
export type { Range, TextEdit } from './text/range';
export { applyEdits, sortEdits } from './text/edits';
export { lineIndex, type LineIndex, type Position } from './text/line-index';

/** A text to lint. */
export interface Document {
  /** Decides, with the content, what the text is. Any scheme. */
  readonly uri: string;
  readonly text: string;
  /** The editor's language id, where one is known. */
  readonly languageId?: string;
  /** What `prepare` found beside the text. Without it, parts that need a grammar or another file are passed over. */
  readonly surroundings?: Surroundings;
}

/** Asked now and then during long work; LSP's CancellationToken fits. */
export interface Cancellation {
  readonly isCancellationRequested: boolean;
}

/** A rule that threw: its findings for this document are lost, nothing else is. */
export interface RuleFailure {
  readonly ruleId: string;
  readonly error: unknown;
}

export interface LintResult {
  /** What the document was linted as, for people ("Shell script"); undefined where it is nothing of ours. */
  readonly kind: string | undefined;
  /** In the order of the document. */
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
}

/** The linter as a pure library. It keeps no state between calls. */
export interface Engine {
  /** Every rule, in the order of the documentation. */
  readonly rules: readonly RuleMeta[];
  /** The `.ec2-warden.yaml` that counts for a file, where there is one in its folder or above. `withConfiguration` puts it into settings. */
  configurationOf(uri: string, files: FileAccess): Promise<FoundConfiguration | undefined>;
  /**
   * Loads what a document needs to be read whole (a grammar, files beside it) and gives the document with it. Costs nothing for the many that need
   * neither. @throws Error where a grammar cannot be had
   */
  prepare(document: Document, files?: FileAccess): Promise<Document>;
  /** A cheap test (microseconds) of whether `lint` could find anything; false means that `lint` need not be called. */
  couldMatter(document: Document): boolean;
  lint(document: Document, settings?: Settings, cancellation?: Cancellation): LintResult;
  /** The programs that a document carries, to be read one by one. One that is a program itself is not among them. */
  scripts(document: Document, settings?: Settings): readonly EmbeddedScript[];
  /** What instances the document declares, and what they run: enough to tell those that live. */
  declared(document: Document): Declared;
  /**
   * One plan that puts right everything that has a safe fix (a token is fetched once, not once a call), in coordinates of the
   * document. Applying it and asking again gives no edit. `only` restricts it to some rules.
   */
  fixAll(document: Document, settings?: Settings, only?: (ruleId: string) => boolean): readonly TextEdit[];
  /**
   * The edit that silences one finding by a comment: on its line, or in the whole file. Undefined where the document has no place for one.
   */
  suppress(document: Document, finding: Finding, scope: 'line' | 'file'): readonly TextEdit[] | undefined;
}

export { createEngine } from './engine';

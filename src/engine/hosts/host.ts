import type { Value } from '../program/value';
import type { SourceMap } from '../text/source-map';

/** A text with what is known of where it stands. */
export interface HostDocument {
  /** The file's name or path, as far as it is known; the empty string where it is not. */
  readonly name: string;
  readonly text: string;
  readonly languageId?: string;
  /** Characters of the text that stand for what something outside puts in, where the document is embedded in another. */
  readonly placeholders?: ReadonlyMap<string, Value>;
}

/** A program as clean text, with the way back to the document that holds it. */
export interface Script {
  readonly language: 'shell';
  readonly text: string;
  readonly map: SourceMap;
  /** Characters of the text that stand for what the host puts in. */
  readonly placeholders?: ReadonlyMap<string, Value>;
  /** True where the host has no room for further lines. */
  readonly oneLine?: boolean;
  /** True where no shell reads the command, so that nothing with a substitution in it can be written there. */
  readonly fixed?: boolean;
}

/** A kind of document: how to tell it, and which scripts it holds. */
export interface Host {
  /** For people: "Shell script". */
  readonly label: string;
  /** By name, language and the first characters; cheap. */
  recognises(document: HostDocument): boolean;
  /** A cheap test of the raw text: could a script in it matter to any rule? */
  couldMatter(text: string): boolean;
  scripts(document: HostDocument): readonly Script[];
}

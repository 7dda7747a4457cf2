import type { Resource } from '../ec2/model';
import type { GrammarName } from '../grammar/grammars';
import type { Value } from '../program/value';
import type { SourceMap } from '../text/source-map';
import type { Surroundings } from './surroundings';

/** A text with what is known of where it stands. */
export interface HostDocument {
  /** The file's name or path, as far as it is known; the empty string where it is not. */
  readonly name: string;
  readonly text: string;
  /** The editor's language, or for a text within another what that says it is. */
  readonly languageId?: string;
  /** Characters of the text that stand for what something outside puts in, where the document is embedded in another. */
  readonly placeholders?: ReadonlyMap<string, Value>;
  /** True where what holds the text has no room for further lines. */
  readonly oneLine?: boolean;
  /** True where no shell reads the command, so that nothing with a substitution in it can be written there. */
  readonly fixed?: boolean;
}

/** A program as clean text, with the way back to the document that holds it. */
export interface Script extends Pick<HostDocument, 'text' | 'placeholders' | 'oneLine' | 'fixed'> {
  readonly language: 'shell' | 'powershell';
  readonly map: SourceMap;
}

/** A document within another. */
export interface Embedded {
  readonly document: HostDocument;
  readonly map: SourceMap;
  /** Logical id or address of the resource whose user data it is, where it is one's. */
  readonly owner?: string;
  /** The file beside the document that the text stands in, where it does: the map leads there. It is judged there, and told to rules over the owner. */
  readonly elsewhere?: string;
}

/** Files that a document should be read with. */
export interface Wanted {
  readonly files: readonly string[];
  /** Folders whose files are wanted, where their names end so: `.tf`. */
  readonly folders: readonly { readonly uri: string; readonly suffix: string }[];
}

/** A kind of document: how to tell it, and what it holds. */
export interface Host {
  /** For people: "Shell script". */
  readonly label: string;
  /** By name, language and the look of the text; cheap, since every document is asked. */
  recognises(document: HostDocument): boolean;
  /** A cheap test of the raw text: could something in it matter to any rule? */
  couldMatter(text: string): boolean;
  /** The grammar without which the document cannot be read. */
  readonly grammar?: GrammarName;
  /** URIs of files beside the document that it should be read with; asked for again when they are there, until it names no new ones. */
  wants?(document: HostDocument, files: ReadonlyMap<string, string>): Wanted;
  /** Programs that the document is itself. */
  scripts?(document: HostDocument, surroundings: Surroundings): readonly Script[];
  /** Documents that it holds. The same text may be in several: what is found in it twice is told once. */
  documents?(document: HostDocument, surroundings: Surroundings): readonly Embedded[];
  /** EC2 resources that it describes. */
  resources?(document: HostDocument, surroundings: Surroundings): readonly Resource[];
}

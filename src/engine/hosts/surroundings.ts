import type { Grammars } from '../grammar/grammars';

/** Reads files beside a document. URIs in, whatever their scheme. */
export interface FileAccess {
  /** The text of a file, or undefined where there is none that can be read. */
  read(uri: string): Promise<string | undefined>;
  /** URIs of the files in a folder; none where it cannot be read. */
  list(folder: string): Promise<readonly string[]>;
}

/** What a host can use beside the document itself. */
export interface Surroundings {
  readonly grammars: Grammars;
  /** Files beside the document that were asked for, by URI. */
  readonly files: ReadonlyMap<string, string>;
}

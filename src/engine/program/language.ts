import type { Embedded, Script } from '../hosts/host';
import type { Surroundings } from '../hosts/surroundings';
import type { Program } from './program';

/** A programming language that scripts are written in. */
export interface Language {
  /** Understands one script: what it does, and the documents that it writes. */
  understand(
    script: Script,
    surroundings: Surroundings,
  ): { readonly program: Program; readonly documents: readonly Embedded[] };
}

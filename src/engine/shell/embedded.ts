/** Files that a script writes and that are programs themselves. */
import type { HostDocument } from '../hosts/host';
import type { SourceMap } from '../text/source-map';
import type { ShellAnalysis } from './analyse';

export interface EmbeddedDocument {
  readonly document: HostDocument;
  readonly map: SourceMap;
}

export function embeddedDocuments(_analysis: ShellAnalysis): readonly EmbeddedDocument[] {
  return [];
}

import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Engine } from '../engine';
import type { ClientTraits } from './client-traits';
import type { RuleLookup } from './diagnostics';
import type { Linter } from './linter';
import type { NearbyFiles } from './nearby-files';
import type { SettingsStore } from './settings-store';

/** What the handlers of one connection share. Made once, when the client has said what it can do. */
export interface Components {
  readonly connection: Connection;
  readonly engine: Engine;
  readonly client: ClientTraits;
  readonly documents: TextDocuments<TextDocument>;
  readonly settings: SettingsStore;
  readonly linter: Linter;
  readonly nearby: NearbyFiles;
  readonly rule: RuleLookup;
}

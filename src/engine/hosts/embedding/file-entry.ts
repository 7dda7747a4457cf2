/** Files that are written out of a configuration: a path, a content, how that is encoded. */
import type { Embedded } from '../host';
import { textOf, type Tree } from '../tree/tree';
import { decodeBase64 } from './base64';
import { embedReadOnly, embedScalar, type Carrier } from './carrier';

/** Places from which scripts are run whatever their mode says; and, by `sh` or as a command, by whoever names them. */
const RUN_FROM =
  /(?:^|\/)(?:cron\.(?:hourly|daily|weekly|monthly)\/[^/]+|rc\.local|init\.d\/[^/]+|profile\.d\/[^/]+|scripts\/per-\w+\/[^/]+|\.bash_?(?:rc|profile|login)|\.profile)$/;

const BASE64 = /^(?:b64|base64)$/i;
const PLAIN = /^(?:plain|text\/plain|utf-?8|)$/i;

export interface FileEntry {
  readonly path: string;
  readonly content: Tree | undefined;
  readonly encoding?: string | undefined;
  /** True where something runs the file by a shell. */
  readonly isRun?: boolean;
}

/** What a written file is by its place and by what is done with it; undefined where only its content tells. */
export function entryLanguage(path: string, isRun = false): string | undefined {
  return isRun || RUN_FROM.test(path) ? 'shellscript' : undefined;
}

/** The content as a document of its own. What is compressed cannot be read. */
export function embedFile(
  carrier: Carrier,
  { path, content, encoding = '', isRun = false }: FileEntry,
): readonly Embedded[] {
  if (!content) return [];
  const language = entryLanguage(path, isRun);
  const languageId = language === undefined ? {} : { languageId: language };
  if (PLAIN.test(encoding.trim())) return embedScalar(carrier, content, { name: path, ...languageId });
  if (!BASE64.test(encoding.trim())) return [];
  const text = decodeBase64(textOf(content) ?? '');
  return embedReadOnly(carrier, text, content, { name: path, ...languageId });
}

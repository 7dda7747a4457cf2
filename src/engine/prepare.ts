/** What has to be there before a document can be read: grammars, and files beside it. */
import type { GrammarName, Grammars } from './grammar/grammars';
import type { HostDocument } from './hosts/host';
import type { FileAccess, Surroundings } from './hosts/surroundings';
import { hostOf } from './examine';

/** A document may lead to files that lead to others; nobody means more than this. */
const MAX_ROUNDS = 3;
const MAX_FILES = 200;
/** Larger files than this, in characters, are not read along. */
const MAX_LENGTH = 1_000_000;

/** Windows PowerShell in user data, or a command that runs it. */
const POWERSHELL = /powershell|\bpwsh\b|Invoke-(?:RestMethod|WebRequest)|\$PSVersionTable|Net\.WebClient/i;

export async function prepare(
  document: HostDocument,
  grammars: Grammars,
  access: FileAccess | undefined,
): Promise<Surroundings> {
  const files = new Map<string, string>();
  const host = hostOf(document);
  if (!host?.couldMatter(document.text)) return { grammars, files };
  const wanted = new Set<GrammarName>();
  if (host.grammar) wanted.add(host.grammar);
  if (POWERSHELL.test(document.text)) wanted.add('powershell');
  await Promise.all([...wanted].map((name) => grammars.load(name)));
  if (access && host.wants) await readAlong(document, host.wants.bind(host), access, files);
  return { grammars, files };
}

async function readAlong(
  document: HostDocument,
  wants: (
    document: HostDocument,
    files: ReadonlyMap<string, string>,
  ) => {
    readonly files: readonly string[];
    readonly folders: readonly { readonly uri: string; readonly suffix: string }[];
  },
  access: FileAccess,
  files: Map<string, string>,
): Promise<void> {
  const asked = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { files: named, folders } = wants(document, files);
    const uris = [...named];
    for (const { uri, suffix } of folders) {
      // The same folder may be asked for files of several kinds.
      const question = `${uri}*${suffix}`;
      if (asked.has(question)) continue;
      asked.add(question);
      uris.push(...(await access.list(uri)).filter((file) => file.endsWith(suffix)));
    }
    const fresh = [...new Set(uris)]
      .filter((uri) => !asked.has(uri) && uri !== document.name)
      .slice(0, MAX_FILES - files.size);
    if (fresh.length === 0) return;
    for (const uri of fresh) asked.add(uri);
    const texts = await Promise.all(fresh.map((uri) => access.read(uri)));
    // In this order whichever is read first: what comes of them may depend on it.
    for (const [index, uri] of fresh.entries()) {
      const text = texts[index];
      if (text !== undefined && text.length <= MAX_LENGTH) files.set(uri, text);
    }
  }
}

/** The files of a configuration, and which of them a document is read with. */
import { readHclJson } from '../hcl/json';
import { folderOf, resolvePath } from '../hcl/paths';
import { readHcl } from '../hcl/structure';
import type { Body } from '../hcl/syntax';
import { remembering } from '../../text/remember';
import type { HostDocument, Wanted } from '../host';

/** OpenTofu prefers its own files; nobody keeps both. */
const CONFIGURATION = /\.(?:tf|tofu)(?:\.json)?$/i;
const SUFFIXES = ['.tf', '.tofu', '.tf.json', '.tofu.json', '.tfvars', '.tfvars.json'];

export function isConfiguration(name: string): boolean {
  return CONFIGURATION.test(name.replace(/[?#][^]*/, ''));
}

/** A file of the configuration; undefined where it cannot be read. */
export function readConfiguration(text: string, uri: string): Body | undefined {
  return /\.json$/i.test(uri) || /^\uFEFF?\s*\{/.test(text) ? readHclJson(text, uri) : readHcl(text, uri);
}

const LOCAL_MODULE = /\bsource["']?\s*[=:]\s*"(\.{1,2}\/[^"$]{0,300})"/g;
/** `templatefile("${path.module}/x.tftpl", ...)`, `file("x.json")`. */
const FILE = /\b(?:templatefile|file|filebase64)\(\s*"([^"\n]{1,300})"/g;
const OWN_FOLDER = /^\$\{\s*path\.(?:module|root|cwd)\s*\}\/?/;

/** Paths that a text names: of folders that it calls as modules, and of files. */
const namedIn = remembering((text) => ({
  modules: [...text.matchAll(LOCAL_MODULE)].map(([, path = '']) => `${path}/`),
  files: [...text.matchAll(FILE)].flatMap(([, path = '']) => {
    const plain = path.replace(OWN_FOLDER, '');
    return plain.includes('${') ? [] : [plain];
  }),
}));

/** The other files of its folder, the local modules that it calls, and the files that it names. */
export function wantedFiles({ name, text }: HostDocument, files: ReadonlyMap<string, string>): Wanted {
  const folder = folderOf(name);
  const folders = new Set([folder]);
  const named = new Set<string>();
  for (const [uri, content] of [[name, text] as const, ...files]) {
    if (!isConfiguration(uri)) continue;
    const own = folderOf(uri);
    const paths = namedIn(content, uri);
    for (const path of paths.modules) {
      const module = resolvePath(own, path);
      if (module !== undefined && folders.size < 12) folders.add(module);
    }
    for (const path of paths.files) {
      const uriOf = resolvePath(own, path);
      if (uriOf !== undefined && named.size < 40) named.add(uriOf);
    }
  }
  return {
    files: [...named],
    folders: [...folders].flatMap((uri) => SUFFIXES.map((suffix) => ({ uri, suffix }))),
  };
}

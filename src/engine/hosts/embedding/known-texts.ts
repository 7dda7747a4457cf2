/** Texts in a YAML or JSON file that say themselves what they are, or that are files with a path: whatever the file is for. */
import type { Embedded } from '../host';
import { get, textOf, walk, type Tree } from '../tree/tree';
import { embedReadOnly, embedScalar, type Carrier } from './carrier';
import { decodeBase64 } from './base64';
import { embedFile } from './file-entry';
import { isKnownText } from './language';
import { mentions } from './mention';

const UNIT = /\.(?:service|socket|timer|path|mount|slice|target|scope)$/;

/** Everything below `tree`. `isTaken` leaves out what somebody else has read. */
export function embedKnownTexts(
  carrier: Carrier,
  tree: Tree,
  isTaken: (node: Tree) => boolean = () => false,
): readonly Embedded[] {
  const found: Embedded[] = [];
  const seen = new Set<Tree>();
  walk(tree, (node, path) => {
    if (isTaken(node)) return false;
    if (node.kind === 'map') {
      const file = fileIn(carrier, node);
      for (const content of file.contents) seen.add(content);
      found.push(...file.embedded);
      return true;
    }
    if (node.kind !== 'scalar' || typeof node.value !== 'string' || seen.has(node)) return true;
    if (!isKnownText(node.value) || !mentions(node.value)) return true;
    const key = path[path.length - 1];
    const name = typeof key === 'string' && /[./]/.test(key) ? key : '';
    found.push(...embedScalar(carrier, node, { name }));
    return true;
  });
  return found;
}

/** A file or unit that a map describes: Ignition and what is turned into it, cloud-init, machine configurations. */
function fileIn(
  carrier: Carrier,
  node: Tree,
): { readonly contents: readonly Tree[]; readonly embedded: readonly Embedded[] } {
  const name = textOf(get(node, 'path')) ?? textOf(get(node, 'name'));
  if (name === undefined) return NOTHING;
  const contents = get(node, 'contents') ?? get(node, 'content');
  if (!contents) return NOTHING;
  const isUnit =
    UNIT.test(name) || (name.endsWith('.conf') && /^\s*(?:[#;][^\n]*\n\s*)*\[\w+\]/.test(textOf(contents) ?? ''));
  if (contents.kind === 'scalar' && isUnit) {
    return {
      contents: [contents],
      embedded: embedScalar(carrier, contents, { name, languageId: 'systemd-unit-file' }),
    };
  }
  const inline = contents.kind === 'map' ? get(contents, 'inline') : get(node, 'path') ? contents : undefined;
  if (inline) {
    const encoding = textOf(get(node, 'encoding'));
    return { contents: [inline], embedded: embedFile(carrier, { path: name, content: inline, encoding }) };
  }
  const source = get(contents, 'source');
  if (!source || textOf(get(contents, 'compression'))) return NOTHING;
  return { contents: [source], embedded: embedReadOnly(carrier, dataUrl(textOf(source) ?? ''), source, { name }) };
}

const NOTHING = { contents: [], embedded: [] };

/** The text of a `data:` URL (RFC 2397). */
function dataUrl(url: string): string | undefined {
  const match = /^data:[^,]{0,200}?(;base64)?,/.exec(url);
  if (!match) return undefined;
  const data = url.slice(match[0].length);
  if (match[1]) return decodeBase64(decoded(data) ?? data);
  return decoded(data);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

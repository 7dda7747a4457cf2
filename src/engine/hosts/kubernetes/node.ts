/** Scripts that bring a node up: eksctl's bootstrap commands, Cluster API's kubeadm commands; and the files of ConfigMaps. */
import { embedLines, embedScalar, itemPiece, type Carrier } from '../embedding/carrier';
import { embedFile } from '../embedding/file-entry';
import { decodeBase64 } from '../embedding/base64';
import { embedReadOnly } from '../embedding/carrier';
import { isKnownText } from '../embedding/language';
import { mentions } from '../embedding/mention';
import type { Embedded } from '../host';
import type { Piece } from '../piece';
import { entriesOf, get, itemsOf, textOf, type Tree, type TreeScalar } from '../tree/tree';
import { NOTHING, type Found } from './container';

/** Lists of which each item is a script. */
const PROGRAMS = ['preBootstrapCommands', 'preNodegroupCommands'] as const;
/** Lists whose items become `runcmd` of a cloud-config (Cluster API, "Kubeadm based bootstrap"). */
const LINES = [
  'preKubeadmCommands',
  'postKubeadmCommands',
  'preRKE2Commands',
  'postRKE2Commands',
  'bootCommands',
] as const;

export function nodeScripts(carrier: Carrier, node: Tree, isMap: boolean): Found {
  const documents: Embedded[] = [];
  const taken: Tree[] = [];
  for (const key of PROGRAMS) {
    const list = get(node, key);
    for (const item of itemsOf(list)) documents.push(...embedScalar(carrier, item, { languageId: 'shellscript' }));
    if (list) taken.push(list);
  }
  for (const key of LINES) {
    const list = get(node, key);
    if (list?.kind !== 'list') continue;
    const items = list.items.filter(
      (item): item is TreeScalar => item.kind === 'scalar' && typeof item.value === 'string',
    );
    documents.push(
      ...embedLines(
        carrier,
        items.map((item): Piece => itemPiece(carrier, list, item)),
      ),
    );
    taken.push(list);
  }
  const override = get(node, 'overrideBootstrapCommand');
  if (override) {
    documents.push(...embedScalar(carrier, override, { languageId: 'shellscript' }));
    taken.push(override);
  }
  // kops: user data besides its own, each with its type.
  for (const part of itemsOf(get(node, 'additionalUserData'))) {
    const content = get(part, 'content');
    const languageId = TYPES[textOf(get(part, 'type')) ?? ''];
    documents.push(...embedScalar(carrier, content, languageId === undefined ? {} : { languageId }));
    if (content) taken.push(content);
  }
  if (isMap) {
    const files = mapFiles(carrier, node);
    documents.push(...files.documents);
    taken.push(...files.taken);
  }
  return { documents, taken };
}

const TYPES: Readonly<Record<string, string>> = {
  'text/x-shellscript': 'shellscript',
  'text/cloud-config': 'cloud-config',
  'text/cloud-boothook': 'shellscript',
};

/** The values of a ConfigMap or Secret are files named by their keys. */
function mapFiles(carrier: Carrier, node: Tree): Found {
  const isSecret = textOf(get(node, 'kind')) === 'Secret';
  const documents: Embedded[] = [];
  const taken: Tree[] = [];
  for (const section of ['data', 'stringData'] as const) {
    for (const { key, value } of entriesOf(get(node, section))) {
      const text = textOf(value) ?? '';
      if (isSecret && section === 'data') {
        const decoded = decodeBase64(text);
        if (decoded !== undefined && isKnownText(decoded))
          documents.push(...embedReadOnly(carrier, decoded, value, { name: key }));
      } else if (mentions(text)) documents.push(...embedFile(carrier, { path: key, content: value }));
      taken.push(value);
    }
  }
  return taken.length === 0 ? NOTHING : { documents, taken };
}

/** Kubernetes manifests, Helm charts as far as they parse, and what configures nodes in their form: Karpenter, eksctl, kops, Cluster API. */
import { mentions } from '../embedding/mention';
import { readCarrier } from '../embedding/carrier';
import { embedKnownTexts } from '../embedding/known-texts';
import { GO_TEMPLATE, JINJA } from '../embedding/template';
import { isJsonName, isYamlName } from '../embedding/yaml-name';
import type { Embedded, Host, HostDocument } from '../host';
import { textOf, get, walk, type Tree } from '../tree/tree';
import { containerCommands } from './container';
import { nodeScripts } from './node';

const VERSION = /(?:^|[{,])[ \t]*["']?apiVersion["']?[ \t]*:/m;
const KIND = /(?:^|[{,])[ \t]*["']?kind["']?[ \t]*:/m;

function recognises({ name, text, languageId }: HostDocument): boolean {
  if (!isYamlName(name, languageId) && !isJsonName(name, languageId) && !name.endsWith('.tpl')) return false;
  return mentions(text) && VERSION.test(text) && KIND.test(text);
}

function documents(document: HostDocument): readonly Embedded[] {
  const carrier = readCarrier(document, document.text.includes('{%') ? JINJA : GO_TEMPLATE);
  return carrier.trees.flatMap((tree) => {
    const found: Embedded[] = [];
    const taken = new Set<Tree>();
    walk(tree, (node) => {
      if (node.kind !== 'map') return true;
      const isMap = /^(?:ConfigMap|Secret)$/.test(textOf(get(node, 'kind')) ?? '');
      for (const part of [containerCommands(carrier, node), nodeScripts(carrier, node, isMap)]) {
        found.push(...part.documents);
        for (const read of part.taken) taken.add(read);
      }
      return true;
    });
    return [...found, ...embedKnownTexts(carrier, tree, (node) => taken.has(node))];
  });
}

export const kubernetes: Host = { label: 'Kubernetes manifest', recognises, couldMatter: mentions, documents };

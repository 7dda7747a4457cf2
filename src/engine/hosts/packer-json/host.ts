/** Packer's templates in JSON: "Shell Provisioner", "PowerShell Provisioner", "Amazon EBS builder". */
import { embedLines, embedScalar, itemPiece, readCarrier, type Carrier } from '../embedding/carrier';
import { embedKnownTexts } from '../embedding/known-texts';
import { mentions } from '../embedding/mention';
import { isUsed, setupLine, variableLine } from '../embedding/setup';
import { GO_TEMPLATE } from '../embedding/template';
import { isJsonName } from '../embedding/yaml-name';
import type { Embedded, Host, HostDocument } from '../host';
import type { Piece } from '../piece';
import { get, itemsOf, textOf, walk, type Tree, type TreeScalar } from '../tree/tree';

const PROVISIONERS = /"(?:provisioners|post-processors)"\s*:/;
const TYPE = /"type"\s*:\s*"(?:shell|shell-local|powershell|amazon-\w+)"/;

function documents(document: HostDocument): readonly Embedded[] {
  const carrier = readCarrier(document, { ...GO_TEMPLATE, putsLinesIn: false });
  return carrier.trees.flatMap((tree) => {
    const found: Embedded[] = [];
    const taken = new Set<Tree>();
    walk(tree, (node) => {
      const inline = get(node, 'inline') ?? get(node, 'command');
      const type = textOf(get(node, 'type')) ?? '';
      if (!inline || !/^(?:shell|shell-local|powershell)$/.test(type)) return true;
      found.push(...script(carrier, node, inline, type));
      taken.add(inline);
      return true;
    });
    return [...found, ...embedKnownTexts(carrier, tree, (node) => taken.has(node))];
  });
}

function script(carrier: Carrier, provisioner: Tree, inline: Tree, type: string): readonly Embedded[] {
  const shebang = textOf(get(provisioner, 'inline_shebang')) ?? '/bin/sh -e';
  const isShell = type !== 'powershell';
  if (isShell && !/^(?:\S*\/)?(?:env\s+)?(?:ba|da|a|k|z)?sh\b/.test(shebang)) return [];
  const languageId = isShell ? 'shellscript' : 'powershell';
  const setup = isShell && /\s-[a-z]*e/.test(shebang) ? [setupLine('set -e')] : [];
  if (inline.kind === 'scalar') return embedScalar(carrier, inline, { languageId, setup });
  const items = itemsOf(inline).filter((item): item is TreeScalar => item.kind === 'scalar');
  const lines = items.map((item) => itemPiece(carrier, inline, item));
  const variables = isShell ? environment(provisioner, lines) : [];
  return embedLines(carrier, lines, { languageId, setup: [...setup, ...variables] });
}

/** `environment_vars`: `NAME=VALUE`, one a text. */
function environment(provisioner: Tree, lines: readonly Piece[]): readonly Piece[] {
  const text = lines.map((line) => line.text).join('\n');
  return itemsOf(get(provisioner, 'environment_vars')).flatMap((item) => {
    const [, name = '', value = ''] = /^(\w+)=([^\uE000-\uF8FF]*)$/.exec(textOf(item) ?? '') ?? [];
    return isUsed(name, text) ? variableLine(name, value, item.range) : [];
  });
}

export const packerJson: Host = {
  label: 'Packer template',
  recognises: ({ name, text, languageId }) =>
    isJsonName(name, languageId) && mentions(text) && PROVISIONERS.test(text) && TYPE.test(text),
  couldMatter: mentions,
  documents,
};

/** Components of EC2 Image Builder: Image Builder User Guide, "Use the AWSTOE component document framework". */
import { below } from '../cloudformation/scripts';
import { withoutSections } from '../cloudformation/template';
import { readCarrier } from '../embedding/carrier';
import { mentions } from '../embedding/mention';
import type { Embedded, Host, HostDocument } from '../host';
import { get } from '../tree/tree';

const VERSION = /^["']?schemaVersion["']?[ \t]*:/m;
const PHASES = /^["']?phases["']?[ \t]*:/m;
const ACTION = /\baction["']?[ \t]*:[ \t]*["']?(?:Execute(?:Bash|PowerShell|Binary)|CreateFile)/;

function documents(document: HostDocument): readonly Embedded[] {
  const carrier = readCarrier(document, { delimiters: [], putsLinesIn: false });
  return carrier.trees.flatMap((tree) => {
    if (tree.kind !== 'map' || !get(tree, 'phases')) return [];
    const place = { template: withoutSections(document, carrier, tree), loop: new Map<string, never>() };
    return below(tree, place, 0);
  });
}

export const imageBuilderComponent: Host = {
  label: 'Image Builder component',
  recognises: ({ text }) => VERSION.test(text) && PHASES.test(text) && ACTION.test(text) && !text.startsWith('#!'),
  couldMatter: mentions,
  documents,
};

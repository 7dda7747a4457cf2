/** Documents of AWS Systems Manager: Systems Manager User Guide, "Document schema features and examples". */
import { below } from '../cloudformation/scripts';
import { withoutSections } from '../cloudformation/template';
import { readCarrier } from '../embedding/carrier';
import { mentions } from '../embedding/mention';
import type { Embedded, Host, HostDocument } from '../host';
import { get } from '../tree/tree';

const VERSION = /\bschemaVersion["']?[ \t]*:/;
const STEPS = /["']?\b(?:mainSteps|runtimeConfig)["']?[ \t]*:/;

/** `owner` stays empty: which instances run the document is written elsewhere. */
function documents(document: HostDocument): readonly Embedded[] {
  const carrier = readCarrier(document, { delimiters: [], putsLinesIn: false });
  return carrier.trees.flatMap((tree) => {
    if (tree.kind !== 'map' || (!get(tree, 'mainSteps') && !get(tree, 'runtimeConfig'))) return [];
    const place = { template: withoutSections(document, carrier, tree), loop: new Map<string, never>() };
    return below(tree, place, 0);
  });
}

export const ssmDocument: Host = {
  label: 'Systems Manager document',
  recognises: ({ text }) => VERSION.test(text) && STEPS.test(text) && !text.startsWith('#!'),
  couldMatter: mentions,
  documents,
};

/**
 * YAML and JSON files that are nobody else's and carry texts that say what they are: scripts with their interpreter, user data, units, files with a
 * path. Ignition and Butane, machine configurations, values of charts, and whatever else people put scripts in.
 */
import { readCarrier } from '../embedding/carrier';
import { embedKnownTexts } from '../embedding/known-texts';
import { isShellProgramByItself } from '../embedding/language';
import { mentions } from '../embedding/mention';
import { GO_TEMPLATE, JINJA } from '../embedding/template';
import { isJsonName, isYamlName } from '../embedding/yaml-name';
import { COMMAND_LINE, commandTexts } from './commands';
import type { Embedded, Host, HostDocument } from '../host';

const CARRIES =
  /#!\s*\/|#cloud-(?:config|boothook)|MIME-Version:|multipart\/|<powershell>|\[(?:Unit|Service)\]|\bcontents?["']?\s*:/i;

function documents(document: HostDocument): readonly Embedded[] {
  const carrier = readCarrier(document, document.text.includes('{%') ? JINJA : GO_TEMPLATE);
  return carrier.trees.flatMap((tree) => {
    const { found, taken } = commandTexts(carrier, tree, document.name);
    const known = embedKnownTexts(carrier, tree, (node) => taken.has(node));
    return [...known, ...found];
  });
}

export const dataFile: Host = {
  label: 'YAML or JSON with scripts',
  recognises: ({ name, text, languageId }) =>
    (isYamlName(name, languageId) || isJsonName(name, languageId) || /\.(?:ign|sls)$/i.test(name)) &&
    mentions(text) &&
    (CARRIES.test(text) || COMMAND_LINE.test(text)) &&
    !isShellProgramByItself(text),
  couldMatter: mentions,
  documents,
};

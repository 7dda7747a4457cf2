/** Files of several texts, each named by `{{ define "NAME" }}`: Go's text/template, as kube-aws and its like keep user data. */
import { placeholderTable } from '../../program/placeholders';
import { scriptBuilder } from '../../text/source-map';
import { isKnownText, isShellProgram } from '../embedding/language';
import { mentions } from '../embedding/mention';
import { coverTemplate, GO_TEMPLATE } from '../embedding/template';
import type { Embedded, Host, HostDocument } from '../host';

const DEFINITION = /^\{\{-?[ \t]*define[ \t]+"([^"\n]*)"[ \t]*-?\}\}[ \t]*\n?/gm;
/** Parts that are a script by their name, where they do not say what they are. */
const SCRIPT = /script|bootstrap|\.sh$/i;
const NO_SCRIPT = /^\s*(?:[[<#]|\{(?!\{))/;

function documents({ text, placeholders }: HostDocument): readonly Embedded[] {
  const starts = [...text.matchAll(DEFINITION)];
  const template = coverTemplate(text, GO_TEMPLATE);
  const table = placeholderTable(placeholders);
  return starts.flatMap((match, index): readonly Embedded[] => {
    const [whole, name = ''] = match;
    const part = (from: string): ReturnType<ReturnType<typeof scriptBuilder>['build']> => {
      const builder = scriptBuilder(from);
      builder.copy(match.index + whole.length, starts[index + 1]?.index ?? text.length);
      return builder.build();
    };
    const own = part(text);
    const isScript = SCRIPT.test(name) && !NO_SCRIPT.test(own.text);
    if (!isScript && !isKnownText(own.text)) return [];
    // What is a template of YAML reads its actions itself.
    if (!isScript && !isShellProgram(own.text))
      return [{ document: { name: '', text: own.text, ...(placeholders ? { placeholders } : {}) }, map: own.map }];
    const read = template.read(part(template.text), table);
    return [
      { document: { name: '', text: read.text, languageId: 'shellscript', placeholders: table.values }, map: read.map },
    ];
  });
}

export const goTemplate: Host = {
  label: 'Go template with user data',
  recognises: ({ text }) => text.startsWith('{{') && /^\{\{-?[ \t]*define[ \t]/.test(text) && mentions(text),
  couldMatter: mentions,
  documents,
};

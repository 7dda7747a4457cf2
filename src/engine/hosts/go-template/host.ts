/** Files of several texts, each named by `{{ define "NAME" }}`: Go's text/template, as kube-aws and its like keep user data. */
import { mentions } from '../embedding/mention';
import { isKnownText } from '../embedding/language';
import type { Embedded, Host, HostDocument } from '../host';
import { scriptBuilder } from '../../text/source-map';

const DEFINITION = /^\{\{-?[ \t]*define[ \t]+"[^"\n]*"[ \t]*-?\}\}[ \t]*\n?/gm;

function documents({ text, placeholders }: HostDocument): readonly Embedded[] {
  const starts = [...text.matchAll(DEFINITION)];
  return starts.flatMap((match, index): readonly Embedded[] => {
    const builder = scriptBuilder(text);
    builder.copy(match.index + match[0].length, starts[index + 1]?.index ?? text.length);
    const { text: part, map } = builder.build();
    if (!isKnownText(part)) return [];
    return [{ document: { name: '', text: part, ...(placeholders ? { placeholders } : {}) }, map }];
  });
}

export const goTemplate: Host = {
  label: 'Go template with user data',
  recognises: ({ text }) => text.startsWith('{{') && /^\{\{-?[ \t]*define[ \t]/.test(text) && mentions(text),
  couldMatter: mentions,
  documents,
};

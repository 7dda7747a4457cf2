/** Files that Terraform's `templatefile` renders. */
import { placeholderTable } from '../../program/placeholders';
import { IDENTITY } from '../../text/source-map';
import { isPartOfShellProgram } from '../embedding/language';
import { mentions } from '../embedding/mention';
import { evaluate } from '../hcl/evaluate';
import { bareTemplate } from '../hcl/json';
import { folderOf } from '../hcl/paths';
import type { HclValue } from '../hcl/value';
import type { Embedded, Host, HostDocument, Wanted } from '../host';
import type { Surroundings } from '../surroundings';
import { usesOf } from './uses';

const ALWAYS = /\.tftpl$/i;
/** Names that templates go by, of Terraform and of others. */
const OFTEN = /\.(?:tpl|tmpl|template|sh|bash|ps1|cfg|conf|txt|ya?ml)$|(?:^|\/)user[-_]?data[^/.]*$/i;
/** What nobody writes in a plain script (`\$${1}` is for `eval`): an escaped sequence, a directive, a function of Terraform's. */
const TELLING =
  /(?<![\\$])\$\$\{(?![\d@*#?!${-])|%%\{|%\{~?\s*(?:if|for|else|endif|endfor)\b|\$\{~?\s*(?:jsonencode|join|base64encode|indent)\(/;

/** The name that the file has once it is rendered. */
const SUFFIX = /\.(?:tftpl|tpl|tmpl|template)$/i;

/** A program that asks an address which may be given by who renders the file. */
const MAY_CALL = /\b(?:curl|wget|Invoke-RestMethod|Invoke-WebRequest)\b[^\n]{0,200}\$\{/;

const EFFORT = 50_000;

function recognises({ name, text, placeholders }: HostDocument): boolean {
  // What is in another document has been rendered by that.
  if (placeholders !== undefined) return false;
  const path = name.replace(/[?#][^]*/, '');
  if (ALWAYS.test(path)) return true;
  if (!OFTEN.test(path)) return false;
  return TELLING.test(text) || (SUFFIX.test(path) && text.includes('${') && !text.includes('{{'));
}

/** The configuration beside the file, or in the folders around it, says what the file is. */
function wants({ name }: HostDocument): Wanted {
  const folders: string[] = [];
  let folder = folderOf(name);
  for (let level = 0; level < 3 && folder !== ''; level++) {
    folders.push(folder);
    const outer = folderOf(folder.slice(0, -1));
    if (!/[^/]\/$/.test(outer) || outer === folder) break;
    folder = outer;
  }
  return { files: [], folders: folders.flatMap((uri) => ['.tf', '.tofu'].map((suffix) => ({ uri, suffix }))) };
}

function documents(document: HostDocument, surroundings: Surroundings): readonly Embedded[] {
  const { name, text } = document;
  const uses = usesOf(name, surroundings);
  const isTemplate =
    uses.length > 0 ? uses.some(({ as }) => as === 'template') : ALWAYS.test(name) || TELLING.test(text);
  const rendered = name.replace(SUFFIX, '');
  if (!isTemplate) return [{ document: { ...document, placeholders: placeholderTable().values }, map: IDENTITY }];
  const scope = {
    names: { resolve: () => undefined, file: () => undefined },
    bindings: variablesOf(uses.flatMap(({ variables }) => variables ?? [])),
    work: { left: EFFORT, depth: 0 },
  };
  const value = evaluate(bareTemplate({ text, uri: name, map: IDENTITY }), scope);
  if (value.kind !== 'text') return [];
  const placeholders = placeholderTable();
  const piece = value.piece({ placeholders, uri: name, use: { start: 0, end: text.length } });
  const language = languageOf(document, rendered);
  const embedded = { name: rendered, text: piece.text, placeholders: placeholders.values, ...language };
  return [{ document: embedded, map: piece.map }];
}

/** What the rendered text is, where its name and its first line do not say it: a part of a script that is put together from several. */
function languageOf({ languageId, text }: HostDocument, rendered: string): Pick<HostDocument, 'languageId'> {
  if (languageId === 'shellscript' || languageId === 'powershell') return { languageId };
  const isUnnamed = !/\.\w+$/.test(rendered);
  return isUnnamed && isPartOfShellProgram(text) ? { languageId: 'shellscript' } : {};
}

/** What each variable of the template may be, over all that render it. */
function variablesOf(given: readonly HclValue[]): ReadonlyMap<string, HclValue> {
  const result = new Map<string, HclValue>();
  for (const each of given) {
    if (each.kind !== 'mapping') continue;
    for (const [name, value] of each.entries) {
      const before = result.get(name);
      const options = before?.kind === 'choice' ? before.options : before ? [{ value: before, when: undefined }] : [];
      const choice = { kind: 'choice', options: [...options, { value, when: undefined }], site: value.site } as const;
      result.set(name, before ? choice : value);
    }
  }
  return result;
}

export const hclTemplate: Host = {
  label: 'Terraform template',
  recognises,
  couldMatter: (text) => mentions(text) || MAY_CALL.test(text),
  wants,
  documents,
};

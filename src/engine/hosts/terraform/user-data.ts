/** Scripts in Terraform: user data, provisioners, parts of cloud-init, and texts that say themselves what they are. */
import { placeholderTable } from '../../program/placeholders';
import type { Range } from '../../text/range';
import { somewhereIn } from '../../text/source-map';
import { decodeBase64 } from '../embedding/base64';
import { isKnownText, isOtherProgram } from '../embedding/language';
import { mattersAnywhere } from '../embedding/mention';
import { bind, evaluate, type Scope } from '../hcl/evaluate';
import type { Attribute, Block, Body, Expression } from '../hcl/syntax';
import { joinTexts } from '../hcl/text-functions';
import { unknown, type HclValue, type Text } from '../hcl/value';
import type { Embedded, HostDocument } from '../host';
import { addressOf, type Module } from './module';
import { nestedBlocks } from './nested-blocks';
import { eachBinding } from './repetition';
import { mayGiveSecrets, templateValues } from './template-values';

/** Arguments that hold user data, whoever's they are: `user_data`, `pre_bootstrap_user_data`, `userdata_script`, `custom_data`. */
const USER_DATA =
  /user_?data(?!.*(?:replace|trace|path|file|hash|enable))|^custom_data$|(?:startup|boot(?:strap)?|init|setup|install|launch)_?(?:script|commands?)s?$|^(?:pre|post)_?(?:install|bootstrap)\w*$/i;

/** Formats of user data beside scripts, and blocks of Windows. */
const OTHER_FORMAT =
  /^\uFEFF?\s*(?:#cloud-config|#cloud-boothook|#include|#upstart-job|#part-handler|##\s*template:|MIME-Version:|Content-Type:|From |[{[<]|[\w.-]+:[ \t]*(?:\n|$))|<powershell>|<script>/i;

/** Documents that some host knows by what stands in them. */
const DOCUMENT = /\bschemaVersion["']?\s*:|\bAWSTemplateFormatVersion\b|\bphases["']?\s*:\s*(?:\n|\[)/;

/** The raw look of an expression that may be a text that says itself what it is. */
const MAY_BE_KNOWN =
  /#![ \t]*\S{0,200}\/|#cloud-|MIME-Version|Content-Type|<powershell>|\[(?:Unit|Service|Timer|Socket|Install)\]|schemaVersion|AWSTemplateFormatVersion|\bphases/i;

const PART_LANGUAGES: Readonly<Record<string, string>> = {
  'text/x-shellscript': 'shellscript',
  'text/x-shellscript-per-boot': 'shellscript',
  'text/x-shellscript-per-instance': 'shellscript',
  'text/x-shellscript-per-once': 'shellscript',
  'text/cloud-boothook': 'shellscript',
  'text/cloud-config': 'cloud-config',
};

/** What is known of a text by its place. */
interface Place {
  readonly owner: string | undefined;
  readonly languageId?: string | undefined;
  /** True where a text that says nothing of itself is a script. */
  readonly isScript?: boolean;
  /** True where new lines become elements of a list. */
  readonly isList?: boolean;
}

/** A document that is read for the scripts in it. */
interface Reading {
  readonly uri: string;
  readonly module: Module;
  readonly givesSecrets: boolean;
  readonly document: HostDocument;
  readonly found: Embedded[];
  /** Where texts that were found begin. */
  readonly taken: Set<number>;
}

/** What a file has in it somewhere that holds any script. */
const MAY_HOLD_SCRIPTS = new RegExp(
  `${MAY_BE_KNOWN.source}|user_?data|custom_data|script|command|(?:pre|post)_?(?:install|bootstrap)|provisioner|cloudinit|aws_ssm_document`,
  'i',
);

export function scriptsOf(document: HostDocument, body: Body, module: Module): readonly Embedded[] {
  if (!MAY_HOLD_SCRIPTS.test(document.text)) return [];
  const givesSecrets = mayGiveSecrets(document.text);
  const reading = { uri: body.source.uri, module, givesSecrets, document, found: [], taken: new Set<number>() };
  for (const block of body.blocks) {
    const address = addressOf(block);
    const isOwner = block.type === 'resource' || block.type === 'module';
    inBody(block.body, block, isOwner ? address : undefined, eachBinding(block, module.scope), reading);
  }
  if (MAY_BE_KNOWN.test(document.text)) for (const block of body.blocks) knownTexts(block.body, module.scope, reading);
  return reading.found;
}

function inBody(body: Body, block: Block, owner: string | undefined, scope: Scope, reading: Reading): void {
  for (const attribute of body.attributes.values()) {
    const { name, expression } = attribute;
    if (block.type === 'locals' || block.type === 'output' || block.type === 'variable') continue;
    if (!USER_DATA.test(name)) continue;
    embed(evaluate(expression, scope), { owner, isScript: true }, reading, attribute);
    if (reading.givesSecrets) embedValues(expression, owner, scope, reading);
  }
  if (/^(?:template_)?cloudinit_config$/.test(block.labels[0] ?? '')) {
    for (const part of nestedBlocks(body, 'part', scope)) cloudinitPart(part.body, part.scope, reading);
  }
  if (block.type === 'resource' && block.labels[0] === 'aws_ssm_document') commandDocument(body, owner, scope, reading);
  for (const inner of body.blocks) {
    const self = bind(scope, ['self', unknown({ source: inner.source, range: inner.head }, 'it is known later')]);
    if (inner.type === 'provisioner') {
      provisioner(inner, owner, self, reading);
    } else if (inner.type === 'dynamic') {
      for (const { body: content, scope: own } of nestedBlocks(body, inner.labels[0] ?? '', scope).slice(0, 20))
        inBody(content, block, owner, own, reading);
    } else inBody(inner.body, block, owner, scope, reading);
  }
}

function cloudinitPart(body: Body, scope: Scope, reading: Reading): void {
  const content = body.attributes.get('content');
  const type = body.attributes.get('content_type');
  if (!content) return;
  const known = type ? evaluate(type.expression, scope) : undefined;
  const languageId = known?.kind === 'text' ? PART_LANGUAGES[known.known ?? ''] : undefined;
  embed(evaluate(content.expression, scope), { owner: undefined, languageId }, reading, content);
  if (reading.givesSecrets) embedValues(content.expression, undefined, scope, reading);
}

function embedValues(expression: Expression, owner: string | undefined, scope: Scope, reading: Reading): void {
  for (const values of templateValues(expression, scope, reading))
    reading.found.push({ ...values, ...(owner === undefined ? {} : { owner }) });
}

/** Provisioners of Terraform and Packer that run on the machine itself. */
const REMOTE: Readonly<Record<string, string>> = {
  'remote-exec': 'shellscript',
  shell: 'shellscript',
  powershell: 'powershell',
};

/** The lines of `inline` are one script, with `#!/bin/sh` in front of it. */
function provisioner({ labels, body }: Block, owner: string | undefined, scope: Scope, reading: Reading): void {
  const languageId = REMOTE[labels[0] ?? ''];
  const inline = body.attributes.get('inline');
  if (languageId !== undefined && inline)
    embedLines(evaluate(inline.expression, scope), { owner, languageId }, reading, inline);
  if (labels[0] === 'local-exec') local(body, scope, reading);
}

/**
 * What runs where the tool runs, which is no instance: its requests are none of an instance's, but files with credentials that it opens are as open there, and
 * what it makes of EC2 is the same.
 */
function local(body: Body, scope: Scope, reading: Reading): void {
  const command = body.attributes.get('command');
  if (!command) return;
  const { source, range } = command;
  if (!mattersAnywhere(source.text.slice(range.start, range.end))) return;
  const interpreter = body.attributes.get('interpreter');
  const program = interpreter ? evaluate(interpreter.expression, scope) : undefined;
  const [first] = program?.kind === 'list' ? program.items : [];
  const isShell = !program || (first?.kind === 'text' && /(?:^|\/)(?:ba|da|a|k|z)?sh$/.test(first.known ?? ''));
  if (isShell)
    embed(evaluate(command.expression, scope), { owner: undefined, languageId: 'shellscript' }, reading, command);
}

function embedLines(lines: HclValue, place: Place, reading: Reading, at: Attribute): void {
  if (lines.kind === 'choice') for (const { value } of lines.options) embedLines(value, place, reading, at);
  if (lines.kind !== 'list' || lines.items.length === 0) return;
  embed(
    joinTexts(lines.items, '\n', { source: at.source, range: at.expression.range }),
    { ...place, isList: true },
    reading,
    at,
  );
}

/** Systems Manager's documents as `jsonencode` has them; as texts they say themselves what they are. */
function commandDocument(body: Body, owner: string | undefined, scope: Scope, reading: Reading): void {
  const content = body.attributes.get('content');
  if (!content) return;
  const visit = (value: HclValue, depth: number): void => {
    if (depth > 12) return;
    if (value.kind === 'structure') visit(value.value, depth + 1);
    else if (value.kind === 'text' && value.structure) visit(value.structure, depth + 1);
    else if (value.kind === 'list') for (const item of value.items) visit(item, depth + 1);
    else if (value.kind === 'mapping') {
      const commands = value.entries.get('runCommand');
      if (commands) {
        const languageId = /PowerShell/i.test(actionOf(value) ?? '') ? 'powershell' : 'shellscript';
        embedLines(commands, { owner, languageId }, reading, content);
      }
      for (const item of value.entries.values()) if (item !== commands) visit(item, depth + 1);
    }
  };
  visit(evaluate(content.expression, scope), 0);
}

function actionOf(value: HclValue): string | undefined {
  const action = value.kind === 'mapping' ? value.entries.get('action') : undefined;
  return action?.kind === 'text' ? action.known : undefined;
}

/** Every text in a value, and what it is. */
function embed(value: HclValue, place: Place, reading: Reading, at: Attribute): void {
  switch (value.kind) {
    case 'choice':
      for (const option of value.options) embed(option.value, place, reading, at);
      return;
    case 'encoded':
      embed(value.value, place, reading, at);
      return;
    case 'multipart':
      for (const { content, type } of value.parts) {
        const languageId = PART_LANGUAGES[type ?? ''];
        embed(content, { ...place, isScript: false, ...(languageId === undefined ? {} : { languageId }) }, reading, at);
      }
      return;
    case 'text':
      embedText(value, place, reading, at);
      return;
    default:
  }
}

function embedText(value: Text, place: Place, reading: Reading, at: Attribute): void {
  const { owner } = place;
  const { uri, found, taken } = reading;
  const written = value.origin?.site ?? value.site;
  const home = [written, value.site].map(({ source }) => source.uri).find((each) => each !== uri);
  if (home !== undefined) {
    // A text of another file is judged where it stands, and told to whoever judges the resource that it belongs to.
    if (owner === undefined || home === '' || place.isList === true) return;
    found.push(new DistantText(owner, home, () => readText(value, place, reading, home, { start: 0, end: 0 })));
    return;
  }
  const text = readText(value, place, reading, uri, at.source.map.toHost(at.expression.range));
  if (text.document.text.trim() === '') return;
  taken.add(written.source.map.toHost(written.range).start);
  found.push({ ...text, ...(owner === undefined ? {} : { owner }) });
}

/** A text that is read when somebody asks for it, and most are not asked for. A class for its getters, as `PlannedFinding` is. */
class DistantText implements Embedded {
  readonly #read: () => Pick<Embedded, 'document' | 'map'>;
  #text: Pick<Embedded, 'document' | 'map'> | undefined;

  constructor(
    readonly owner: string,
    readonly elsewhere: string,
    read: () => Pick<Embedded, 'document' | 'map'>,
  ) {
    this.#read = read;
  }

  get document(): Embedded['document'] {
    return (this.#text ??= this.#read()).document;
  }

  get map(): Embedded['map'] {
    return (this.#text ??= this.#read()).map;
  }
}

/** The text as a document, with the way back to the file that it stands in. */
function readText(
  value: Text,
  { languageId, isScript = false, isList = false }: Place,
  { document }: Reading,
  uri: string,
  use: Range,
): Pick<Embedded, 'document' | 'map'> {
  const placeholders = placeholderTable(document.placeholders);
  const piece = value.piece({ placeholders, uri, use });
  const decoded = isScript && /^[\w+/=\s]{40,}$/.test(piece.text) ? decodeBase64(piece.text) : undefined;
  const text = decoded ?? piece.text;
  const map = decoded === undefined ? piece.map : somewhereIn(piece.map.toHost({ start: 0, end: piece.text.length }));
  const guess = isScript && !OTHER_FORMAT.test(text) && /\s/.test(text.trim()) ? 'shellscript' : undefined;
  const language = isOtherProgram(text) ? undefined : (languageId ?? guess);
  return {
    document: {
      name: '',
      text,
      placeholders: placeholders.values,
      ...(language === undefined ? {} : { languageId: language }),
      ...(text.includes('\n') || isList ? {} : { oneLine: true }),
    },
    map,
  };
}

/** Texts that say themselves what they are, wherever they stand. */
function knownTexts(body: Body, scope: Scope, reading: Reading): void {
  for (const attribute of body.attributes.values()) {
    const raw = attribute.source.text.slice(attribute.range.start, attribute.range.end);
    if (!MAY_BE_KNOWN.test(raw)) continue;
    eachTemplate(attribute.expression, (expression) => {
      const start = expression.source.map.toHost(expression.range).start;
      if (reading.taken.has(start)) return;
      const value = evaluate(expression, scope);
      if (value.kind !== 'text') return;
      const first = expression.source.text.slice(expression.body.start, expression.body.end).slice(0, 400);
      if (isKnownText(first) || DOCUMENT.test(first)) embedText(value, { owner: undefined }, reading, attribute);
    });
  }
  for (const block of body.blocks) {
    if (block.type === 'provisioner' && REMOTE[block.labels[0] ?? ''] === undefined) continue;
    knownTexts(block.body, scope, reading);
  }
}

function eachTemplate(
  expression: Expression,
  visit: (expression: Extract<Expression, { kind: 'template' }>) => void,
): void {
  switch (expression.kind) {
    case 'template':
      visit(expression);
      return;
    case 'tuple':
      for (const item of expression.items) eachTemplate(item, visit);
      return;
    case 'object':
      for (const { value } of expression.items) eachTemplate(value, visit);
      return;
    case 'call':
      for (const arg of expression.args) eachTemplate(arg, visit);
      return;
    case 'conditional':
      eachTemplate(expression.yes, visit);
      eachTemplate(expression.no, visit);
      return;
    case 'for':
      eachTemplate(expression.value, visit);
      return;
    default:
  }
}

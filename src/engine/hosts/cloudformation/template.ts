/** A template as its sections: AWS CloudFormation User Guide, "Template anatomy". */
import type { HostDocument } from '../host';
import { readCarrier, type Carrier } from '../embedding/carrier';
import { GO_TEMPLATE, JINJA, type Dialect } from '../embedding/template';
import { entriesOf, get, itemsOf, textOf, type Tree, type TreeEntry, type TreeMap } from '../tree/tree';
import { expandLoops, type Loop } from './for-each';

export interface Template {
  readonly document: HostDocument;
  readonly carrier: Carrier;
  readonly root: TreeMap;
  readonly parameters: ReadonlyMap<string, Tree>;
  readonly mappings: ReadonlyMap<string, Tree>;
  readonly conditions: ReadonlyMap<string, Tree>;
  readonly resources: ReadonlyMap<string, TemplateResource>;
}

export interface TemplateResource {
  readonly id: string;
  readonly type: string;
  readonly tree: TreeMap;
  readonly keyRange: TreeEntry['keyRange'];
  /** The rounds of `Fn::ForEach` that it comes from. */
  readonly loop: Loop;
}

const NO_TEMPLATE: Dialect = { delimiters: [], putsLinesIn: false };
const GO_STATEMENT = /\{\{-?\s*(?:if|else|end|range|with|define|template|block)\b/;

/** A value that is put in without quotes. */
const PUT_IN = /[:,[-][ \t]{0,40}\{\{-?[ \t]{0,9}[A-Za-z_]/;

/** Templates of templates: Sceptre's and Ansible's are Jinja. `{{resolve:...}}` is CloudFormation's own. */
function dialectOf(text: string): Dialect {
  if (text.includes('{%') || (text.includes('{{') && PUT_IN.test(text))) return JINJA;
  return GO_STATEMENT.test(text) ? GO_TEMPLATE : NO_TEMPLATE;
}

let last: { readonly document: HostDocument; readonly template: Template | undefined } | undefined;

/** Reads a template. Resources and scripts are asked for in turn, so the last answer is kept. */
export function templateOf(document: HostDocument): Template | undefined {
  if (last?.document === document) return last.template;
  const template = readTemplate(document);
  last = { document, template };
  return template;
}

function readTemplate(document: HostDocument): Template | undefined {
  const carrier = readCarrier(document, dialectOf(document.text));
  for (const tree of carrier.trees) {
    const root = rootIn(tree);
    if (root) return sectionsOf(document, carrier, root);
  }
  return undefined;
}

/** The map that holds the sections: the document, or what the Serverless Framework calls `resources`, or resources without a section. */
function rootIn(tree: Tree): TreeMap | undefined {
  const nested = get(tree, 'resources');
  for (const candidate of [tree, nested, ...itemsOf(nested)]) {
    if (candidate?.kind === 'map' && get(candidate, 'Resources')?.kind === 'map') return candidate;
  }
  const isFragment = entriesOf(tree).some(
    ({ value }) => (textOf(get(value, 'Type')) ?? '').startsWith('AWS::') && get(value, 'Properties') !== undefined,
  );
  if (!isFragment) return undefined;
  const { range } = tree;
  return { kind: 'map', range, tag: undefined, entries: [{ key: 'Resources', keyRange: range, value: tree }] };
}

/** A document of another service in which commands are written as in templates, but without intrinsic functions. */
export function withoutSections(document: HostDocument, carrier: Carrier, root: TreeMap): Template {
  const none = new Map<string, never>();
  return { document, carrier, root, parameters: none, mappings: none, conditions: none, resources: none };
}

function byKey(tree: Tree | undefined): ReadonlyMap<string, Tree> {
  return new Map(entriesOf(tree).map(({ key, value }) => [key, value]));
}

function sectionsOf(document: HostDocument, carrier: Carrier, root: TreeMap): Template {
  const resources = new Map<string, TemplateResource>();
  const template: Template = {
    document,
    carrier,
    root,
    parameters: byKey(get(root, 'Parameters')),
    mappings: byKey(get(root, 'Mappings')),
    conditions: byKey(get(root, 'Conditions')),
    resources,
  };
  for (const { key, keyRange, value, loop } of expandLoops(entriesOf(get(root, 'Resources')), new Map(), template)) {
    const type = textOf(get(value, 'Type'));
    if (value.kind === 'map' && type !== undefined) resources.set(key, { id: key, type, tree: value, keyRange, loop });
  }
  return template;
}

/** Policy documents: `jsonencode`, JSON in a heredoc, `aws_iam_policy_document`. */
import type { Datum } from '../../../ec2/datum';
import type { PolicyStatement } from '../../../ec2/model';
import { placeholderTable } from '../../../program/placeholders';
import { NOWHERE } from '../../../text/range';
import { evaluate } from '../../hcl/evaluate';
import type { HclSource, Site } from '../../hcl/syntax';
import { list, madeText, mapping, scalar, textOf, unknown, type HclValue, type Text } from '../../hcl/value';
import { parseJson } from '../../tree/json';
import type { Tree } from '../../tree/tree';
import { isConfiguration } from '../files';
import { nestedBlocks } from '../nested-blocks';
import { toDatum } from './datum';
import { homeDocument, placeOf } from './place';
import { nestedArgument, type Reading } from './reading';

const MAX_DEPTH = 8;

/** The statements of a document; what a file that is none of the configuration says is told of at `spoken`, which speaks of it. */
export function statementsOf(value: HclValue, reading: Reading, spoken: Site, depth = 0): readonly PolicyStatement[] {
  if (depth > MAX_DEPTH) return [];
  const inner = (each: HclValue): readonly PolicyStatement[] => statementsOf(each, reading, spoken, depth + 1);
  switch (value.kind) {
    case 'structure':
      return inner(value.value);
    case 'text': {
      if (value.structure) return inner(value.structure);
      const parsed = jsonIn(value, reading, spoken);
      return parsed ? inner(parsed) : [];
    }
    case 'choice':
      return value.options.flatMap((option) => inner(option.value));
    case 'mapping': {
      const statement = value.entries.get('Statement');
      if (!statement) return [];
      const all = statement.kind === 'list' ? statement.items : [statement];
      return all.flatMap((each) => (each.kind === 'mapping' ? [statementIn(each.entries, each, reading)] : []));
    }
    case 'reference':
      return documentOf(value.target, reading);
    default:
      return [];
  }
}

function statementIn(entries: ReadonlyMap<string, HclValue>, at: HclValue, { uri }: Reading): PolicyStatement {
  const home = placeOf(at.site, uri);
  const get = (name: string): Datum | undefined => {
    const value = entries.get(name);
    return value && toDatum(value, homeDocument(at.site, uri), home);
  };
  return {
    range: home,
    effect: get('Effect'),
    actions: get('Action'),
    notActions: get('NotAction'),
    resources: get('Resource'),
    hasCondition: entries.has('Condition'),
  };
}

/** `data.aws_iam_policy_document.x.json`. */
function documentOf(target: string, reading: Reading): readonly PolicyStatement[] {
  const { module } = reading;
  const address = target.slice(module.prefix.length).replace(/\[[^\][]*\]$/, '');
  const block = module.blocks.get(address);
  if (!block || !address.startsWith('data.aws_iam_policy_document.')) return [];
  const { attributes } = block.body;
  // What overrides may take away what stands here.
  if (attributes.has('override_policy_documents') || attributes.has('override_json')) return [];
  return nestedBlocks(block.body, 'statement', module.scope).map((nested): PolicyStatement => {
    const range = placeOf(nested.site, reading.uri);
    const home = { ...reading, uri: homeDocument(nested.site, reading.uri) };
    return {
      range,
      effect: nestedArgument(nested, 'effect', home),
      actions: nestedArgument(nested, 'actions', home),
      notActions: nestedArgument(nested, 'not_actions', home),
      resources: nestedArgument(nested, 'resources', home),
      hasCondition: nested.isUncertain || nestedBlocks(nested.body, 'condition', nested.scope).length > 0,
    };
  });
}

/** JSON that is written as a text, each value with its place in that. */
function jsonIn(value: Text, { uri }: Reading, spoken: Site): HclValue | undefined {
  const placeholders = placeholderTable();
  const use = isConfiguration(value.site.source.uri) ? NOWHERE : placeOf(spoken, uri);
  const piece = value.piece({ placeholders, uri, use });
  const tree = parseJson(piece.text);
  if (!tree) return undefined;
  const source: HclSource = { text: piece.text, map: piece.map, uri };
  const isPutIn = (text: string): boolean =>
    [...placeholders.values.keys()].some((character) => text.includes(character));
  const convert = (node: Tree, depth: number): HclValue => {
    const site = { source, range: node.range };
    if (depth > MAX_DEPTH) return unknown(site, 'it is nested too deeply');
    if (node.kind === 'list')
      return list(
        node.items.map((item) => convert(item, depth + 1)),
        site,
      );
    if (node.kind === 'map')
      return mapping(new Map(node.entries.map(({ key, value: item }) => [key, convert(item, depth + 1)])), site);
    if (typeof node.value !== 'string') return scalar(node.value, site);
    return isPutIn(node.value) ? unknown(site, 'part of it is known later') : madeText(node.value, site);
  };
  return convert(tree, 0);
}

const EC2 = /\bec2\.(?:amazonaws\.com|\$\{)/;

/** Whether EC2 may take the role on; undefined where its trust policy is not known. */
export function mentionsEc2({ block, module, scope }: Reading): boolean | undefined {
  const trust = block.body.attributes.get('assume_role_policy');
  if (!trust) return undefined;
  const known = textOf(evaluate(trust.expression, scope));
  if (known !== undefined) return EC2.test(known);
  const raw = trust.source.text.slice(trust.range.start, trust.range.end);
  const names = [...raw.matchAll(/\bdata\.aws_iam_policy_document\.([\w-]+)/g)].map(([, name = '']) => name);
  const texts = [raw];
  let isKnown = raw.includes('"') || raw.includes('<<');
  for (const name of names) {
    const document = module.blocks.get(`data.aws_iam_policy_document.${name}`);
    if (!document) return undefined;
    isKnown = true;
    texts.push(document.source.text.slice(document.range.start, document.range.end));
  }
  if (texts.some((each) => EC2.test(each))) return true;
  return isKnown && !texts.some((each) => /\b(?:var|local|module|each)\.|\b(?:file|templatefile)\(/.test(each))
    ? false
    : undefined;
}

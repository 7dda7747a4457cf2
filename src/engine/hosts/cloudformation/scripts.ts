/** Every script that the resources of a template carry. */
import type { Embedded } from '../host';
import { isKnownText } from '../embedding/language';
import { mentions } from '../embedding/mention';
import { get, textOf, type Tree } from '../tree/tree';
import { callOf } from './functions';
import { initScripts } from './init';
import { commandLists } from './command-lists';
import type { Template, TemplateResource } from './template';
import { textDocument, userData, type Place } from './user-data';

const MAX_DEPTH = 60;

export function scriptsOf(template: Template): readonly Embedded[] {
  return [...template.resources.values()].flatMap((resource) => ofResource(resource, template));
}

function ofResource({ id, tree, loop }: TemplateResource, template: Template): readonly Embedded[] {
  const place: Place = { template, loop, owner: id };
  const init = get(tree, 'Metadata', 'AWS::CloudFormation::Init');
  const properties = get(tree, 'Properties');
  return [...(init ? initScripts(init, place) : []), ...(properties ? below(properties, place, 0) : [])];
}

/** What is found in a value and in all that it holds. */
export function below(tree: Tree, place: Place, depth: number): readonly Embedded[] {
  if (depth > MAX_DEPTH) return [];
  const call = callOf(tree);
  if (call?.name === 'Fn::Base64') return userData(tree, place);
  if (call?.name === 'Fn::Sub' || call?.name === 'Fn::Join') return knownText(tree, place);
  if (tree.kind === 'scalar') return knownText(tree, place);
  if (tree.kind === 'list') return tree.items.flatMap((item) => below(item, place, depth + 1));
  const lists = commandLists(tree, place);
  return [
    ...lists.documents,
    ...tree.entries.flatMap(({ key, value }) => {
      if (lists.taken.includes(value)) return [];
      return key === 'UserData' ? userData(value, place) : below(value, place, depth + 1);
    }),
  ];
}

/** A text that says itself what it is, or a document that some host knows. */
function knownText(tree: Tree, place: Place): readonly Embedded[] {
  const start = firstText(tree);
  if (start === undefined || !(isKnownText(start) || DOCUMENT.test(start))) return [];
  return textDocument(tree, place, () => undefined).filter(({ document: { text } }) => mentions(text));
}

/** SSM documents, Image Builder components and templates as texts. */
const DOCUMENT = /\bschemaVersion["']?\s*:|\bAWSTemplateFormatVersion\b|\bphases["']?\s*:/;

/** The first words of a text. */
function firstText(tree: Tree): string | undefined {
  const call = callOf(tree);
  const argument = call?.argument ?? tree;
  if (argument.kind === 'scalar') return textOf(argument);
  if (call?.name === 'Fn::Sub' && argument.kind === 'list') return textOf(argument.items[0]);
  const list = call?.name === 'Fn::Join' && argument.kind === 'list' ? argument.items[1] : undefined;
  const [first] = list?.kind === 'list' ? list.items : [];
  return first && firstText(first);
}

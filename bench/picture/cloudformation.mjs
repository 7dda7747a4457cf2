// Templates of CloudFormation in YAML and JSON, made by us of parts until they are as long as a public one: the same index always gives the same template.
import { Document, Scalar, isMap, isScalar, isSeq, visit } from 'yaml';
import { accessList, group, network } from './parts/network.mjs';
import { alarm, nested, policy, role, storage, watcher } from './parts/around.mjs';
import { others } from './parts/others.mjs';
import { variation } from './parts/resource.mjs';
import { database, service } from './parts/service.mjs';
import { fleet, host } from './parts/instances.mjs';
import { CONDITIONS, MAPPINGS, SHARED_PARAMETERS } from './shared.mjs';
import { grown } from './grow.mjs';

/**
 * @typedef {import('./parts/resource.mjs').Language} Language
 * @typedef {import('./parts/resource.mjs').MakePart} MakePart
 * @typedef {import('./parts/resource.mjs').Part} Part
 * @typedef {import('./parts/resource.mjs').Section} Section
 */

/** How many there are of each part for a hundred of all, by the kinds of resources in public templates. @type {readonly (readonly [MakePart, number])[]} */
const PARTS = [
  [host, 10],
  [role, 19],
  [group, 14],
  [fleet, 8],
  [network, 8],
  [nested, 9],
  [watcher, 8],
  [storage, 5],
  [alarm, 7],
  [database, 5],
  [service, 4],
  [accessList, 3],
  [policy, 7],
  [others, 24],
];

/** Names in `Ref`, in `${}` and as conditions. */
const NAMES = /"(?:Ref|Condition)":"(\w+)"|\$\{(\w+)[.}]|"Fn::If":\["(\w+)"|"Fn::FindInMap":\["(\w+)"/g;

/**
 * A whole template of these parts: with what they have in common, as far as they use it.
 * @param {readonly Part[]} parts
 */
function assemble(parts) {
  /** @param {keyof Part} section @returns {Section} */
  const own = (section) => Object.fromEntries(parts.flatMap((part) => Object.entries(part[section] ?? {})));
  const resources = own('Resources');
  const used = new Set();
  const use = (/** @type {unknown} */ value) => {
    for (const [, ...names] of JSON.stringify(value).matchAll(NAMES)) used.add(names.find(Boolean));
  };
  const usedOf = (/** @type {Section} */ section) =>
    Object.fromEntries(Object.entries(section).filter(([name]) => used.has(name)));
  use(resources);
  const conditions = { ...usedOf(CONDITIONS), ...own('Conditions') };
  use(conditions);
  const parameters = { ...usedOf(SHARED_PARAMETERS), ...own('Parameters') };
  const sections = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Runs ${Object.keys(resources).length} resources of a service, with its network and what watches over it.`,
    Metadata: Object.keys(parameters).length > 4 ? { 'AWS::CloudFormation::Interface': interfaceOf(parameters) } : {},
    Parameters: parameters,
    Mappings: usedOf(MAPPINGS),
    Conditions: conditions,
    Resources: resources,
    Outputs: own('Outputs'),
  };
  return Object.fromEntries(Object.entries(sections).filter(([, section]) => Object.keys(section).length > 0));
}

/** @param {string} name */
const inWords = (name) => name.replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ');

/** How the console is to show them. @param {Section} parameters */
function interfaceOf(parameters) {
  const names = Object.keys(parameters);
  const half = Math.ceil(names.length / 2);
  return {
    ParameterGroups: [
      { Label: { default: 'Network and access' }, Parameters: names.slice(0, half) },
      { Label: { default: 'Service' }, Parameters: names.slice(half) },
    ],
    ParameterLabels: Object.fromEntries(names.map((name) => [name, { default: inWords(name) }])),
  };
}

/**
 * Writes it in YAML as people do: blocks rather than braces, functions as tags, a comment above each resource.
 * @param {unknown} template
 */
function inYaml(template) {
  const document = new Document(template, { aliasDuplicateObjects: false });
  const resources = document.get('Resources');
  for (const { key } of isMap(resources) ? resources.items : []) {
    if (!(key instanceof Scalar)) continue;
    key.spaceBefore = true;
    key.commentBefore = ` ${inWords(String(key.value))} of this stack`;
  }
  visit(document, {
    Map(_, map) {
      const [pair] = map.items;
      const name = map.items.length === 1 && isScalar(pair?.key) ? String(pair.key.value) : '';
      const value = pair?.value;
      if (name !== 'Ref' && !name.startsWith('Fn::')) return undefined;
      if (name === 'Fn::GetAtt' && isSeq(value)) {
        const short = document.createNode(value.items.map((item) => (isScalar(item) ? item.value : '')).join('.'));
        short.tag = '!GetAtt';
        return short;
      }
      // Two functions in their short form may not follow each other, so one of a map keeps its name.
      if (!isScalar(value) && !isSeq(value)) return undefined;
      value.tag = `!${name.replace('Fn::', '')}`;
      if (isSeq(value)) value.flow = value.items.every((item) => isScalar(item));
      return value;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** @param {Language} language @param {readonly Part[]} parts */
function written(language, parts) {
  const template = assemble(parts);
  return language === 'yaml' ? inYaml(template) : `${JSON.stringify(template, null, 2)}\n`;
}

/**
 * A template that is about so long.
 * @param {Language} language
 * @param {number} index what it is made of
 * @param {number} bytes
 */
export const cloudFormation = (language, index, bytes) =>
  grown(
    PARTS,
    index,
    bytes,
    (make, n) => make(n, variation(index * 1009 + n), language),
    (parts) => written(language, parts),
  );

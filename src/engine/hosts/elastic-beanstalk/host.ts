/** Elastic Beanstalk's `.ebextensions/*.config`: AWS Elastic Beanstalk Developer Guide, "Customizing software on Linux servers". */
import { cloudFormation } from '../cloudformation/host';
import { command, file } from '../cloudformation/init';
import { withoutSections } from '../cloudformation/template';
import { readCarrier } from '../embedding/carrier';
import { embedKnownTexts } from '../embedding/known-texts';
import { mentions } from '../embedding/mention';
import { GO_TEMPLATE } from '../embedding/template';
import type { Embedded, Host, HostDocument } from '../host';
import { entriesOf, get } from '../tree/tree';

const NAME = /(?:^|\/)\.ebextensions\/[^/]*\.config$/;
const KEYS = /^["']?(?:container_commands|commands|files)["']?\s*:/m;
const COMMANDS = ['commands', 'container_commands'] as const;

/** A section of `Resources` is CloudFormation's ("Adding and customizing Elastic Beanstalk environment resources"). */
const withResources = (document: HostDocument): boolean => /^["']?Resources["']?\s*:/m.test(document.text);

/** Commands, files and `Fn::Join` are those of `AWS::CloudFormation::Init`, which Elastic Beanstalk makes of them. */
function documents(document: HostDocument): readonly Embedded[] {
  const carrier = readCarrier(document, GO_TEMPLATE);
  return carrier.trees.flatMap((tree) => {
    if (tree.kind !== 'map') return [];
    const place = { template: withoutSections(document, carrier, tree), loop: new Map<string, never>() };
    const own = [...COMMANDS.map((key) => get(tree, key)), get(tree, 'files'), get(tree, 'Resources')];
    return [
      ...COMMANDS.flatMap((key) => entriesOf(get(tree, key)).flatMap(({ value }) => command(value, place))),
      ...entriesOf(get(tree, 'files')).flatMap(({ key, value }) => file(key, value, '', place)),
      ...embedKnownTexts(carrier, tree, (node) => own.includes(node)),
    ];
  });
}

export const elasticBeanstalk: Host = {
  label: 'Elastic Beanstalk configuration',
  recognises: ({ name, text }) => NAME.test(name) || (name.endsWith('.config') && mentions(text) && KEYS.test(text)),
  couldMatter: (text) => cloudFormation.couldMatter(text),
  documents: (document, surroundings) => [
    ...documents(document),
    ...(withResources(document) ? (cloudFormation.documents?.(document, surroundings) ?? []) : []),
  ],
  resources: (document, surroundings) =>
    withResources(document) ? (cloudFormation.resources?.(document, surroundings) ?? []) : [],
};

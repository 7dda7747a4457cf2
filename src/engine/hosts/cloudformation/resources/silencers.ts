/** What other scanners are told to leave alone in a template: by comments, and by `Metadata` of a resource. */
import { silencedRules, speakingIn, type ForeignSuppression } from '../../../rules/foreign-suppressions';
import type { Range } from '../../../text/range';
import { get, itemsOf, textOf, type Tree } from '../../tree/tree';
import type { TemplateResource } from '../template';

export interface Silencers {
  ofResource(resource: TemplateResource): ReadonlyMap<string, string>;
  /** Of a part of a resource; `opens` says which ports it opens. */
  ofPart(resource: TemplateResource, range: Range, opens?: (port: number) => boolean): ReadonlyMap<string, string>;
  /** Of a rule apart from its group, which cfn_nag judges as a part of that. */
  ofRuleApart(
    resource: TemplateResource,
    group: TemplateResource | undefined,
    opens?: (port: number) => boolean,
  ): ReadonlyMap<string, string>;
}

export function silencersIn(text: string): Silencers {
  const speaking = speakingIn(text);
  const whole = (resource: TemplateResource): Range => ({
    start: resource.keyRange.start,
    end: resource.tree.range.end,
  });
  const ofPart = (
    resource: TemplateResource,
    range: Range,
    opens?: (port: number) => boolean,
    also: readonly ForeignSuppression[] = [],
  ): ReadonlyMap<string, string> => {
    const metadata = [...ofMetadata(get(resource.tree, 'Metadata')), ...also];
    const said = [...speaking(whole(resource), false), ...speaking(range, true)];
    return metadata.length + said.length === 0 ? NONE : silencedRules([...metadata, ...said], opens);
  };
  const isGroup = ({ type }: TemplateResource): boolean => type === 'AWS::EC2::SecurityGroup';
  return {
    ofResource: (resource) => {
      const metadata = ofMetadata(get(resource.tree, 'Metadata'));
      // Of a group, what is said of one rule is not said of another.
      const said = speaking(whole(resource), !isGroup(resource));
      return metadata.length + said.length === 0 ? NONE : silencedRules([...metadata, ...said]);
    },
    ofPart,
    ofRuleApart: (resource, group, opens) =>
      ofPart(resource, whole(resource), opens, ofCfnNag(group && get(group.tree, 'Metadata'))),
  };
}

const NONE: ReadonlyMap<string, string> = new Map();

/** `checkov.skip`, `cfn_nag.rules_to_suppress`, `guard.SuppressedRules`, each as its documentation has it. */
function ofMetadata(metadata: Tree | undefined): readonly ForeignSuppression[] {
  if (!metadata) return [];
  return [
    ...named('checkov', get(metadata, 'checkov', 'skip'), 'id'),
    ...ofCfnNag(metadata),
    ...named('guard', get(metadata, 'guard', 'SuppressedRules')),
  ];
}

function ofCfnNag(metadata: Tree | undefined): readonly ForeignSuppression[] {
  return metadata ? named('cfn_nag', get(metadata, 'cfn_nag', 'rules_to_suppress'), 'id') : [];
}

function named(scanner: string, list: Tree | undefined, key?: string): readonly ForeignSuppression[] {
  return itemsOf(list).flatMap((item) => {
    const id = textOf(key === undefined ? item : get(item, key));
    return id === undefined ? [] : [{ ids: [id], written: `${scanner}: ${id}`, line: 0, reach: 'within' as const }];
  });
}

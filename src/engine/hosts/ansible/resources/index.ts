/** What tasks make of EC2, as resources: the modules of the collections `amazon.aws` and `community.aws`. */
import { text as textOfDatum } from '../../../ec2/datum';
import type { Image, Resource, ResourceEditor, Volume } from '../../../ec2/model';
import { silencedRules, speakingIn } from '../../../rules/foreign-suppressions';
import type { Carrier } from '../../embedding/carrier';
import { get, textOf, walk, type Tree, type TreeEntry } from '../../tree/tree';
import { flag, instance, launchTemplate } from './launch';
import type { Reading } from './reading';
import { securityGroup } from './security-group';
import { valuesIn, type Values } from './values';

const MODULES: Readonly<Record<string, (reading: Reading) => readonly Resource[]>> = {
  ec2_group: (reading) => [securityGroup(reading)],
  ec2_security_group: (reading) => [securityGroup(reading)],
  ec2_instance: instance,
  ec2_launch_template: launchTemplate,
  ec2_vol: volume,
  ec2_ami: image,
};

const NAME = /^(?:(?:amazon|community)\.aws\.)?(\w+)$/;

/** A key of a task that names one of the modules, at the start of a line. A cheap test of the raw text. */
export const EC2_MODULE_LINE =
  /^[ \t]*(?:-[ \t]+)?["']?(?:(?:amazon|community)\.aws\.)?ec2_(?:group|security_group|instance|launch_template|vol|ami)["']?[ \t]*:/m;

/** @param written the file as it is written */
export function resourcesOf(carrier: Carrier, written: string): readonly Resource[] {
  return carrier.trees.flatMap((tree) => {
    let values: Values | undefined;
    let speaking: File['speaking'] | undefined;
    const found: Resource[] = [];
    walk(tree, (node) => {
      if (node.kind !== 'map') return true;
      for (const call of node.entries) {
        const make = moduleOf(call);
        if (!make || call.value.kind !== 'map' || isTakenAway(call.value)) continue;
        values ??= valuesIn(written, tree);
        speaking ??= speakingIn(written);
        found.push(...make(readingOf(node, call, { text: written, values, speaking })));
      }
      return true;
    });
    return found;
  });
}

function moduleOf({ key }: TreeEntry): ((reading: Reading) => readonly Resource[]) | undefined {
  const name = NAME.exec(key)?.[1];
  return name !== undefined && Object.hasOwn(MODULES, name) ? MODULES[name] : undefined;
}

function isTakenAway(args: Tree): boolean {
  return /^(?:absent|terminated|stopped|restarted|rebooted|list)$/.test(textOf(get(args, 'state')) ?? '');
}

interface File {
  readonly text: string;
  readonly values: Values;
  readonly speaking: ReturnType<typeof speakingIn>;
}

function readingOf(task: Tree, { key, keyRange, value }: TreeEntry, { text, values, speaking }: File): Reading {
  const name = textOf(get(task, 'name'));
  const edit: ResourceEditor = {
    set: () => undefined,
    replace: (datum, to) => values.replace(datum, to),
    drop: () => undefined,
    remove: () => undefined,
  };
  return {
    base: {
      // An expression in a name is covered by marks.
      address: name === undefined || /[\uE000-\uF8FF]/.test(name) ? key : name,
      range: task.range,
      head: keyRange,
      silenced: silencedRules(speaking(task.range)),
      edit,
    },
    valueOf: (...keys) => values.of(get(value, ...keys)),
    firstLine: ({ start, end }) => {
      const lineEnd = /\r?\n/.exec(text.slice(start, end))?.index;
      return { start, end: lineEnd === undefined ? end : start + lineEnd };
    },
    silencedIn: (part) => silencedRules([...speaking(task.range), ...speaking(part, true)]),
  };
}

function volume({ base, valueOf }: Reading): readonly Volume[] {
  // Without a size or a snapshot it attaches one that is there.
  const snapshot = valueOf('snapshot');
  if (!valueOf('volume_size') && !snapshot) return [];
  return [{ ...base, kind: 'volume', encrypted: flag(valueOf('encrypted')), kmsKey: valueOf('kms_key_id'), snapshot }];
}

function image({ base, valueOf }: Reading): readonly Image[] {
  const groups = valueOf('launch_permissions', 'group_names');
  if (!groups || textOfDatum(groups) === '') return [];
  return [
    {
      ...base,
      kind: 'image',
      isRegistered: false,
      sharedWith: groups,
      imdsSupport: undefined,
      blockDevices: [],
      architecture: undefined,
    },
  ];
}

/** What tasks make of EC2, as resources: the modules of the collections `amazon.aws` and `community.aws`. */
import { text as textOfDatum } from '../../../ec2/datum';
import type { Image, Resource, ResourceEditor, Volume } from '../../../ec2/model';
import { foreignComments, silencedRules, speakingOf } from '../../../rules/foreign-suppressions';
import { lineIndex } from '../../../text/line-index';
import type { Range } from '../../../text/range';
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
    let silenced: Silenced | undefined;
    const found: Resource[] = [];
    walk(tree, (node) => {
      if (node.kind !== 'map') return true;
      for (const call of node.entries) {
        const make = moduleOf(call);
        if (!make || call.value.kind !== 'map' || isTakenAway(call.value)) continue;
        values ??= valuesIn(written, tree);
        silenced ??= silencersIn(written);
        found.push(...make(readingOf(node, call, { text: written, values, silenced })));
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

/** What comments silence of a span. @param isPart whether it is a part of a task */
type Silenced = (range: Range, isPart: boolean) => ReadonlyMap<string, string>;

function silencersIn(text: string): Silenced {
  const comments = foreignComments(text);
  if (comments.length === 0) return () => NOTHING_SILENCED;
  const lines = lineIndex(text);
  return ({ start, end }, isPart) => {
    const extent = { first: lines.positionAt(start).line, last: lines.positionAt(Math.max(start, end - 1)).line };
    return silencedRules(speakingOf(comments, extent, isPart));
  };
}

const NOTHING_SILENCED: ReadonlyMap<string, string> = new Map();

interface File {
  readonly text: string;
  readonly values: Values;
  readonly silenced: Silenced;
}

function readingOf(task: Tree, { key, keyRange, value }: TreeEntry, { text, values, silenced }: File): Reading {
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
      silenced: silenced(task.range, false),
      edit,
    },
    valueOf: (...keys) => values.of(get(value, ...keys)),
    firstLine: ({ start, end }) => {
      const lineEnd = /\r?\n/.exec(text.slice(start, end))?.index;
      return { start, end: lineEnd === undefined ? end : start + lineEnd };
    },
    silencedIn: (part) => {
      const said = silenced(part, true);
      const ofTask = silenced(task.range, false);
      return said.size === 0 ? ofTask : new Map([...ofTask, ...said]);
    },
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

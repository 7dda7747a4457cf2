/** What Packer makes of EC2: images and their snapshots, and the instance that they are made on (HashiCorp's documentation of the Amazon builders). */
import type { Datum } from '../../ec2/datum';
import type { Image, Instance, Resource, Snapshot } from '../../ec2/model';
import { launchOfOptions } from '../../ec2/launch-of-options';
import type { Body } from '../hcl/syntax';
import type { Module } from '../terraform/module';
import { metadataOptionsOf } from '../terraform/resources/launch';
import { argument, baseOf, type Reading } from '../terraform/resources/reading';
import { readingsOf } from '../terraform/resources/readings';
import { silencersIn } from '../terraform/resources/silencers';

const BUILDERS = /^amazon-(?:ebs|ebssurrogate|chroot|instance)$/;

/** Their images bring required tokens, and so do those made of them. */
const BRINGS_REQUIRED = /al2023|amazon-linux-2023|amzn2023/i;

export function resourcesOf(body: Body, module: Module): readonly Resource[] {
  const { uri, text } = body.source;
  const silencers = silencersIn(text);
  return body.blocks.flatMap((block): readonly Resource[] => {
    const [type = '', name = ''] = block.labels;
    if (block.type !== 'source' || !BUILDERS.test(type)) return [];
    return readingsOf(block, `${type}.${name}`, module, uri, silencers).flatMap((reading) => [
      image(reading, BRINGS_REQUIRED.test(text.slice(block.range.start, block.range.end))),
      snapshot(reading),
      ...builder(reading),
    ]);
  });
}

function image(reading: Reading, bringsRequired: boolean): Image {
  const base = baseOf(reading);
  const asItsSource: Datum = { kind: 'unknown', why: 'it is as its source', range: base.head };
  return {
    kind: 'image',
    isRegistered: true,
    ...base,
    sharedWith: argument(reading, 'ami_groups'),
    imdsSupport: argument(reading, 'imds_support') ?? (bringsRequired ? asItsSource : undefined),
    blockDevices: [],
    architecture: undefined,
  };
}

function snapshot(reading: Reading): Snapshot {
  return { kind: 'snapshot', ...baseOf(reading), sharedWith: argument(reading, 'snapshot_groups') };
}

/** It lives for minutes: only what is said in so many words counts. */
function builder(reading: Reading): readonly Instance[] {
  const { httpTokens, ...options } = metadataOptionsOf(reading);
  if (!httpTokens) return [];
  const base = baseOf(reading);
  const other: Datum = { kind: 'unknown', why: 'it is for a while', range: base.head };
  const launch = launchOfOptions(base, { httpTokens, ...options }, other);
  return [{ ...launch, kind: 'instance', launchTemplate: undefined }];
}

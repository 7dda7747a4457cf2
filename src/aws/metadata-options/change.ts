/** Metadata options of an instance as they are, as they shall be, and what to send for it. */
import type { HttpTokensState, InstanceMetadataEndpointState } from '@aws-sdk/client-ec2';
import { AwsFailure } from '../clients/failure';
import type { MetadataOptionsRecord } from '../inventory/records';

/** What may be set (EC2 API Reference, ModifyInstanceMetadataOptions). What is left out stays as it is. */
export interface MetadataOptionsChange {
  readonly tokens?: 'optional' | 'required';
  readonly endpoint?: 'enabled' | 'disabled';
  /** 1 to 64. */
  readonly hopLimit?: number;
  readonly ipv6?: 'enabled' | 'disabled';
  readonly instanceTags?: 'enabled' | 'disabled';
}

export const OPTION_NAMES = ['tokens', 'endpoint', 'hopLimit', 'ipv6', 'instanceTags'] as const;
export type OptionName = (typeof OPTION_NAMES)[number];

/** What each may be (EC2 API Reference, ModifyInstanceMetadataOptions). */
const VALUES: Readonly<Record<Exclude<OptionName, 'hopLimit'>, readonly unknown[]>> = {
  tokens: ['optional', 'required'],
  endpoint: ['enabled', 'disabled'],
  ipv6: ['enabled', 'disabled'],
  instanceTags: ['enabled', 'disabled'],
};

export const HOP_LIMITS = { least: 1, most: 64 } as const;

/** @throws AwsFailure that names the first value that AWS would not take; a plan from a file may hold anything */
export function assertValues(change: MetadataOptionsChange): void {
  for (const name of OPTION_NAMES) {
    const value: unknown = change[name];
    if (value === undefined) continue;
    const { least, most } = HOP_LIMITS;
    const isRight =
      name === 'hopLimit'
        ? Number.isInteger(value) && Number(value) >= least && Number(value) <= most
        : VALUES[name].includes(value);
    if (isRight) continue;
    const allowed =
      name === 'hopLimit' ? `a whole number from ${String(least)} to ${String(most)}` : VALUES[name].join(' or ');
    throw new AwsFailure(`${JSON.stringify(value)} is no value of ${name}: it takes ${allowed}.`, {
      kind: 'invalid-request',
      action: 'none',
      advice: 'Nothing was sent.',
    });
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function copyOption(
  to: Mutable<MetadataOptionsChange>,
  name: OptionName,
  from: MetadataOptionsChange | MetadataOptionsRecord,
): void {
  const value = from[name];
  if (value !== undefined) Object.assign(to, { [name]: value });
}

/** Only what differs from what is there. */
export function difference(now: MetadataOptionsRecord, wanted: MetadataOptionsChange): MetadataOptionsChange {
  const result: Mutable<MetadataOptionsChange> = {};
  for (const name of OPTION_NAMES) {
    if (wanted[name] !== undefined && wanted[name] !== now[name]) copyOption(result, name, wanted);
  }
  return result;
}

/** All of what is there, as something to go back to. */
export function settingsOf(options: MetadataOptionsRecord): MetadataOptionsChange {
  const result: Mutable<MetadataOptionsChange> = {};
  for (const name of OPTION_NAMES) copyOption(result, name, options);
  return result;
}

/** The options of one that the other has, too. */
export function chosen(values: MetadataOptionsChange, names: MetadataOptionsChange): MetadataOptionsChange {
  const result: Mutable<MetadataOptionsChange> = {};
  for (const name of OPTION_NAMES) if (names[name] !== undefined) copyOption(result, name, values);
  return result;
}

/** True where all that is wanted is there. */
export function isAsWanted(now: MetadataOptionsRecord, wanted: MetadataOptionsChange): boolean {
  return Object.keys(difference(now, wanted)).length === 0;
}

/** The API's names; nothing that was not chosen. */
export function toInput(instance: string, change: MetadataOptionsChange) {
  const { tokens, endpoint, hopLimit, ipv6, instanceTags } = change;
  return {
    InstanceId: instance,
    ...(tokens === undefined ? {} : { HttpTokens: tokens satisfies HttpTokensState }),
    ...(endpoint === undefined ? {} : { HttpEndpoint: endpoint satisfies InstanceMetadataEndpointState }),
    ...(hopLimit === undefined ? {} : { HttpPutResponseHopLimit: hopLimit }),
    ...(ipv6 === undefined ? {} : { HttpProtocolIpv6: ipv6 }),
    ...(instanceTags === undefined ? {} : { InstanceMetadataTags: instanceTags }),
  };
}

const FLAGS: Readonly<Record<OptionName, string>> = {
  tokens: '--http-tokens',
  endpoint: '--http-endpoint',
  hopLimit: '--http-put-response-hop-limit',
  ipv6: '--http-protocol-ipv6',
  instanceTags: '--instance-metadata-tags',
};

/** A word as a POSIX shell reads it: ids of AWS's and values of options need no quotes. */
export function shellWord(word: string): string {
  return /^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The same as a command of the AWS CLI. */
export function toCommand(region: string, instance: string, change: MetadataOptionsChange): string {
  const options = OPTION_NAMES.flatMap((name) => {
    const value = change[name];
    return value === undefined ? [] : [FLAGS[name], String(value)];
  });
  const place = ['--region', region, '--instance-id', instance];
  return ['aws', 'ec2', 'modify-instance-metadata-options', ...place, ...options].map(shellWord).join(' ');
}

/** Metadata options of an instance as they are, as they shall be, and what to send for it. */
import type { HttpTokensState, InstanceMetadataEndpointState } from '@aws-sdk/client-ec2';
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

/** The same as a command of the AWS CLI. Every value is of a fixed set, and ids of AWS's are plain words, so that nothing needs quotes. */
export function toCommand(region: string, instance: string, change: MetadataOptionsChange): string {
  const options = OPTION_NAMES.flatMap((name) => {
    const value = change[name];
    return value === undefined ? [] : [`${FLAGS[name]} ${String(value)}`];
  });
  const parts = ['aws ec2 modify-instance-metadata-options', `--region ${region}`, `--instance-id ${instance}`];
  return [...parts, ...options].join(' ');
}

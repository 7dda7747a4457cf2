/** What an account says of the metadata options of instances that do not say themselves, region by region. */
import { GetInstanceMetadataDefaultsCommand, type EC2Client } from '@aws-sdk/client-ec2';

/** EC2 API Reference, InstanceMetadataDefaultsResponse. Undefined: no preference. */
export interface MetadataDefaults {
  readonly tokens: 'optional' | 'required' | undefined;
  readonly hopLimit: number | undefined;
  readonly endpoint: 'enabled' | 'disabled' | undefined;
  readonly instanceTags: 'enabled' | 'disabled' | undefined;
  /** True where a launch that would not require tokens is refused. */
  readonly enforced: boolean;
  /** Who may change it: the account, or its organization by a declarative policy. */
  readonly managedBy: 'account' | 'declarative-policy' | undefined;
  /** What the organization wants to be told to whoever tries. */
  readonly exception: string | undefined;
}

export async function metadataDefaults(
  client: Pick<EC2Client, 'send'>,
  signal: AbortSignal | undefined,
): Promise<MetadataDefaults> {
  const { AccountLevel: level } = await client.send(
    new GetInstanceMetadataDefaultsCommand({}),
    signal ? { abortSignal: signal } : {},
  );
  return {
    tokens: level?.HttpTokens,
    hopLimit: level?.HttpPutResponseHopLimit,
    endpoint: level?.HttpEndpoint,
    instanceTags: level?.InstanceMetadataTags,
    enforced: level?.HttpTokensEnforced === 'enabled',
    managedBy: level?.ManagedBy,
    exception: level?.ManagedExceptionMessage,
  };
}

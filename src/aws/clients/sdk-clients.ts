/** Clients of the SDK for one profile's requests. */
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { STSClient } from '@aws-sdk/client-sts';
import { loadConfig, nodeDualstackConfigSelectors, nodeFipsConfigSelectors } from '@smithy/core/config';
import { AdaptiveRetryStrategy } from '@smithy/core/retry';
import type { AwsCredentialIdentity } from '@smithy/types';
import { sdkFiles } from '../profiles/files';
import type { ProfileFiles } from '../profiles/profile';
import { endpointOf, type ServiceId } from './endpoint';
import type { RetryEvent } from './failure';
import { readInPortions } from './portions';
import { tellRetries } from './retry';

export interface ClientOptions {
  readonly profile: string;
  readonly region: string;
  readonly files: ProfileFiles;
  readonly credentials: (() => Promise<AwsCredentialIdentity>) | undefined;
  readonly maxAttempts: number;
  readonly tell: (event: RetryEvent) => void;
}

export interface SdkClients {
  readonly ec2: EC2Client;
  readonly sts: STSClient;
  readonly iam: IAMClient;
  readonly cloudwatch: CloudWatchClient;
  readonly autoScaling: AutoScalingClient;
}

/** Milliseconds to wait for a connection, and for an answer. */
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true } as const;

const SERVICE_IDS: Readonly<Record<keyof SdkClients, ServiceId>> = {
  ec2: 'EC2',
  sts: 'STS',
  iam: 'IAM',
  cloudwatch: 'CloudWatch',
  autoScaling: 'Auto Scaling',
};

/** What every client of a profile is made with. */
export async function configurationOf(service: keyof SdkClients, options: ClientOptions) {
  const { profile, region, files, credentials, maxAttempts } = options;
  const endpoint = await endpointOf(SERVICE_IDS[service], profile, files);
  const ofProfile = { profile, ...sdkFiles(files) };
  return {
    region,
    ...(credentials ? { credentials } : {}),
    ...(endpoint === undefined ? { ignoreConfiguredEndpointUrls: true } : { endpoint }),
    useFipsEndpoint: (await loadConfig(nodeFipsConfigSelectors, ofProfile)()) ?? false,
    useDualstackEndpoint: (await loadConfig(nodeDualstackConfigSelectors, ofProfile)()) ?? false,
    retryStrategy: new AdaptiveRetryStrategy(() => Promise.resolve(maxAttempts)),
    maxAttempts,
    requestHandler: TIMEOUTS,
  };
}

type Makers = { readonly [S in keyof SdkClients]: (options: ClientOptions) => Promise<SdkClients[S]> };

const MAKERS: Makers = {
  ec2: async (options) => {
    const client = new EC2Client(await configurationOf('ec2', options));
    tellRetries(client.middlewareStack, 'ec2', options);
    readInPortions(client);
    // It writes answers to the SDK's log, which is nowhere, and goes through all of them all the same.
    client.middlewareStack.remove('loggerMiddleware');
    return client;
  },
  sts: async (options) => {
    const client = new STSClient(await configurationOf('sts', options));
    tellRetries(client.middlewareStack, 'sts', options);
    return client;
  },
  iam: async (options) => {
    const client = new IAMClient(await configurationOf('iam', options));
    tellRetries(client.middlewareStack, 'iam', options);
    return client;
  },
  cloudwatch: async (options) => {
    const client = new CloudWatchClient(await configurationOf('cloudwatch', options));
    tellRetries(client.middlewareStack, 'cloudwatch', options);
    return client;
  },
  autoScaling: async (options) => {
    const client = new AutoScalingClient(await configurationOf('autoScaling', options));
    tellRetries(client.middlewareStack, 'autoscaling', options);
    return client;
  },
};

export function makeClient<S extends keyof SdkClients>(service: S, options: ClientOptions): Promise<SdkClients[S]> {
  return MAKERS[service](options);
}

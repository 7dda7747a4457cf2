/** Sessions of STS: roles taken on, and sessions of a user's keys with a code. */
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
  type AssumeRoleCommandInput,
  type AssumeRoleWithWebIdentityCommandInput,
  type Credentials,
} from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';
import { AwsFailure } from '../clients/failure';
import { tellRetries } from '../clients/retry';
import { configurationOf, type ClientOptions } from '../clients/sdk-clients';
import type { Caller } from './holder';

/** Makes a client that signs with these credentials, or with none. */
export type StsFor = (credentials: AwsCredentialIdentity | undefined) => STSClient;

/** Clients for one profile's own requests to STS; each acts for one identity, and is thrown away. */
export async function stsFactory(options: Omit<ClientOptions, 'credentials'>): Promise<StsFor> {
  const configuration = await configurationOf('sts', { ...options, credentials: undefined });
  return (credentials) => {
    const client = new STSClient({ ...configuration, ...(credentials ? { credentials } : {}) });
    tellRetries(client.middlewareStack, 'sts', options);
    return client;
  };
}

/** Whose credentials these are. */
export async function callerOf(sts: StsFor, credentials: AwsCredentialIdentity): Promise<Caller> {
  const answer = await using(sts(credentials), (client) => client.send(new GetCallerIdentityCommand({})));
  const { Account: account, Arn: arn } = answer;
  if (account !== undefined && arn !== undefined) return { account, arn };
  throw new AwsFailure('AWS did not say whose credentials these are.', {
    kind: 'unreadable-answer',
    action: 'retry',
    advice: 'Try again.',
  });
}

function identityOf(credentials: Credentials | undefined, what: string): AwsCredentialIdentity {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined) {
    throw new AwsFailure(`AWS gave no credentials for ${what}.`, {
      kind: 'unreadable-answer',
      action: 'retry',
      advice: 'Try again.',
    });
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    ...(Expiration ? { expiration: Expiration } : {}),
  };
}

async function using<T>(client: STSClient, act: (client: STSClient) => Promise<T>): Promise<T> {
  try {
    return await act(client);
  } finally {
    client.destroy();
  }
}

export async function takeOnRole(
  sts: StsFor,
  source: AwsCredentialIdentity,
  input: AssumeRoleCommandInput,
): Promise<AwsCredentialIdentity> {
  const answer = await using(sts(source), (client) => client.send(new AssumeRoleCommand(input)));
  return identityOf(answer.Credentials, input.RoleArn ?? 'the role');
}

export async function takeOnRoleByToken(
  sts: StsFor,
  input: AssumeRoleWithWebIdentityCommandInput,
): Promise<AwsCredentialIdentity> {
  const answer = await using(sts(undefined), (client) => client.send(new AssumeRoleWithWebIdentityCommand(input)));
  return identityOf(answer.Credentials, input.RoleArn ?? 'the role');
}

/** Twelve hours, which is what STS gives by itself. */
export async function sessionOfKeys(
  sts: StsFor,
  keys: AwsCredentialIdentity,
  device: string,
  code: string,
): Promise<AwsCredentialIdentity> {
  const answer = await using(sts(keys), (client) =>
    client.send(new GetSessionTokenCommand({ SerialNumber: device, TokenCode: code })),
  );
  return identityOf(answer.Credentials, device);
}

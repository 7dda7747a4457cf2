import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

/**
 * Speaks to one account of the emulator in one region.
 * @typedef {object} Clients
 * @property {EC2Client} ec2
 * @property {IAMClient} iam
 * @property {CloudWatchClient} cloudWatch
 * @property {import('@smithy/types').AwsCredentialIdentity} credentials
 * @property {() => void} close
 */

const NO_KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' };

/**
 * @param {string} endpoint
 * @param {string} account
 * @param {string} region
 * @param {string} [proxy] who keeps the metrics, and has to learn whose the keys are; all else goes past it
 * @returns {Promise<Clients>}
 */
export async function clientsOf(endpoint, account, region, proxy = endpoint) {
  const sts = new STSClient({ endpoint: proxy, region, credentials: NO_KEYS });
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/Seed`, RoleSessionName: 'seed' }),
  );
  sts.destroy();
  const credentials = {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  };
  const ec2 = new EC2Client({ endpoint, region, credentials });
  const iam = new IAMClient({ endpoint, region, credentials });
  const cloudWatch = new CloudWatchClient({ endpoint: proxy, region, credentials });
  const close = () => [ec2, iam, cloudWatch].forEach((client) => client.destroy());
  return { ec2, iam, cloudWatch, credentials, close };
}

/** The value that an answer must have. @template T @param {T | undefined} value @param {string} what @returns {T} */
export function given(value, what) {
  if (value === undefined) throw new Error(`The emulated account gave no ${what}.`);
  return value;
}

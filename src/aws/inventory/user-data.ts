/** User data, with what it was wrapped in undone. */
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import { DescribeInstanceAttributeCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { UserData } from './records';

/** EC2 takes 16 KB; unpacked it may be more, and need not be endless. */
const MOST = 4 * 1024 * 1024;

export async function readUserData(
  client: EC2Client,
  instance: string,
  signal: AbortSignal | undefined,
): Promise<UserData> {
  const command = new DescribeInstanceAttributeCommand({ InstanceId: instance, Attribute: 'userData' });
  const answer = await client.send(command, signal ? { abortSignal: signal } : {});
  return decodeUserData(answer.UserData?.Value ?? '');
}

/** What EC2 gives, which is base64, as the text that cloud-init or EC2Launch gets to read. */
export async function decodeUserData(encoded: string): Promise<UserData> {
  if (encoded === '') return { text: undefined, encodings: [] };
  const bytes = Buffer.from(encoded, 'base64');
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const encodings = isGzip ? (['base64', 'gzip'] as const) : (['base64'] as const);
  let content = bytes;
  if (isGzip) {
    try {
      content = await promisify(gunzip)(bytes, { maxOutputLength: MOST });
    } catch {
      return { text: undefined, encodings, unreadable: 'It is compressed by gzip, and cannot be unpacked.' };
    }
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(content), encodings };
  } catch {
    return { text: undefined, encodings, unreadable: 'It is no text, but bytes of some other kind.' };
  }
}

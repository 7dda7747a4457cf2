/** What an image says of itself: whether its software is known to ask for tokens. */
import { DescribeImagesCommand, type EC2Client } from '@aws-sdk/client-ec2';

/**
 * `v2`: who made the image says that its software works with tokens only (EC2 User Guide, "Configure the AMI": `ImdsSupport` is `v2.0`). `unsaid`: it
 * says nothing. `gone`: the image is not there any more, or belongs to somebody who does not share it.
 */
export type ImageSupport = 'v2' | 'unsaid' | 'gone';

export async function imageSupport(
  client: Pick<EC2Client, 'send'>,
  image: string,
  signal: AbortSignal | undefined,
): Promise<ImageSupport> {
  try {
    const command = new DescribeImagesCommand({ ImageIds: [image], IncludeDeprecated: true });
    const { Images = [] } = await client.send(command, signal ? { abortSignal: signal } : {});
    const [found] = Images;
    if (found === undefined) return 'gone';
    return found.ImdsSupport === 'v2.0' ? 'v2' : 'unsaid';
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('InvalidAMIID.')) return 'gone';
    throw error;
  }
}

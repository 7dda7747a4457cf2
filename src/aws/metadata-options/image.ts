/** What images say of themselves: whether their software is known to ask for tokens. */
import { DescribeImagesCommand, type EC2Client } from '@aws-sdk/client-ec2';

/**
 * `v2`: who made the image says that its software works with tokens only (EC2 User Guide, "Configure the AMI": `ImdsSupport` is `v2.0`). `unsaid`: it
 * says nothing. `gone`: the image is not there any more, or belongs to somebody who does not share it.
 */
export type ImageSupport = 'v2' | 'unsaid' | 'gone';

/** A filter takes so many values (EC2 API Reference, "Filter"). */
const IMAGES_PER_CALL = 200;

/** One request for 200 images. They are asked for by a filter, as one id that is gone makes a request by ids fail for all. */
export async function imageSupports(
  client: Pick<EC2Client, 'send'>,
  images: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, ImageSupport>> {
  const wanted = [...new Set(images)];
  const found = new Map<string, ImageSupport>(wanted.map((image) => [image, 'gone']));
  for (let at = 0; at < wanted.length; at += IMAGES_PER_CALL) {
    const command = new DescribeImagesCommand({
      Filters: [{ Name: 'image-id', Values: wanted.slice(at, at + IMAGES_PER_CALL) }],
      IncludeDeprecated: true,
      IncludeDisabled: true,
    });
    const { Images = [] } = await client.send(command, signal ? { abortSignal: signal } : {});
    for (const { ImageId = '', ImdsSupport } of Images) found.set(ImageId, ImdsSupport === 'v2.0' ? 'v2' : 'unsaid');
  }
  return found;
}

/** Which of an account's regions have something in them. */
import pMap from 'p-map';
import type { Aws, Session } from '../../aws';

/** How many regions are asked at once. */
const AT_ONCE = 4;

export interface RegionSearch {
  /** Regions that have an instance or a network interface, in the order of their names. */
  readonly found: readonly string[];
  /** Regions that could not be asked, with the reason. */
  readonly failed: readonly { readonly region: string; readonly error: unknown }[];
}

/**
 * Asks each enabled region for its first instance, and where there is none for its first network interface.
 * @param progress called after each region with how many of how many are done
 */
export async function findRegions(
  aws: Aws,
  session: Session,
  signal: AbortSignal,
  progress: (done: number, all: number) => void,
): Promise<RegionSearch> {
  const regions = (await aws.regions(session, { signal })).filter(({ enabled }) => enabled).map(({ name }) => name);
  const found: string[] = [];
  const failed: { region: string; error: unknown }[] = [];
  let done = 0;
  const look = async (region: string): Promise<void> => {
    if (signal.aborted) return;
    const there = aws.inRegion(session, region);
    try {
      if (await hasAny(aws.instances(there, { signal }))) found.push(region);
      else if (await hasAny(aws.networkInterfaces(there, { signal }))) found.push(region);
    } catch (error) {
      failed.push({ region, error });
    }
    done += 1;
    progress(done, regions.length);
  };
  await pMap(regions, look, { concurrency: AT_ONCE });
  return { found: found.sort(), failed };
}

/** Reads no further than the first page that has something. */
async function hasAny(pages: AsyncIterable<{ readonly items: readonly unknown[] }>): Promise<boolean> {
  for await (const { items } of pages) if (items.length > 0) return true;
  return false;
}

/** Snapshots and images that are shared with everybody. */
import { items, text, type Datum } from '../ec2/datum';

/** The datum that shares with everybody: the group `all` (EBS User Guide, "Share a snapshot"; EC2 User Guide, "Make your AMI public"). */
export function sharedWithAll(sharedWith: Datum | undefined): Datum | undefined {
  return items(sharedWith).items.find(({ datum }) => text(datum)?.toLowerCase() === 'all')?.datum;
}

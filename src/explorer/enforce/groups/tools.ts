/** What changing security groups works with. */
import type { Aws, AwsChanges, LiveFinding, RecordKind, ResourceRecord, Session } from '../../../aws';
import type { ChoiceUi } from '../choose-options';
import type { EnforceUi } from '../enforce';
import type { OfferUi } from '../tell';

export interface GroupTools {
  readonly aws: Aws & AwsChanges;
  readonly ui: Omit<EnforceUi, 'showEvidence'> & ChoiceUi & OfferUi;
  /** What the sidebar has found of a resource. */
  readonly findingsOf: (session: Session, id: string) => readonly LiveFinding[];
  /** Draws a resource as it was just read. */
  readonly show: (session: Session, record: ResourceRecord) => void;
  /** Reads open documents again, of which something else was changed that they are judged by. */
  readonly refresh: (session: Session, ids: readonly string[]) => void;
  /** Reads a list again, as something of it is not there any more. */
  readonly readAgain: (session: Session, kind: RecordKind) => void;
  readonly openLog: () => void;
}

/** All records of one answer. */
export async function collect<T>(pages: AsyncIterable<{ readonly items: readonly T[] }>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const { items } of pages) found.push(...items);
  return found;
}

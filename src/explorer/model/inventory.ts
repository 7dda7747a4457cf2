/** What is known of one session's region. Nothing of another session ever gets in: a session has an inventory of its own, made with it. */
import type { Aws, LiveFinding, RecordKind, ResourceRecord, Session } from '../../aws';
import type { Settings } from '../../engine';
import { listOf, type RecordOf } from '../kinds/lists';
import { addCounts, countFindings, NO_FINDINGS, type FindingCounts } from './finding-counts';
import { startListing, type Listing, type ListingState } from './listing';

export interface Shown<R extends ResourceRecord> extends ListingState<R> {
  /** True while a newer list is being read; the records are those of the last one. */
  readonly refreshing: boolean;
  /** When the records were read to their end; milliseconds. */
  readonly asOf: number | undefined;
}

export interface EC2Filter {
  readonly name: string;
  readonly values: readonly string[];
}

export interface Inventory {
  readonly session: Session;
  /** The list of a kind, which begins to be read when it is first asked for. */
  readonly list: <K extends RecordKind>(kind: K) => Listing<RecordOf<K>>;
  /** What can be shown of a kind; undefined where nobody has asked for it. */
  readonly shown: <K extends RecordKind>(kind: K) => Shown<RecordOf<K>> | undefined;
  /** Reads all lists again that have been asked for, or one. */
  readonly refresh: (kind?: RecordKind) => void;
  /** Records by a filter of EC2's, without reading the whole list; those of the list where it is there. Throws AwsFailure. */
  readonly related: <K extends RecordKind>(
    kind: K,
    filter: EC2Filter,
    matches: (record: RecordOf<K>) => boolean,
  ) => Promise<readonly RecordOf<K>[]>;
  readonly record: (kind: RecordKind, id: string) => ResourceRecord | undefined;
  readonly records: () => readonly ResourceRecord[];
  /** Kinds of which `records` has all that there are. */
  readonly complete: () => readonly RecordKind[];
  readonly findingsOf: (id: string) => readonly LiveFinding[];
  readonly countsOf: (kind: RecordKind) => FindingCounts;
  /** Reads instances again that are between two states. Gives how many there were. */
  readonly pollPassing: () => Promise<number>;
  /** Why nothing may be changed here; undefined where changes are allowed. */
  readonly readOnly: () => string | undefined;
  /** Shows a resource as it was just read by this session, and judges anew. */
  readonly update: (record: ResourceRecord) => void;
  /** Judges anew what is there, as when the settings have changed. */
  readonly rejudge: () => void;
  /** Says what keeps requests waiting. */
  readonly notice: (operation: string, text: string) => void;
  readonly cancel: () => void;
  readonly lastRefresh: () => number;
}

export interface InventoryEvents {
  /** What the user chose about rules. */
  readonly settings: () => Settings | undefined;
  /** A list or its findings changed; undefined: all of the region. */
  readonly changed: (kind: RecordKind | undefined) => void;
  readonly now: () => number;
  /** Something went wrong that no node can show. */
  readonly log: (message: string, error: unknown) => void;
}

interface Slot {
  current: Listing;
  /** The last that came to its end, shown until `current` does. */
  previous: { readonly listing: Listing; readonly asOf: number } | undefined;
  asOf: number | undefined;
}

/** States that do not last. */
const PASSING = new Set(['pending', 'stopping', 'shutting-down']);

export function createInventory(
  aws: Aws,
  session: Session,
  { changed, now, log, settings }: InventoryEvents,
): Inventory {
  const slots = new Map<RecordKind, Slot>();
  /** Read for one node, by a filter. */
  const strays = new Map<string, ResourceRecord>();
  /** By kind and filter, until the next refresh. */
  const answers = new Map<string, Promise<readonly ResourceRecord[]>>();
  let findings = new Map<string, LiveFinding[]>();
  let judgement: AbortController | undefined;
  let lastRefresh = now();
  let cancelled = false;

  const begin = (kind: RecordKind, previous: Slot['previous']): Slot => {
    const listing: Listing = startListing<ResourceRecord>(
      (signal) => listOf(aws, kind, session, { signal }),
      () => {
        // A list that was replaced meanwhile has nothing to say any more.
        if (slot.current !== listing || cancelled) return;
        const { status } = listing.state();
        if (status === 'complete') {
          slot.previous = undefined;
          slot.asOf = now();
          void judge();
        }
        changed(kind);
      },
    );
    const slot: Slot = { current: listing, previous, asOf: undefined };
    slots.set(kind, slot);
    return slot;
  };

  const slotOf = (kind: RecordKind): Slot => slots.get(kind) ?? begin(kind, undefined);

  const judge = async (): Promise<void> => {
    judgement?.abort();
    const mine = new AbortController();
    judgement = mine;
    try {
      const found = await aws.judge(session, records(), settings(), { signal: mine.signal, complete: complete() });
      if (mine.signal.aborted || cancelled) return;
      findings = new Map();
      for (const finding of found) {
        const known = findings.get(finding.resource);
        if (known === undefined) findings.set(finding.resource, [finding]);
        else known.push(finding);
      }
      changed(undefined);
    } catch (error) {
      // Cancelled by a newer one, as a rule; without findings the tree still shows what is there.
      if (!mine.signal.aborted) log('The resources could not be judged.', error);
    }
  };

  const shownState = (slot: Slot): Shown<ResourceRecord> => {
    const state = slot.current.state();
    const { previous } = slot;
    if (previous === undefined || state.status === 'complete') {
      return { ...state, refreshing: false, asOf: slot.asOf };
    }
    const old = previous.listing.state();
    const refreshing = state.status === 'loading';
    const failed = !refreshing && state.status !== 'cancelled';
    return {
      status: failed ? 'partial' : 'complete',
      records: old.records,
      failure: failed ? state.failure : undefined,
      notice: state.notice,
      refreshing,
      asOf: previous.asOf,
    };
  };

  const shownListing = (slot: Slot): Listing =>
    slot.previous !== undefined && slot.current.state().status !== 'complete' ? slot.previous.listing : slot.current;

  const shown = (kind: RecordKind): Shown<ResourceRecord> | undefined => {
    const slot = slots.get(kind);
    return slot && shownState(slot);
  };

  const records = (): readonly ResourceRecord[] => [...slots.keys()].flatMap((kind) => shown(kind)?.records ?? []);

  const complete = (): readonly RecordKind[] =>
    [...slots].flatMap(([kind, slot]) => (shownState(slot).status === 'complete' ? [kind] : []));

  const related: Inventory['related'] = async (kind, filter, matches) => {
    const known = shown(kind);
    type R = RecordOf<typeof kind>;
    const ofKind = (record: ResourceRecord): record is R => record.kind === kind;
    if (known?.status === 'complete' && known.asOf !== undefined) return known.records.filter(ofKind).filter(matches);
    // A node is drawn more often than what is below it changes.
    const key = JSON.stringify([kind, filter]);
    const asked = answers.get(key) ?? readStrays(kind, filter);
    answers.set(key, asked);
    asked.catch(() => answers.delete(key));
    return (await asked).filter(ofKind);
  };

  const readStrays = async (kind: RecordKind, filter: EC2Filter): Promise<readonly ResourceRecord[]> => {
    const found: ResourceRecord[] = [];
    for await (const { items } of listOf(aws, kind, session, { filters: [filter] })) {
      for (const record of items) {
        strays.set(`${kind} ${record.id}`, record);
        found.push(record);
      }
    }
    return found;
  };

  return {
    session,
    list: (kind) => slotOf(kind).current as Listing<RecordOf<typeof kind>>,
    shown: (kind) => shown(kind) as Shown<RecordOf<typeof kind>> | undefined,
    refresh: (only) => {
      lastRefresh = now();
      strays.clear();
      answers.clear();
      for (const [kind, slot] of slots) {
        if (only !== undefined && kind !== only) continue;
        const isWhole = slot.current.state().status === 'complete';
        slot.current.cancel();
        begin(kind, isWhole ? { listing: slot.current, asOf: slot.asOf ?? now() } : slot.previous);
      }
      changed(only);
    },
    related,
    record: (kind, id) => {
      const slot = slots.get(kind);
      const known = slot && (shownListing(slot).find(id) ?? slot.current.find(id));
      return known ?? strays.get(`${kind} ${id}`);
    },
    records,
    complete,
    findingsOf: (id) => findings.get(id) ?? [],
    countsOf: (kind) => {
      const slot = slots.get(kind);
      if (slot === undefined) return NO_FINDINGS;
      const listing = shownListing(slot);
      return addCounts(
        [...findings].flatMap(([id, of]) => (listing.find(id) === undefined ? [] : [countFindings(of)])),
      );
    },
    pollPassing: async () => {
      const slot = slots.get('instance');
      const passing = (shown('instance')?.records ?? []).filter(
        (record) => record.kind === 'instance' && PASSING.has(record.state),
      );
      if (slot === undefined || passing.length === 0) return 0;
      const filters = [{ name: 'instance-id', values: passing.slice(0, 200).map(({ id }) => id) }];
      const listing = slot.current;
      for await (const { items } of listOf(aws, 'instance', session, { filters })) {
        if (slots.get('instance')?.current !== listing || cancelled) return 0;
        listing.merge(items);
      }
      changed('instance');
      return passing.length;
    },
    readOnly: () => aws.status(session).readOnly,
    update: (record) => {
      if (cancelled) return;
      const slot = slots.get(record.kind);
      for (const listing of [slot?.current, slot?.previous?.listing]) {
        if (listing?.find(record.id) !== undefined) listing.merge([record]);
      }
      const stray = `${record.kind} ${record.id}`;
      if (strays.has(stray)) strays.set(stray, record);
      // Who has which group may be otherwise by now.
      if (record.kind === 'network-interface') answers.clear();
      changed(record.kind);
      if (slot !== undefined) void judge();
    },
    rejudge: () => {
      if (slots.size > 0 && !cancelled) void judge();
    },
    notice: (operation, text) => {
      for (const [kind, slot] of slots) {
        if (OPERATIONS[kind] !== operation) continue;
        slot.current.setNotice(text);
        changed(kind);
      }
    },
    cancel: () => {
      cancelled = true;
      judgement?.abort();
      for (const { current } of slots.values()) current.cancel();
    },
    lastRefresh: () => lastRefresh,
  };
}

const OPERATIONS: Readonly<Record<RecordKind, string>> = {
  instance: 'ec2:DescribeInstances',
  'network-interface': 'ec2:DescribeNetworkInterfaces',
  'security-group': 'ec2:DescribeSecurityGroups',
  'key-pair': 'ec2:DescribeKeyPairs',
  volume: 'ec2:DescribeVolumes',
};

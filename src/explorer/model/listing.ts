/** One list of an account as its pages arrive. */
import type { Page, ResourceRecord } from '../../aws';

export interface ListingState<R> {
  /** `partial`: it broke off after some pages, and `failure` says why. */
  readonly status: 'loading' | 'complete' | 'partial' | 'failed' | 'cancelled';
  readonly records: readonly R[];
  readonly failure: unknown;
  /** What is going on while it takes longer: "throttled, trying again". */
  readonly notice: string | undefined;
}

export interface Listing<R extends ResourceRecord = ResourceRecord> {
  readonly state: () => ListingState<R>;
  /** Done with the first page, with the end where none comes, or with the first notice of why it takes long. Never rejects. */
  readonly firstNews: Promise<void>;
  /** Never rejects. */
  readonly end: Promise<void>;
  readonly cancel: () => void;
  readonly setNotice: (notice: string) => void;
  /** Puts fresh records in the place of those with the same ids; new ones are added. */
  merge(records: readonly R[]): void;
  readonly find: (id: string) => R | undefined;
}

/** Reads a list to its end. `changed` is called after each page and at the end. */
export function startListing<R extends ResourceRecord>(
  list: (signal: AbortSignal) => AsyncIterable<Page<R>>,
  changed: () => void,
): Listing<R> {
  const abort = new AbortController();
  const records: R[] = [];
  const places = new Map<string, number>();
  let status: ListingState<R>['status'] = 'loading';
  let failure: unknown;
  let notice: string | undefined;
  let hasNews: () => void = () => undefined;
  const firstNews = new Promise<void>((resolve) => (hasNews = resolve));

  const put = (record: R): void => {
    const place = places.get(record.id) ?? records.length;
    records[place] = record;
    places.set(record.id, place);
  };

  const read = async (): Promise<void> => {
    try {
      for await (const page of list(abort.signal)) {
        if (abort.signal.aborted) break;
        for (const record of page.items) put(record);
        notice = undefined;
        hasNews();
        if (!page.isLast) changed();
      }
      status = abort.signal.aborted ? 'cancelled' : 'complete';
    } catch (error) {
      failure = error;
      status = abort.signal.aborted ? 'cancelled' : records.length > 0 ? 'partial' : 'failed';
    }
    notice = undefined;
    hasNews();
    changed();
  };
  const end = read();
  return {
    state: () => ({ status, records, failure, notice }),
    firstNews,
    end,
    cancel: () => abort.abort(),
    setNotice: (text) => {
      if (status !== 'loading') return;
      notice = text;
      hasNews();
    },
    merge: (fresh) => {
      fresh.forEach(put);
    },
    find: (id) => {
      const place = places.get(id);
      return place === undefined ? undefined : records[place];
    },
  };
}

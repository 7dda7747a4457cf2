import type { RecordKind, ResourceRecord, Session } from '../../aws';
import type { Icon } from '../model/node';
import type { Inventory } from '../model/inventory';

/** What a record looks like in the tree. */
export interface RecordView {
  readonly label: string;
  /** What stands beside the label, most telling first. */
  readonly details: readonly string[];
  readonly icon: Icon;
  /** Besides the kind's own: `running`, `imdsv1`, `address`. */
  readonly abilities: readonly string[];
  /** Names and values, for the tooltip. */
  readonly facts: readonly (readonly [name: string, value: string | undefined])[];
}

/** A child of a resource: another resource, or something that it has. */
export type Child =
  | { readonly is: 'record'; readonly record: ResourceRecord; readonly role?: string }
  | {
      readonly is: 'property';
      readonly key: string;
      readonly label: string;
      readonly description: string;
      readonly icon: Icon;
      /** What is copied; the description when left out. */
      readonly value?: string;
      readonly abilities?: readonly string[];
    };

/** A way to order records: by this text. */
export type SortKey = (record: ResourceRecord) => string;

/**
 * One kind of resource: all that the tree knows of it. Methods, so that a kind of one record stands where one of any is wanted; it is only ever
 * handed its own.
 */
export interface Kind<R extends ResourceRecord = ResourceRecord> {
  readonly id: RecordKind;
  /** "Instances". */
  title(): string;
  /** "No instances in eu-central-1." */
  none(region: string): string;
  /** A codicon. */
  readonly icon: string;
  /** Lists that tell who uses these. */
  readonly usedBy: readonly RecordKind[];
  view(record: R, inventory: Inventory): RecordView;
  /** All words that a search may hit, besides name, id and tags. */
  words(record: R): readonly (string | undefined)[];
  children(record: R, inventory: Inventory): Promise<readonly Child[]>;
}

/** Where a record's document lies: one place for each session and resource. */
export interface ResourcePlace {
  readonly session: Session;
  readonly kind: RecordKind;
  readonly id: string;
}

import type { InstanceRecord, Session } from '../../../../src/aws';
import type { TestAccount } from '../../account.mjs';
import type { Opened } from '../connected';

/** What the cases of one emulated account share; the parts are those of the test that runs. */
export interface Context {
  readonly account: () => TestAccount;
  readonly opened: () => Opened;
  /** Of tidewater-production in its own region. */
  readonly session: () => Session;
  readonly instance: (name: string, by?: Session) => Promise<InstanceRecord>;
  /** Where changes were sent to, each as `account region`. */
  readonly sentTo: () => readonly string[];
}

export const PRODUCTION = '222233334444 eu-central-1';
export const STAGING = '555566667777 eu-central-1';

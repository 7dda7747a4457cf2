/** An account with one instance and somebody who answers as told, for tests of the flows. */
import type { Aws, AwsChanges, ChangeEntry, ChangeResult, InstanceRecord, Session, TokenUse } from '../../../aws';
import { undoable } from '../../../aws/metadata-options/log';
import { fakeInstance } from '../../testing/fake-aws';
import type { ChangeOptionsTools } from '../change-options';
import { enforce } from '../enforce';
import { optionsOf, type Question } from '../question';
import type { TellTools } from '../tell';
import { goingBack } from '../undo';
import type { WatchOutcome } from '../watch';

export const AT = new Date('2026-11-22T12:00:00Z');
export const SESSION: Session = Object.freeze({
  profile: 'work',
  region: 'eu-west-1',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/me',
  partition: 'aws',
});
const QUIET = Array.from({ length: 14 * 24 }, (_, hour) => ({
  at: new Date(AT.getTime() - hour * 3_600_000),
  calls: 0,
}));
const SILENT: TokenUse = { instance: '', tokenless: { total: 0, last: undefined, hours: QUIET }, rejected: undefined };
export const BUSY: TokenUse = { ...SILENT, tokenless: { total: 212, last: AT, hours: [{ at: AT, calls: 212 }] } };

/** An account with one instance, whoever asks; and somebody who answers questions as told. */
export function world() {
  const state = {
    instance: fakeInstance(SESSION, 1, { image: 'ami-1' }) as InstanceRecord | undefined,
    use: SILENT as TokenUse | undefined,
    userData: '#!/bin/sh\necho hello\n' as string | undefined,
    readOnly: undefined as string | undefined,
    denied: false,
    /** Whose credentials the profile has by now. */
    account: SESSION.account,
    answer: 'yes' as 'yes' | 'also' | 'show' | undefined,
    typed: true,
    /** What is picked or typed from lists and boxes, in turn: a label, or a text. Nothing when they have run out. */
    picks: [] as string[],
    /** What is taken of what is offered, in turn. */
    taken: [] as string[],
    /** What watching finds. */
    found: { is: 'quiet' } as WatchOutcome | undefined,
    /** What happens while the question is open. */
    meanwhile: (): void => undefined,
  };
  const asked: Question[] = [];
  const refused: string[] = [];
  const words: string[] = [];
  const shown: (string | undefined)[] = [];
  const opened: string[] = [];
  const told: string[] = [];
  const offered: (readonly string[])[] = [];
  /** What lists and boxes showed: `label | description | detail`. */
  const lists: string[][] = [];
  /** What `DryRun` was asked for. */
  const checked: object[] = [];
  const sent: { readonly session: Session; readonly change: object }[] = [];
  const entries: ChangeEntry[] = [];
  const watched: string[] = [];
  const stand = (session: Session): void => {
    if (session.account !== state.account)
      throw new Error(`Nobody is connected as ${session.profile} in account ${session.account}.`);
  };

  const change = (session: Session, wanted: object, undoes?: string): ChangeResult => {
    stand(session);
    const before = state.instance ?? fakeInstance(SESSION, 1);
    sent.push({ session, change: wanted });
    const instance = { ...before, metadata: { ...before.metadata, ...wanted, state: 'applied' as const } };
    state.instance = instance;
    const { profile, account, arn, region } = session;
    const entry: ChangeEntry = {
      ...{ id: String(entries.length), step: 'done', at: AT.toISOString(), profile, account, arn, region },
      ...{ instance: before.id, before: optionsOf(before), sent: wanted, after: optionsOf(instance) },
      ...(undoes === undefined ? {} : { undoes }),
    };
    entries.push(entry);
    return { entry, instance, state: 'applied' };
  };
  const used: Partial<Aws & AwsChanges> = {
    status: () => ({ expires: undefined, hasExpired: false, usesMfa: false, readOnly: state.readOnly }),
    accountAlias: () => Promise.resolve('tidewater'),
    async *instances(session) {
      await Promise.resolve();
      stand(session);
      yield { items: state.instance ? [state.instance] : [], isLast: true };
    },
    userData: () => Promise.resolve({ text: state.userData, encodings: ['base64'] }),
    imageSupports: (_session, images) => Promise.resolve(new Map(images.map((image) => [image, 'v2']))),
    metadataDefaults: () => Promise.reject(new Error('not allowed')),
    async *tokenUse(_session, ids) {
      await Promise.resolve();
      yield ids.flatMap((instance) => (state.use ? [{ ...state.use, instance }] : []));
    },
    checkMetadataOptions: (_session, _id, wanted) => {
      checked.push(wanted);
      return state.denied ? Promise.reject(new Error('work lacks the permission.')) : Promise.resolve();
    },
    changeMetadataOptions: (session, _id, wanted, options) => {
      if (state.instance) {
        options?.progress?.({ ...state.instance, metadata: { ...state.instance.metadata, state: 'pending' } });
      }
      return Promise.resolve().then(() => change(session, wanted));
    },
    undoMetadataOptions: (session, entry) => Promise.resolve().then(() => change(session, goingBack(entry), entry.id)),
    changes: () => Promise.resolve(entries),
  };
  const tools: ChangeOptionsTools & TellTools = {
    aws: used as Aws & AwsChanges,
    findCalls: (_name, text) =>
      Promise.resolve(
        text.split('\n').flatMap((line, at) => (line.includes('V1') ? [{ line: at, message: line }] : [])),
      ),
    ui: {
      progress: (_title, work) => work(() => undefined, new AbortController().signal),
      ask: (question) => {
        asked.push(question);
        state.meanwhile();
        return Promise.resolve(state.answer);
      },
      askToType: (_prompt, word) => {
        words.push(word);
        return Promise.resolve(state.typed);
      },
      pick: (_title, _placeholder, choices) => {
        lists.push(choices.map(({ label, description = '', detail = '' }) => `${label} | ${description} | ${detail}`));
        const wanted = state.picks.shift();
        return Promise.resolve(choices.find(({ label }) => wanted !== undefined && label.includes(wanted)));
      },
      askFor: (_title, value, wrong) => {
        const text = state.picks.shift();
        lists.push([value, text === undefined ? '' : (wrong(text) ?? 'right')]);
        return Promise.resolve(text);
      },
      offer: (message, actions) => {
        told.push(message);
        offered.push(actions);
        const wanted = state.taken.shift();
        return Promise.resolve(actions.find((action) => action === wanted));
      },
      refuse: (message) => void refused.push(message),
      showEvidence: (_session, _alias, { userData }) => {
        opened.push(userData.is);
        return Promise.resolve();
      },
    },
    show: (_session, { metadata }) => void shown.push(`${metadata.tokens ?? ''} ${metadata.state ?? ''}`),
    now: () => AT,
    undoable,
    watches: {
      begin: (_session, id) => {
        watched.push(id);
        return Promise.resolve(state.found);
      },
    },
  };
  const run = (): Promise<ChangeResult | undefined> => enforce(tools, SESSION, fakeInstance(SESSION, 1).id);
  return {
    state,
    tools,
    asked,
    refused,
    words,
    shown,
    opened,
    told,
    offered,
    lists,
    checked,
    sent,
    entries,
    watched,
    run,
  };
}

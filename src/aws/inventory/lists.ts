/** The lists of a region, and one resource by its id. */
import {
  DescribeInstancesCommand,
  DescribeKeyPairsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRegionsCommand,
  DescribeSecurityGroupsCommand,
  DescribeVolumesCommand,
  type EC2Client,
  type Instance,
} from '@aws-sdk/client-ec2';
import type { ListOptions } from '../aws';
import type { Session } from '../identity/session';
import { pagesOf, type AskPage } from './paging';
import type { Page, RecordKind, RegionRecord, ResourceRecord } from './records';
import { toInstance, toKeyPair, toNetworkInterface, toSecurityGroup, toVolume } from './to-records';

type Ec2 = Pick<EC2Client, 'send'>;

interface OwnedInstance {
  readonly instance: Instance;
  readonly owner: string | undefined;
}

/** What is to be listed: all, or what filters or an id choose. */
interface Choice {
  readonly Filters?: { Name: string; Values: string[] }[];
}

function choiceOf({ filters = [] }: ListOptions): Choice {
  return filters.length === 0
    ? {}
    : { Filters: filters.map(({ name, values }) => ({ Name: name, Values: [...values] })) };
}

/** One kind of resource: how it is asked for, and how it is read. */
interface Kind<Raw, T> {
  readonly ask: (client: Ec2, choice: Choice, signal: { abortSignal?: AbortSignal }) => AskPage<Raw>;
  readonly read: (raw: Raw, session: Session) => T;
  /** As AWS returned it. */
  readonly raw: (raw: Raw) => object;
  /** The filter by which one is found. */
  readonly idFilter: string;
}

type RecordOf<K extends RecordKind> = Extract<ResourceRecord, { kind: K }>;
// What each asks AWS for differs; nobody but the kind itself looks into it.
type Kinds = { readonly [K in RecordKind]: Listing<RecordOf<K>> };

export interface Found<T> {
  readonly record: T;
  readonly raw: object;
}

export interface Listing<T> {
  list(client: Ec2, session: Session, options: ListOptions): AsyncIterable<Page<T>>;
  find(client: Ec2, session: Session, id: string, signal: AbortSignal | undefined): Promise<Found<T> | undefined>;
}

function abortion(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}

function listing<Raw, T>({ ask, read, raw: toObject, idFilter }: Kind<Raw, T>): Listing<T> {
  return {
    list: (client, session, options) =>
      pagesOf(
        ask(client, choiceOf(options), abortion(options.signal)),
        (raw) => raw.map((each) => read(each, session)),
        options.signal,
      ),
    find: async (client, session, id, signal) => {
      const askPage = ask(client, { Filters: [{ Name: idFilter, Values: [id] }] }, abortion(signal));
      const { items } = await askPage(undefined, 5);
      const [first] = items;
      return first === undefined ? undefined : { record: read(first, session), raw: toObject(first) };
    },
  };
}

function tokenOf(token: string | undefined): { NextToken?: string } {
  return token === undefined ? {} : { NextToken: token };
}

export const KINDS: Kinds = {
  instance: listing<OwnedInstance, RecordOf<'instance'>>({
    idFilter: 'instance-id',
    ask: (client, choice, signal) => async (token, size) => {
      const input = { ...choice, ...tokenOf(token), MaxResults: size };
      const { Reservations = [], NextToken } = await client.send(new DescribeInstancesCommand(input), signal);
      const items = Reservations.flatMap(({ Instances = [], OwnerId }) =>
        Instances.map((instance) => ({ instance, owner: OwnerId })),
      );
      return { items, next: NextToken };
    },
    read: ({ instance, owner }, session) => toInstance(instance, owner, session),
    raw: ({ instance }) => instance,
  }),
  'network-interface': listing({
    idFilter: 'network-interface-id',
    ask: (client, choice, signal) => async (token, size) => {
      const input = { ...choice, ...tokenOf(token), MaxResults: size };
      const answer = await client.send(new DescribeNetworkInterfacesCommand(input), signal);
      return { items: answer.NetworkInterfaces ?? [], next: answer.NextToken };
    },
    read: toNetworkInterface,
    raw: (raw) => raw,
  }),
  'security-group': listing({
    idFilter: 'group-id',
    ask: (client, choice, signal) => async (token, size) => {
      const input = { ...choice, ...tokenOf(token), MaxResults: size };
      const answer = await client.send(new DescribeSecurityGroupsCommand(input), signal);
      return { items: answer.SecurityGroups ?? [], next: answer.NextToken };
    },
    read: toSecurityGroup,
    raw: (raw) => raw,
  }),
  'key-pair': listing({
    idFilter: 'key-pair-id',
    // DescribeKeyPairs has no pages.
    ask: (client, choice, signal) => async () => {
      const answer = await client.send(new DescribeKeyPairsCommand({ ...choice, IncludePublicKey: true }), signal);
      return { items: answer.KeyPairs ?? [], next: undefined };
    },
    read: toKeyPair,
    raw: (raw) => raw,
  }),
  volume: listing({
    idFilter: 'volume-id',
    ask: (client, choice, signal) => async (token, size) => {
      const input = { ...choice, ...tokenOf(token), MaxResults: size };
      const answer = await client.send(new DescribeVolumesCommand(input), signal);
      return { items: answer.Volumes ?? [], next: answer.NextToken };
    },
    read: toVolume,
    raw: (raw) => raw,
  }),
};

/** One resource as it is now; undefined where there is none. */
export async function findOne(
  client: Ec2,
  session: Session,
  kind: RecordKind,
  id: string,
  signal: AbortSignal | undefined,
): Promise<Found<ResourceRecord> | undefined> {
  const one: Pick<Listing<ResourceRecord>, 'find'> = KINDS[kind];
  return one.find(client, session, id, signal);
}

/** Every region of the partition, with those that the account has not opted in to. */
export async function listRegions(client: Ec2, signal: AbortSignal | undefined): Promise<readonly RegionRecord[]> {
  const answer = await client.send(new DescribeRegionsCommand({ AllRegions: true }), abortion(signal));
  return (answer.Regions ?? [])
    .flatMap(({ RegionName: name, OptInStatus: optIn }) =>
      name === undefined ? [] : [{ name, optIn, enabled: optIn !== 'not-opted-in' }],
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

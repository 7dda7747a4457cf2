/** An AWS of the tests' own, whose every answer waits until the test lets it come. */
import type { Aws, InstanceRecord, KeyPairRecord, Page, Profile, Session } from '../../aws';
import { sessionKey } from '../../aws/identity/session';

export interface FakeAws {
  readonly aws: Aws;
  /** How many answers wait. */
  readonly waiting: () => number;
  /** Lets one of them come; which is chosen by a number. */
  readonly release: (choice: number) => Promise<void>;
  readonly profiles: Map<string, FakeProfile>;
}

export interface FakeProfile {
  /** May change, as when somebody edits the file: the next session is another one. */
  account: string;
  /** Of this one the next answer is a failure. */
  broken: boolean;
}

export function fakeProfile(name: string, account: string): Profile {
  return { name, kind: 'static', region: 'eu-central-1', account, places: [], notes: [] };
}

const METADATA = {
  tokens: 'optional',
  endpoint: 'enabled',
  hopLimit: 1,
  ipv6: undefined,
  instanceTags: undefined,
  state: 'applied',
} as const;

/** An instance that says in its own data whose it is. */
export function fakeInstance(session: Session, number: number, more: Partial<InstanceRecord> = {}): InstanceRecord {
  const owner = sessionKey(session);
  return {
    kind: 'instance',
    id: `i-${session.account}-${session.region}-${number}`,
    name: `host-${number}`,
    arn: `arn:aws:ec2:${session.region}:${session.account}:instance/i-${number}`,
    tags: { owner },
    state: 'running',
    stateReason: undefined,
    type: 't3.nano',
    architecture: 'x86_64',
    platform: undefined,
    image: undefined,
    keyName: 'key',
    launchTime: '2026-11-01T10:00:00Z',
    availabilityZone: undefined,
    vpc: 'vpc-1',
    subnet: undefined,
    privateAddress: `10.0.0.${number}`,
    publicAddress: undefined,
    publicName: undefined,
    ipv6Addresses: [],
    instanceProfileArn: undefined,
    metadata: METADATA,
    securityGroups: [],
    networkInterfaces: [],
    volumes: [],
    rootDevice: undefined,
    autoScalingGroup: undefined,
    launchTemplate: undefined,
    lifecycle: undefined,
    ...more,
  };
}

function fakeKeyPair(session: Session): KeyPairRecord {
  return {
    kind: 'key-pair',
    id: `key-${session.account}-${session.region}`,
    name: 'key',
    arn: 'arn',
    tags: { owner: sessionKey(session) },
    type: 'rsa',
    fingerprint: undefined,
    created: undefined,
    publicKey: undefined,
  };
}

export function createFakeAws(): FakeAws {
  const gates: (() => void)[] = [];
  const profiles = new Map<string, FakeProfile>();
  const gate = (): Promise<void> => new Promise((open) => gates.push(open));
  const failing = (profile: string): void => {
    if (profiles.get(profile)?.broken === true) throw new Error(`${profile} is broken`);
  };

  async function* pages<T>(session: Session, all: readonly (readonly T[])[]): AsyncGenerator<Page<T>> {
    for (const [index, items] of all.entries()) {
      await gate();
      failing(session.profile);
      yield { items, isLast: index === all.length - 1 };
    }
  }

  /** What the tree asks for; nothing else is ever asked. */
  const asked: Partial<Aws> = {
    dispose: () => undefined,
    profiles: async () => {
      await gate();
      return {
        profiles: [...profiles].map(([name, { account }]) => fakeProfile(name, account)),
        files: { config: '', credentials: '', ssoCache: '' },
        problems: [],
      };
    },
    onProfilesChanged: () => ({ dispose: () => undefined }),
    explain: (profile) =>
      Promise.resolve({
        profile,
        summary: '',
        chain: [
          { provider: 'environment', state: 'absent', message: 'The environment has no keys.' },
          { provider: 'profile', state: 'used', message: `${profile ?? ''} has keys.` },
        ],
        roles: [],
        region: { region: 'eu-central-1', message: 'eu-central-1, from the profile.', isSet: true },
        notes: [],
      }),
    connect: async (profile) => {
      // The account is decided when the request is sent, and told when the answer comes.
      const account = profiles.get(profile)?.account ?? '0';
      await gate();
      failing(profile);
      return { profile, region: 'eu-central-1', account, arn: `arn:aws:iam::${account}:user/x`, partition: 'aws' };
    },
    inRegion: (session, region) => ({ ...session, region }),
    status: () => ({ expires: undefined, hasExpired: false, usesMfa: false, readOnly: undefined }),
    accountAlias: async (session) => {
      await gate();
      return `alias-of-${session.account}`;
    },
    keyNotes: ({ account }) => Promise.resolve([`A key of ${account} is old.`]),
    disconnect: () => undefined,
    saveSession: () => Promise.reject(new Error('not asked')),
    regions: () => Promise.resolve([]),
    instances: (session) =>
      pages(
        session,
        [0, 1, 2].map((page) => [1, 2, 3].map((number) => fakeInstance(session, page * 3 + number))),
      ),
    networkInterfaces: (session) => pages(session, [[]]),
    securityGroups: (session) => pages(session, [[]]),
    keyPairs: (session) => pages(session, [[fakeKeyPair(session)]]),
    volumes: (session) => pages(session, [[]]),
    userData: () => Promise.reject(new Error('not asked')),
    judge: async (session, records) => {
      await gate();
      return records.map(({ id }) => ({
        resource: id,
        ruleId: 'imdsv1-allowed',
        severity: 'warning',
        message: `of ${sessionKey(session)}`,
      }));
    },
    document: () => Promise.reject(new Error('not asked')),
    consoleLink: () => '',
    onRetry: () => ({ dispose: () => undefined }),
  };
  return {
    aws: asked as Aws,
    profiles,
    waiting: () => gates.length,
    release: async (choice) => {
      const [open] = gates.splice(choice % Math.max(gates.length, 1), 1);
      open?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

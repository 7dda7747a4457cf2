/** Puts the parts together. */
import type { Aws, AwsChanges, Disposable, ReadOptions, Surroundings } from './aws';
import { abortable } from './clients/abortable';
import { explainFailure } from './clients/explain-failure';
import { AwsFailure, type RetryEvent } from './clients/failure';
import type { SdkClients } from './clients/sdk-clients';
import { aliasOf, oldKeyNotes } from './identity/account';
import { connections } from './identity/connections';
import type { Session } from './identity/session';
import { consoleLink, type Portal } from './inventory/console-link';
import { findOne, KINDS, listRegions, type Listing } from './inventory/lists';
import type { Page } from './inventory/records';
import { readUserData } from './inventory/user-data';
import { metadataOptionsChanges } from './metadata-options/changes';
import { resourceDocument } from './posture/document';
import { judgeRecords } from './posture/judge';
import { explainIdentity } from './profiles/explain';
import { profileFiles, readSharedConfig } from './profiles/files';
import { isSso } from './profiles/kind';
import { listProfiles } from './profiles/list';
import { spoken } from './profiles/problem';
import { saveSessionAs } from './profiles/save-session';
import { loginFolder } from './profiles/tokens';
import { securityGroupChanges } from './security-groups/groups';
import { sourcesOfAccounts } from './sources/sources';
import { listeners } from './listeners';

/** The account as functions. `env` is the environment that the SDK reads as well. */
export function createAws(surroundings: Surroundings): Aws & AwsChanges {
  const { env } = process;
  const now = (): Date => surroundings.now?.() ?? new Date();
  const retried = listeners<RetryEvent>();
  const connected = connections({ surroundings, env, now, tell: (event) => retried.tell(event) });
  const portals = new Map<string, Portal>();
  const aliases = new Map<string, Promise<string | undefined>>();
  const readConfig = () => readSharedConfig(surroundings.settings(), env);

  let watching: (Disposable & { readonly paths: string }) | undefined;
  const changed = listeners<undefined>((count) => {
    if (count > 0) watch();
    else {
      watching?.dispose();
      watching = undefined;
    }
  });

  /** Follows the files, also when a setting names others. */
  function watch(): void {
    const files = profileFiles(surroundings.settings(), env);
    const paths = [files.config, files.credentials, files.ssoCache, loginFolder(env)];
    const key = JSON.stringify(paths);
    if (watching?.paths === key) return;
    watching?.dispose();
    const watched = surroundings.watch(paths, () => changed.tell(undefined));
    watching = { paths: key, dispose: () => watched.dispose() };
  }

  /** Asks AWS something for a session; what is thrown is told in words. */
  async function ask<S extends keyof SdkClients, T>(
    service: S,
    operation: string,
    session: Session,
    { signal }: ReadOptions,
    question: (client: SdkClients[S], options: { abortSignal?: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    try {
      const client = await connected.client(service, session);
      return await abortable(question(client, signal ? { abortSignal: signal } : {}), signal);
    } catch (error) {
      throw explainFailure(error, { ...session, operation });
    }
  }

  async function* list<T>(
    kind: Listing<T>,
    operation: string,
    session: Session,
    options: ReadOptions,
  ): AsyncGenerator<Page<T>, void, undefined> {
    try {
      yield* kind.list(await connected.client('ec2', session), session, options);
    } catch (error) {
      throw explainFailure(error, { ...session, operation });
    }
  }

  const aws: Aws & AwsChanges = {
    profiles: async () => {
      if (changed.count() > 0) watch();
      return listProfiles(await readConfig(), { env, now: now() });
    },
    onProfilesChanged: (listener) => changed.add(listener),
    explain: async (profile) => explainIdentity(profile, await readConfig(), { env, now: now() }),

    connect: async (profile, options) => {
      const session = await connected.connect(profile, options);
      const portal = await portalOf(profile, session.account);
      if (portal) portals.set(profile, portal);
      else portals.delete(profile);
      return session;
    },
    inRegion: (session, region) => Object.freeze({ ...session, region }),
    status: (session) => connected.status(session),
    accountAlias: (session, options = {}) => {
      const key = `${session.partition}:${session.account}`;
      const known =
        aliases.get(key) ??
        ask('iam', 'iam:ListAccountAliases', session, {}, aliasOf).catch((error: unknown) => {
          if (!isDenied(error)) aliases.delete(key);
          return undefined;
        });
      aliases.set(key, known);
      return abortable(known, options.signal);
    },
    keyNotes: async (session, options = {}) =>
      ask('iam', 'iam:ListAccessKeys', session, options, (client, signal) =>
        oldKeyNotes(client, session, now(), signal),
      ).catch((error: unknown) => {
        if (isDenied(error)) return [];
        throw error;
      }),
    disconnect: (profile) => connected.disconnect(profile),
    saveSession: async (session, name = `${session.profile}-mfa`) => {
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = await connected.credentials(session);
      if (sessionToken === undefined || !expiration) {
        throw new AwsFailure(
          `The credentials of ${session.profile} do not end, so they are not written down once more.`,
          {
            kind: 'guard',
            action: 'none',
            advice: 'Only the keys of a session can be saved.',
          },
        );
      }
      const { credentials } = profileFiles(surroundings.settings(), env);
      const keys = { accessKeyId, secretAccessKey, sessionToken, expires: expiration };
      await saveSessionAs(credentials, name, keys);
      return name;
    },

    regions: (session, options = {}) =>
      ask('ec2', 'ec2:DescribeRegions', session, options, (client) => listRegions(client, options.signal)),
    instances: (session, options = {}) => list(KINDS.instance, 'ec2:DescribeInstances', session, options),
    networkInterfaces: (session, options = {}) =>
      list(KINDS['network-interface'], 'ec2:DescribeNetworkInterfaces', session, options),
    securityGroups: (session, options = {}) =>
      list(KINDS['security-group'], 'ec2:DescribeSecurityGroups', session, options),
    keyPairs: (session, options = {}) => list(KINDS['key-pair'], 'ec2:DescribeKeyPairs', session, options),
    volumes: (session, options = {}) => list(KINDS.volume, 'ec2:DescribeVolumes', session, options),
    userData: (session, instance, options = {}) =>
      ask('ec2', 'ec2:DescribeInstanceAttribute', session, options, (client) =>
        readUserData(client, instance, options.signal),
      ),

    judge: (_session, records, settings, options = {}) => judgeRecords(records, settings, options),
    document: async (session, kind, id, options = {}) => {
      const { signal } = options;
      const operation = OPERATIONS[kind];
      const found = await ask('ec2', operation, session, options, (client) =>
        findOne(client, session, kind, id, signal),
      );
      if (!found) {
        throw new AwsFailure(`${id} is not in ${session.region} of account ${session.account}.`, {
          kind: 'not-found',
          action: 'retry',
          advice: 'It may have been deleted meanwhile: refresh.',
          operation,
        });
      }
      const head = [
        `${id} in ${session.region}, account ${session.account}, seen as ${session.profile}`,
        `read ${spoken(now())}; what AWS returned, read-only`,
      ];
      return resourceDocument(found.raw, found.record, head, options);
    },

    ...metadataOptionsChanges(connected, surroundings, now),
    ...sourcesOfAccounts(connected, surroundings, now),
    ...securityGroupChanges(connected, surroundings, now),

    consoleLink: (session, kind, id) => consoleLink(session, kind, id, portals.get(session.profile)),
    onRetry: (listener) => retried.add(listener),
    dispose: () => {
      watching?.dispose();
      watching = undefined;
    },
  };
  return aws;

  /** The access portal of an SSO profile, where it leads to the account that the session is in. */
  async function portalOf(profile: string, account: string): Promise<Portal | undefined> {
    const { data } = await readConfig();
    const own = data.get(profile);
    if (!own || !isSso(own)) return undefined;
    const all = { ...data.get(`sso-session.${own['sso_session'] ?? ''}`), ...own };
    const startUrl = all['sso_start_url'];
    const role = all['sso_role_name'];
    if (startUrl === undefined || role === undefined || all['sso_account_id'] !== account) return undefined;
    return { startUrl, account, role };
  }
}

const OPERATIONS = {
  instance: 'ec2:DescribeInstances',
  'network-interface': 'ec2:DescribeNetworkInterfaces',
  'security-group': 'ec2:DescribeSecurityGroups',
  'key-pair': 'ec2:DescribeKeyPairs',
  volume: 'ec2:DescribeVolumes',
} as const;

function isDenied(error: unknown): boolean {
  return error instanceof AwsFailure && error.facts.kind === 'denied';
}

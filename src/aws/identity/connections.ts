/** From profiles to sessions: who is connected, and the clients that act for them. */
import type { AwsCredentialIdentity } from '@smithy/types';
import type { AwsSettings, ReadOptions, Surroundings } from '../aws';
import { abortable } from '../clients/abortable';
import { explainFailure } from '../clients/explain-failure';
import { AwsFailure, type RetryEvent } from '../clients/failure';
import { makeClient, type SdkClients } from '../clients/sdk-clients';
import { readSharedConfig, type Environment } from '../profiles/files';
import type { ProfileFiles } from '../profiles/profile';
import { regionOf } from '../profiles/region';
import { credentialSource, fingerprintOf, type CredentialSource } from './credentials';
import { failureOfProfile, failureOfProblem } from './profile-failure';
import { readOnlyReason, someoneElse, unconfirmed } from './guard';
import { ASK_NOBODY, holdCredentials, type Caller, type CredentialHolder } from './holder';
import { callerOf, stsFactory } from './role-session';
import type { AskMfaCode } from './mfa';
import type { Session, SessionStatus } from './session';

export interface ConnectOptions extends ReadOptions {
  readonly region?: string;
  readonly renew?: boolean;
}

export interface Connections {
  connect(profile: string, options?: ConnectOptions): Promise<Session>;
  disconnect(profile: string): void;
  status(session: Session): SessionStatus;
  /**
   * Makes sure, before something is changed, that the session's profile still is the session's caller: what the files say now, and what renewed credentials are. It asks
   * nobody for a code.
   * @throws AwsFailure of kind `guard` where it is somebody else, or where nobody can tell
   */
  confirm(session: Session): Promise<void>;
  /** A client that acts for the session, and for nobody else. @throws AwsFailure where nobody is connected */
  client<S extends keyof SdkClients>(service: S, session: Session): Promise<SdkClients[S]>;
  credentials(session: Session): Promise<AwsCredentialIdentity>;
}

interface Connection {
  readonly holder: CredentialHolder;
  readonly files: ProfileFiles;
  /** By service and region. */
  readonly clients: Map<string, Promise<SdkClients[keyof SdkClients]>>;
}

export interface ConnectionsOptions {
  readonly surroundings: Surroundings;
  readonly env: Environment;
  readonly now: () => Date;
  readonly tell: (event: RetryEvent) => void;
}

const DEFAULT_ATTEMPTS = 5;

/** Tries of one request: the environment's word first, as the SDK has it. */
function attemptsOf({ maxAttempts }: AwsSettings, env: Environment): number {
  const written = Number(env['AWS_MAX_ATTEMPTS']);
  return Number.isInteger(written) && written > 0 ? written : (maxAttempts ?? DEFAULT_ATTEMPTS);
}

function keyOf(profile: string, { account, arn }: Caller): string {
  return JSON.stringify([profile, account, arn]);
}

export function connections({ surroundings, env, now, tell }: ConnectionsOptions): Connections {
  const connected = new Map<string, Connection>();
  const underWay = new Map<string, Promise<Connection>>();
  const checking = new Map<string, Promise<Connection>>();

  function optionsFor(profile: string, region: string, files: ProfileFiles) {
    return { profile, region, files, maxAttempts: attemptsOf(surroundings.settings(), env), tell };
  }

  /** One that stands and is what the files say now. */
  function standing(profile: string, { fingerprint }: CredentialSource): Connection | undefined {
    return [...connected.values()].find(
      ({ holder }) =>
        holder.profile === profile &&
        holder.fingerprint === fingerprint &&
        (holder.expires() ?? new Date(8.64e15)) > now(),
    );
  }

  async function begin(
    profile: string,
    { renew, signal }: ConnectOptions,
    ask: AskMfaCode = (request) => surroundings.askMfaCode(request, signal),
  ): Promise<Connection> {
    const config = await readSharedConfig(surroundings.settings(), env);
    const circumstances = { env, now: now() };
    const broken = await failureOfProblem(profile, config, circumstances);
    if (broken) throw broken;
    const { region } = regionOf(profile, config, env);
    const sts = await stsFactory(optionsFor(profile, region, config.files));
    const source = credentialSource(profile, config, env, sts);
    const old = renew === true ? undefined : standing(profile, source);
    if (old) return old;
    try {
      const holder = await holdCredentials(profile, source, ask, (credentials) => callerOf(sts, credentials), now);
      return { holder, files: config.files, clients: new Map() };
    } catch (error) {
      throw await failureOfProfile(error, profile, config, circumstances);
    }
  }

  function connectOnce(profile: string, options: ConnectOptions): Promise<Connection> {
    const running = underWay.get(profile) ?? begin(profile, options).finally(() => underWay.delete(profile));
    underWay.set(profile, running);
    return running;
  }

  function connectionOf(session: Session): Connection {
    const connection = connected.get(keyOf(session.profile, session));
    if (connection) return connection;
    throw new AwsFailure(`Nobody is connected as ${session.profile} in account ${session.account}.`, {
      kind: 'expired',
      action: 'connect',
      advice: `Connect ${session.profile}.`,
    });
  }

  return {
    connect: async (profile, options = {}) => {
      const asked = { profile, operation: 'sts:GetCallerIdentity' };
      try {
        const connection = await abortable(connectOnce(profile, options), options.signal);
        const { caller } = connection.holder;
        connected.set(keyOf(profile, caller), connection);
        const config = await readSharedConfig(surroundings.settings(), env);
        const region = options.region ?? regionOf(profile, config, env).region;
        return Object.freeze({ profile, region, ...caller, partition: caller.arn.split(':')[1] ?? 'aws' });
      } catch (error) {
        throw explainFailure(error, asked);
      }
    },
    disconnect: (profile) => {
      for (const [key, { holder, clients }] of connected) {
        if (holder.profile !== profile) continue;
        connected.delete(key);
        // A request under way is let end; those that wait for an answer throw it away by themselves.
        for (const client of clients.values()) void client.then((each) => each.destroy());
      }
    },
    status: (session) => {
      const holder = connected.get(keyOf(session.profile, session))?.holder;
      const expires = holder?.expires();
      return {
        expires,
        hasExpired: holder === undefined || (expires !== undefined && expires <= now()),
        usesMfa: holder?.usesMfa ?? false,
        readOnly: readOnlyReason(session, surroundings.settings().readOnly),
      };
    },
    confirm: async (session) => {
      const { profile } = session;
      const { holder } = connectionOf(session);
      const config = await readSharedConfig(surroundings.settings(), env);
      if (fingerprintOf(profile, config, env) === holder.fingerprint) {
        await holder.current();
        return;
      }
      // The files say something else of the profile, which may well be the same caller: keys are rotated, settings put in.
      const asked = checking.get(profile) ?? begin(profile, {}, ASK_NOBODY).finally(() => checking.delete(profile));
      checking.set(profile, asked);
      const found = await asked.catch((error: unknown) => {
        throw unconfirmed(profile, explainFailure(error, { profile, operation: 'sts:GetCallerIdentity' }));
      });
      if (keyOf(profile, found.holder.caller) !== keyOf(profile, session)) {
        throw someoneElse(profile, found.holder.caller.arn, session.arn);
      }
      connected.set(keyOf(profile, session), found);
    },
    client: async <S extends keyof SdkClients>(service: S, session: Session): Promise<SdkClients[S]> => {
      const { holder, files, clients } = connectionOf(session);
      const key = JSON.stringify([service, session.region]);
      const options = { ...optionsFor(session.profile, session.region, files), credentials: () => holder.current() };
      const client = clients.get(key) ?? makeClient(service, options);
      clients.set(key, client);
      // The key says which service it is for.
      return client as Promise<SdkClients[S]>;
    },
    credentials: (session) => connectionOf(session).holder.current(),
  };
}

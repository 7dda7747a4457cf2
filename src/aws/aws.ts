/** The account as functions: everything that the rest of the product may ask of AWS. */
import type { ChangeLog } from './change-log/change-log';
import type { Settings } from '../engine';
import type { RetryEvent } from './clients/failure';
import type { MfaRequest, Session, SessionStatus } from './identity/session';
import type {
  InstanceRecord,
  KeyPairRecord,
  NetworkInterfaceRecord,
  Page,
  RecordKind,
  RegionRecord,
  ResourceRecord,
  SecurityGroupRecord,
  UserData,
  VolumeRecord,
} from './inventory/records';
import type { MetadataOptionsChange } from './metadata-options/change';
import type { MetadataDefaults } from './metadata-options/defaults';
import type { TokenUse } from './metadata-options/evidence';
import type { ImageSupport } from './metadata-options/image';
import type { ChangeEntry } from './metadata-options/log';
import type { ChangeOptions, ChangeResult } from './metadata-options/modify';
import type { TemplateVersion } from './metadata-options/template';
import type { InterfaceChange } from './security-groups/change';
import type { DeletionResult } from './security-groups/delete-group';
import type { GroupEntry, InterfaceEntry } from './security-groups/log';
import type { InterfaceResult } from './security-groups/set-groups';
import type { GroupUses } from './security-groups/uses';
import type { SourceChange } from './sources/change';
import type { SourceEntry } from './sources/log';
import type { SourceResult } from './sources/modify';
import type { RegionSources } from './sources/records';
import type { Judging } from './posture/document';
import type { LiveFinding, ResourceDocument } from './posture/posture';
import type { IdentityExplanation } from './profiles/explanation';
import type { ProfileList } from './profiles/profile';

export interface Disposable {
  dispose(): void;
}

/** Settings of the user's machine, never of a workspace: they decide where signed requests go. */
export interface AwsSettings {
  /** Instead of `AWS_CONFIG_FILE` and `~/.aws/config`. */
  readonly configFile?: string;
  /** Instead of `AWS_SHARED_CREDENTIALS_FILE` and `~/.aws/credentials`. */
  readonly credentialsFile?: string;
  /** Names of profiles (`*` stands for any text) and account ids that nothing may change. */
  readonly readOnly: readonly string[];
  /** Tries of one request in all; the SDK's own setting in the profile comes first. Default 5. */
  readonly maxAttempts?: number;
}

/** What this library needs from its surroundings. */
export interface Surroundings {
  /** Asked whenever it matters, so that a changed setting holds at once. */
  settings(): AwsSettings;
  /**
   * Watches files and folders, existing or not, and calls back soon after any of them changed. Called again with other paths when those change;
   * what it returned before is disposed of.
   */
  watch(paths: readonly string[], changed: () => void): Disposable;
  /** Asks the user for a code; undefined when the user gives none. Never called but on behalf of `connect`. */
  askMfaCode(request: MfaRequest, signal: AbortSignal | undefined): Promise<string | undefined>;
  /** Where changes are written down before they are made. Without it nothing can be changed. */
  readonly changeLog?: ChangeLog;
  /** Default: the clock. */
  now?(): Date;
  /** Between looks at what a change has become. Default: so many milliseconds. */
  wait?(milliseconds: number): Promise<void>;
}

export interface ReadOptions {
  /** Ends the work; what it throws then is an AwsFailure of kind `cancelled`. */
  readonly signal?: AbortSignal;
}

export interface ListOptions extends ReadOptions {
  /** EC2's filters: `[{ name: 'tag:Name', values: ['web-*'] }]`. */
  readonly filters?: readonly { readonly name: string; readonly values: readonly string[] }[];
}

/** How much of a region is known. */
export interface KnownRecords {
  /** Kinds of which the records handed in are all that there are: what is not among them is not there. Default none. */
  readonly complete?: readonly RecordKind[];
}

export type JudgeOptions = ReadOptions & KnownRecords;

export interface Aws extends Disposable {
  /** All profiles, from the files as they are now, then the ambient ones. Asks nothing of AWS. Does not throw: what is wrong is in the answer. */
  profiles(): Promise<ProfileList>;
  /** Called when a profile, a file of them or an SSO login changed on the disk. Watching begins with the first listener and ends with the last. */
  onProfilesChanged(listener: () => void): Disposable;
  /** Why a profile is who it is; undefined: what the CLI and the SDK would use here without naming one. Asks nothing of AWS, runs no process. */
  explain(profile: string | undefined): Promise<IdentityExplanation>;

  /**
   * Gets credentials, asks AWS whose they are, and gives the session. On the user's action only: it may ask for a code. A session that stands is
   * given again unless it has expired or `renew` is set. Without `region` it is that of `explain`.
   */
  connect(
    profile: string,
    options?: ReadOptions & { readonly region?: string; readonly renew?: boolean },
  ): Promise<Session>;
  /** The same account and caller in another region. Asks nothing. */
  inRegion(session: Session, region: string): Session;
  /** How a session stands now: when it ends, whether it is read-only. */
  status(session: Session): SessionStatus;
  /** The account's alias; undefined where there is none or where the caller may not ask (`iam:ListAccountAliases`). Asked once. */
  accountAlias(session: Session, options?: ReadOptions): Promise<string | undefined>;
  /** Access keys of the caller that are older than 90 days, as notes; empty where the caller may not ask (`iam:ListAccessKeys`). */
  keyNotes(session: Session, options?: ReadOptions): Promise<readonly string[]>;
  /** Forgets credentials and sessions of a profile; the next `connect` begins anew. */
  disconnect(profile: string): void;
  /**
   * Writes the session's temporary credentials into the credentials file as a profile, by default `NAME-mfa`, keeping the rest of the file to the
   * letter and its mode 600. Gives the name. Refuses credentials that do not end, and a name that is taken by something else than such a session.
   */
  saveSession(session: Session, name?: string): Promise<string>;

  /** All regions of the account's partition. */
  regions(session: Session, options?: ReadOptions): Promise<readonly RegionRecord[]>;
  instances(session: Session, options?: ListOptions): AsyncIterable<Page<InstanceRecord>>;
  networkInterfaces(session: Session, options?: ListOptions): AsyncIterable<Page<NetworkInterfaceRecord>>;
  securityGroups(session: Session, options?: ListOptions): AsyncIterable<Page<SecurityGroupRecord>>;
  keyPairs(session: Session, options?: ListOptions): AsyncIterable<Page<KeyPairRecord>>;
  volumes(session: Session, options?: ListOptions): AsyncIterable<Page<VolumeRecord>>;
  /** An instance's user data, decoded. One call. */
  userData(session: Session, instance: string, options?: ReadOptions): Promise<UserData>;

  /**
   * What the linter's rules say of these resources, taken together: hand in all of a region, as a group is judged with those that use it. Ten
   * thousand take several turns of the event loop. Asks nothing of AWS.
   */
  judge(
    session: Session,
    records: readonly ResourceRecord[],
    settings?: Settings,
    options?: JudgeOptions,
  ): Promise<readonly LiveFinding[]>;
  /** One resource, read again, as a document with its findings. `context`: the records that it is judged with. */
  document(session: Session, kind: RecordKind, id: string, options?: ReadOptions & Judging): Promise<ResourceDocument>;

  /** The page of the AWS console that shows a resource, or the list of a kind. Goes by the access portal where the profile is one of SSO. */
  consoleLink(session: Session, kind: RecordKind, id?: string): string;

  /** Called for each request that will be tried again. */
  onRetry(listener: (event: RetryEvent) => void): Disposable;
}

/** What may be changed in an account, and what speaks for and against it. */
export interface AwsChanges extends AwsSources, AwsSecurityGroups {
  /** The use of metadata without a token in the days before now (14 by default), as it comes. As few requests as the API allows. */
  tokenUse(
    session: Session,
    instances: readonly string[],
    options?: ReadOptions & { readonly days?: number },
  ): AsyncIterable<readonly TokenUse[]>;
  /** Whether images say of themselves that their software asks for tokens, by their ids. One call for 200. */
  imageSupports(
    session: Session,
    images: readonly string[],
    options?: ReadOptions,
  ): Promise<ReadonlyMap<string, ImageSupport>>;
  /** What the account says of the metadata options of new instances in the session's region. One call. */
  metadataDefaults(session: Session, options?: ReadOptions): Promise<MetadataDefaults>;
  /** Versions of one launch template, by their numbers. One call for 200. */
  templateVersions(
    session: Session,
    template: string,
    versions: readonly string[],
    options?: ReadOptions,
  ): Promise<ReadonlyMap<string, TemplateVersion>>;
  /** Asks AWS by `DryRun` whether the change would be allowed. @throws AwsFailure where it would not */
  checkMetadataOptions(session: Session, instance: string, change: MetadataOptionsChange): Promise<void>;
  /** Changes what differs, written down before, waited for, read back. The signal ends the waiting, not the change. */
  changeMetadataOptions(
    session: Session,
    instance: string,
    change: MetadataOptionsChange,
    options?: Omit<ChangeOptions, 'undoes'>,
  ): Promise<ChangeResult>;
  /** Takes a change back, in the account and region that it was made in. */
  undoMetadataOptions(
    session: Session,
    entry: ChangeEntry,
    options?: Omit<ChangeOptions, 'undoes'>,
  ): Promise<ChangeResult>;
  /** Every change that was begun, and what became of it, in order. `undoable` chooses those of an instance that can be taken back. */
  changes(): Promise<readonly ChangeEntry[]>;
}

/** What new instances of a region start from, and what can be changed of it. */
export interface AwsSources {
  /** The account's default, launch templates, Auto Scaling groups and images of one's own: four lists at once, each of which may fail by itself. */
  sources(session: Session, options?: ReadOptions): Promise<RegionSources>;
  /** Asks AWS by `DryRun` whether the change would be allowed; `untold` where the API has no way to ask. @throws AwsFailure where it would not */
  checkSource(session: Session, change: SourceChange): Promise<'allowed' | 'untold'>;
  /** Makes one change, written down before, read back. Nothing is sent where something is not as the change expects it. */
  changeSource(session: Session, change: SourceChange): Promise<SourceResult>;
  /** Takes a change back, in the account and region that it was made in. */
  undoSource(session: Session, entry: SourceEntry): Promise<SourceResult>;
  /** Every change of this kind that was begun, and what became of it, in order. */
  sourceChanges(): Promise<readonly SourceEntry[]>;
}

/** What can be changed of security groups. Giving up a change by its signal counts until something is sent. */
export interface AwsSecurityGroups {
  /** What has a group, and what names it: rules of other groups, launch templates. Each list may fail by itself. */
  securityGroupUses(session: Session, group: string, options?: ReadOptions): Promise<GroupUses>;
  /** Asks AWS by `DryRun` whether the caller may delete it. @throws AwsFailure where not */
  checkSecurityGroupDeletion(session: Session, group: SecurityGroupRecord): Promise<void>;
  /** Deletes a group for good, written down before with all that it held. Nothing is sent where it is not as `group` any more. */
  deleteSecurityGroup(session: Session, group: SecurityGroupRecord, options?: ReadOptions): Promise<DeletionResult>;
  /** Asks AWS by `DryRun` whether the caller may change it. @throws AwsFailure where not */
  checkInterfaceGroups(session: Session, change: Pick<InterfaceChange, 'networkInterface' | 'groups'>): Promise<void>;
  /** Changes which groups a network interface has. Nothing is sent where it has others than the change expects. */
  setInterfaceGroups(session: Session, change: InterfaceChange, options?: ReadOptions): Promise<InterfaceResult>;
  /** Gives an interface the groups back that it had, in the account and region that they were changed in. */
  undoInterfaceGroups(session: Session, entry: InterfaceEntry, options?: ReadOptions): Promise<InterfaceResult>;
  /** Every change of this kind that was begun, and what became of it, in order. */
  groupChanges(): Promise<readonly GroupEntry[]>;
}

/** The user data of many instances, and of their launch templates, searched; what is equal is read and searched once. */
import type { Aws, AwsChanges, InstanceRecord, Session, TemplateVersion, UserData } from '../../../aws';
import { l10n } from '../../l10n';
import type { FindCalls, TemplateEvidence, UserDataEvidence, V1Call } from '../evidence';
import { inTurn } from './as-they-come';
import { reasonOf } from './reason';

/** EC2 lets such requests through at 20 a second, after a hundred at once (EC2 Developer Guide, "Request throttling"). */
const READS_AT_ONCE = 8;

/** Of so many instances the templates are read besides their own user data; of more, only in its place. */
const LOOKED_AT_CLOSELY = 20;

export interface UserDataFound {
  readonly userData: UserDataEvidence;
  /** Whose user data was read. */
  readonly userDataOf: 'instance' | 'template';
  readonly template: TemplateEvidence | undefined;
}

interface Started {
  readonly id: string;
  readonly version: string;
}

/** The template that an instance was started from (EC2 User Guide, "Tag your Amazon EC2 resources", system tags). */
function startedFrom({ launchTemplate: id, tags }: InstanceRecord): Started | undefined {
  const version = tags['aws:ec2launchtemplate:version'];
  return id === undefined || version === undefined || !/^\d+$/.test(version) ? undefined : { id, version };
}

const keyOf = ({ id, version }: Started): string => `${id} ${version}`;

/**
 * An instance is asked for its own user data, as whoever starts it by hand may give others than the template has. Those that an Auto Scaling group started
 * have the template's, as a group cannot give others: where a version has started several, it is read once for all.
 * So there is never more than one read an instance, but for a few that are looked at closely.
 */
export function userDataOfMany(
  aws: Pick<Aws, 'userData'> & Pick<AwsChanges, 'templateVersions'>,
  session: Session,
  instances: readonly InstanceRecord[],
  findCalls: FindCalls,
  signal: AbortSignal,
): (instance: InstanceRecord) => Promise<UserDataFound> {
  const search = searchOnce(findCalls);
  const turn = inTurn(READS_AT_ONCE);
  const templates = templatesOf(aws, session, instances, signal);
  const shared = sharedVersions(instances);

  async function evidenceOf(name: string, read: () => Promise<UserData>): Promise<UserDataEvidence> {
    try {
      const { text, unreadable } = await read();
      if (text === undefined) return unreadable === undefined ? { is: 'none' } : { is: 'unread', why: unreadable };
      if (text.trim() === '') return { is: 'none' };
      const calls = await search(name, text);
      if (calls === undefined) return { is: 'unread', why: l10n.t('It is nothing that the linter reads.') };
      return { is: 'read', text, calls };
    } catch (error) {
      return { is: 'unread', why: reasonOf(error) };
    }
  }

  const own = ({ id }: InstanceRecord): Promise<UserDataEvidence> =>
    evidenceOf(`user-data-${id}`, () =>
      turn(() => {
        // Whoever waited for a turn may have been given up meanwhile.
        signal.throwIfAborted();
        // A signal of its own: Node.js warns of one that eleven requests listen to.
        return aws.userData(session, id, { signal: AbortSignal.any([signal]) });
      }),
    );

  return async (instance) => {
    const started = startedFrom(instance);
    const ofTemplate = async ({ id, version }: Started): Promise<TemplateEvidence> => ({
      id,
      version,
      userData: await evidenceOf(`user-data-${id}`, () => templates({ id, version })),
    });
    if (started !== undefined && instance.autoScalingGroup !== undefined && shared.has(keyOf(started))) {
      const template = await ofTemplate(started);
      // Without the template's, the instance's own is still to be had.
      if (template.userData.is !== 'unread') return { userData: template.userData, userDataOf: 'template', template };
    }
    const [userData, template] = await Promise.all([
      own(instance),
      started === undefined || instances.length > LOOKED_AT_CLOSELY ? undefined : ofTemplate(started),
    ]);
    return { userData, userDataOf: 'instance', template };
  };
}

/** Searches each text once, whoever has it. */
function searchOnce(findCalls: FindCalls): FindCalls {
  const searched = new Map<string, Promise<readonly V1Call[] | undefined>>();
  return (name, text) => {
    const found = searched.get(text) ?? findCalls(name, text);
    searched.set(text, found);
    return found;
  };
}

/** The versions that started more than one instance. */
function sharedVersions(instances: readonly InstanceRecord[]): ReadonlySet<string> {
  const once = new Set<string>();
  const more = new Set<string>();
  for (const instance of instances) {
    const started = startedFrom(instance);
    if (started === undefined) continue;
    const key = keyOf(started);
    if (once.has(key)) more.add(key);
    once.add(key);
  }
  return more;
}

/** Asks for a template when it is wanted first, and then for all of its versions that are. */
function templatesOf(
  aws: Pick<AwsChanges, 'templateVersions'>,
  session: Session,
  instances: readonly InstanceRecord[],
  signal: AbortSignal,
): (started: Started) => Promise<UserData> {
  const wanted = new Map<string, Set<string>>();
  for (const instance of instances) {
    const started = startedFrom(instance);
    if (started === undefined) continue;
    const versions = wanted.get(started.id) ?? new Set();
    wanted.set(started.id, versions.add(started.version));
  }
  const asked = new Map<string, Promise<ReadonlyMap<string, TemplateVersion>>>();
  return async ({ id, version }) => {
    const answer = asked.get(id) ?? aws.templateVersions(session, id, [...(wanted.get(id) ?? [])], { signal });
    asked.set(id, answer);
    const found = (await answer).get(version);
    if (found === undefined) throw new Error(l10n.t('Version {0} of {1} is not there any more.', version, id));
    return found.userData;
  };
}

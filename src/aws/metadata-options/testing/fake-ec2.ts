/** One instance as EC2 documents it, with the faults that happen on the way, and a log in memory. */
import { ModifyInstanceMetadataOptionsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { AwsFailure } from '../../clients/failure';
import type { InstanceRecord, MetadataOptionsRecord } from '../../inventory/records';
import type { ChangeLog } from '../../change-log/change-log';
import type { ChangeTools } from '../modify';

export const SESSION = {
  profile: 'work',
  region: 'eu-west-1',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/me',
  partition: 'aws',
};
/** The options that it begins with. */
export const START: MetadataOptionsRecord = {
  tokens: 'optional',
  endpoint: 'enabled',
  hopLimit: 1,
  ipv6: 'disabled',
  instanceTags: 'disabled',
  state: 'applied',
};

/** What happens to the next request to change something. */
export type Fault =
  'none' | 'refused' | 'refused at last' | 'lost before' | 'lost after' | 'slow' | 'unreadable' | 'silent';

/** An instance as EC2 documents it: options that are not sent keep their value, and a change is pending for a while. */
export function fakeEc2() {
  const log: string[] = [];
  const sent: { readonly input: object; readonly logged: string }[] = [];
  const state = { options: { ...START }, looks: 0, fault: 'none' as Fault, running: 'running', unread: 0 };
  const lost = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  const apply = (input: ModifyInstanceMetadataOptionsCommand['input']): void => {
    Object.assign(state.options, {
      ...(input.HttpTokens === undefined ? {} : { tokens: input.HttpTokens }),
      ...(input.HttpEndpoint === undefined ? {} : { endpoint: input.HttpEndpoint }),
      ...(input.HttpPutResponseHopLimit === undefined ? {} : { hopLimit: input.HttpPutResponseHopLimit }),
      ...(input.HttpProtocolIpv6 === undefined ? {} : { ipv6: input.HttpProtocolIpv6 }),
      ...(input.InstanceMetadataTags === undefined ? {} : { instanceTags: input.InstanceMetadataTags }),
      state: 'pending',
    });
    state.looks = state.fault === 'slow' ? 3 : 1;
  };
  const send = (command: unknown): Promise<unknown> => {
    if (!(command instanceof ModifyInstanceMetadataOptionsCommand)) return Promise.reject(new Error('not asked for'));
    const { input } = command;
    if (input.DryRun === true) {
      const name = state.fault === 'refused' ? 'UnauthorizedOperation' : 'DryRunOperation';
      return Promise.reject(Object.assign(new Error('x'), { name }));
    }
    sent.push({ input, logged: log.at(-1) ?? '' });
    if (state.fault === 'refused')
      return Promise.reject(Object.assign(new Error('no'), { name: 'UnauthorizedOperation' }));
    if (state.fault === 'lost before') return Promise.reject(lost());
    apply(input);
    if (state.fault === 'unreadable' || state.fault === 'silent') state.unread = Infinity;
    if (state.fault === 'lost after' || state.fault === 'silent') return Promise.reject(lost());
    // The answer to the first try was lost, and the second was refused: credentials had ended in between.
    if (state.fault === 'refused at last')
      return Promise.reject(Object.assign(new Error('no'), { name: 'RequestExpired', $metadata: { attempts: 2 } }));
    return Promise.resolve({});
  };
  const changeLog: ChangeLog = {
    append: (line) => {
      log.push(line);
      return Promise.resolve();
    },
    read: () => Promise.resolve(log.join('')),
  };
  const tools: ChangeTools = {
    session: SESSION,
    client: { send: send as EC2Client['send'] },
    read: (id) => {
      if (state.unread > 0) {
        state.unread--;
        return Promise.reject(new AwsFailure('No answer.', { kind: 'network', action: 'retry', advice: 'Try again.' }));
      }
      if (state.looks > 0 && state.running === 'running') state.looks--;
      else if (state.running === 'running') state.options.state = 'applied';
      const metadata = { ...state.options };
      return Promise.resolve({ id, name: 'web', state: state.running, metadata } as InstanceRecord);
    },
    log: changeLog,
    now: () => new Date('2026-11-22T12:00:00Z'),
    wait: () => Promise.resolve(),
    guard: () => undefined,
  };
  return { tools, state, sent, changeLog };
}

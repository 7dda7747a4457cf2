/** A VPC and somebody who answers as told, for tests of the flows. What the library does with AWS's answers is its own. */
import type { Aws, AwsChanges, InstanceRecord, LiveFinding, ResourceRecord } from '../../../../aws';
import { KINDS } from '../../../../aws/inventory/lists';
import { checkDeletion, deleteGroup } from '../../../../aws/security-groups/delete-group';
import { readGroupEntries } from '../../../../aws/security-groups/log';
import { checkInterfaceGroups, setInterfaceGroups } from '../../../../aws/security-groups/set-groups';
import { fakeVpc, SESSION } from '../../../../aws/security-groups/testing/fake-vpc';
import { undoInterfaceGroups } from '../../../../aws/security-groups/undo';
import { usesOf } from '../../../../aws/security-groups/uses';
import { INSTANCE } from '../../../testing/records';
import type { Question } from '../../question';
import { deleteSecurityGroup, tellDeletion } from '../delete-group';
import { detachSecurityGroup } from '../detach';
import type { GroupTools } from '../tools';
import { tellGroups } from '../undo';

export { SESSION } from '../../../../aws/security-groups/testing/fake-vpc';

/** `web` and `internal` on an instance, `old` on nothing. */
export function world() {
  const { vpc, tools: inner } = fakeVpc();
  vpc.addGroup('web', ['0.0.0.0/0']);
  vpc.addGroup('internal', ['10.0.0.0/8']);
  vpc.addGroup('old', ['10.0.0.0/8', '@old']);
  vpc.interfaces.set('eni-1', { groups: ['sg-web', 'sg-internal'], instance: 'i-1' });
  const state = {
    readOnly: undefined as string | undefined,
    answer: 'yes' as 'yes' | undefined,
    typed: true,
    /** What is chosen of a list: a part of its label or description. */
    pick: undefined as string | undefined,
    /** What is taken of what is offered, in turn. */
    taken: [] as string[],
    findings: [] as LiveFinding[],
    /** What happens while the question is open. */
    meanwhile: (): void => undefined,
  };
  const seen = {
    asked: [] as Question[],
    refused: [] as string[],
    told: [] as string[],
    offered: [] as (readonly string[])[],
    words: [] as string[],
    lists: [] as string[][],
    shown: [] as string[],
    readAgain: [] as string[],
    refreshed: [] as string[],
    logs: 0,
  };
  const { client } = inner;
  const used: Partial<Aws & AwsChanges> = {
    status: () => ({ expires: undefined, hasExpired: false, usesMfa: false, readOnly: state.readOnly }),
    accountAlias: () => Promise.resolve('tidewater'),
    securityGroups: (session, options = {}) => KINDS['security-group'].list(client, session, options),
    networkInterfaces: (session, options = {}) => KINDS['network-interface'].list(client, session, options),
    async *instances(_session, { filters = [] } = {}) {
      await Promise.resolve();
      const items = (filters[0]?.values ?? []).map((id): InstanceRecord => ({ ...INSTANCE, id, name: `host-${id}` }));
      yield { items, isLast: true };
    },
    securityGroupUses: (session, id) => usesOf(client, session, id),
    checkSecurityGroupDeletion: (_session, group) => checkDeletion(inner, group),
    deleteSecurityGroup: (_session, group) => deleteGroup(inner, group),
    checkInterfaceGroups: (_session, change) => checkInterfaceGroups(inner, change),
    setInterfaceGroups: (_session, change) => setInterfaceGroups(inner, change),
    undoInterfaceGroups: (_session, entry) => undoInterfaceGroups(inner, entry),
    groupChanges: () => readGroupEntries(inner.log),
  };
  const tools: GroupTools = {
    aws: used as Aws & AwsChanges,
    ui: {
      progress: (_title, work) => work(() => undefined, new AbortController().signal),
      ask: (question) => {
        seen.asked.push(question);
        state.meanwhile();
        return Promise.resolve(state.answer);
      },
      askToType: (_prompt, word) => {
        seen.words.push(word);
        return Promise.resolve(state.typed);
      },
      pick: (_title, _placeholder, choices) => {
        seen.lists.push(
          choices.map(({ label, description = '', detail = '' }) => [label, description, detail].join(' | ')),
        );
        const { pick } = state;
        return Promise.resolve(
          choices.find(({ label, description = '' }) => pick !== undefined && `${label} ${description}`.includes(pick)),
        );
      },
      askFor: () => Promise.resolve(undefined),
      offer: (message, actions) => {
        seen.told.push(message);
        seen.offered.push(actions);
        const wanted = state.taken.shift();
        return Promise.resolve(actions.find((action) => action === wanted));
      },
      refuse: (message) => void seen.refused.push(message),
    },
    findingsOf: (_session, id) => state.findings.filter(({ resource }) => resource === id),
    show: (_session, record) => void seen.shown.push(record.id),
    refresh: (_session, ids) => void seen.refreshed.push(ids.join(' ')),
    readAgain: (_session, kind) => void seen.readAgain.push(kind),
    openLog: () => void (seen.logs += 1),
  };
  return {
    vpc,
    state,
    seen,
    tools,
    remove: async (name: string): Promise<void> => {
      const result = await deleteSecurityGroup(tools, SESSION, `sg-${name}`);
      if (result) await tellDeletion(tools, result);
    },
    detach: async (from: ResourceRecord): Promise<void> => {
      const result = await detachSecurityGroup(tools, SESSION, from);
      if (result) await tellGroups(tools, SESSION, result);
    },
  };
}

export function finding(resource: string, ruleId: string): LiveFinding {
  return { resource, ruleId, severity: 'information', message: ruleId };
}

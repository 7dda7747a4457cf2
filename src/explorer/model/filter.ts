/**
 * What a search asks for. Words have to occur somewhere in a resource, all of them: in its name, id, addresses, tags, state or posture. Besides:
 * `state:running`, `imds:v1` (v2, off), `tag:team=web`, `tag:team`, `type:t3`, `findings`; `-` before a term turns it round; quotes hold words together.
 */
import type { ResourceRecord } from '../../aws';
import { postureOf } from '../kinds/instances/metadata';
import { kindOf } from '../kinds/registry';

export interface Filter {
  readonly isEmpty: boolean;
  readonly matches: (record: ResourceRecord, findings: number) => boolean;
}

type Test = (record: ResourceRecord, findings: number) => boolean;

export function parseFilter(text: string): Filter {
  const tests = termsOf(text).map(testOf);
  return { isEmpty: tests.length === 0, matches: (record, findings) => tests.every((test) => test(record, findings)) };
}

function termsOf(text: string): string[] {
  return [...text.toLowerCase().matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([term]) => term.replaceAll('"', ''));
}

function testOf(term: string): Test {
  if (term.startsWith('-') && term.length > 1) {
    const test = testOf(term.slice(1));
    return (record, findings) => !test(record, findings);
  }
  const [, name = '', value = ''] = /^(state|imds|tag|type):(.+)$/.exec(term) ?? [];
  switch (name) {
    case 'state':
      return (record) => 'state' in record && record.state === value;
    case 'imds':
      return (record) => record.kind === 'instance' && postureOf(record) === value;
    case 'type':
      return (record) => 'type' in record && record.type?.toLowerCase().startsWith(value) === true;
    case 'tag':
      return tagTest(value);
    default:
      return term === 'findings' ? (_record, findings) => findings > 0 : (record) => haystackOf(record).includes(term);
  }
}

function tagTest(value: string): Test {
  const at = value.indexOf('=');
  const key = at < 0 ? value : value.slice(0, at);
  return ({ tags }) =>
    Object.entries(tags).some(
      ([name, has]) => name.toLowerCase() === key && (at < 0 || has.toLowerCase() === value.slice(at + 1)),
    );
}

const haystacks = new WeakMap<ResourceRecord, string>();

/** All that a word may hit; records do not change, so it is made once. */
function haystackOf(record: ResourceRecord): string {
  const known = haystacks.get(record);
  if (known !== undefined) return known;
  const { id, tags, name } = record;
  const words = [id, name, ...Object.entries(tags).flat(), ...kindOf(record.kind).words(record)];
  const made = words
    .filter((word) => word !== undefined)
    .join('\n')
    .toLowerCase();
  haystacks.set(record, made);
  return made;
}

/** What Ansible makes of EC2, as the rules over resources judge it. */
import { describe, expect, it } from 'vitest';
import { findingsIn, judged, rulesIn, unmarked } from '../../../testing/script';
import { applyEdits } from '../../../text/edits';

const URI = 'file:///srv/playbook.yml';

const indented = (text: string, columns: number): string => text.replace(/^(?=.)/gm, ' '.repeat(columns));
const task = (module: string, args: string, vars = ''): string =>
  `---\n- hosts: localhost\n  connection: local\n${vars}  tasks:\n    - name: Make it\n      ${module}:\n${indented(args, 8)}\n`;
const group = (rule: string, vars?: string): string =>
  task('amazon.aws.ec2_security_group', `name: web\ndescription: Web\nrules:\n${indented(rule, 2)}`, vars);
const vars = (text: string): string => `  vars:\n${indented(text, 4)}\n`;

describe('rules of security groups', () => {
  it.each([
    ['ports from and to', group('- proto: tcp\n  from_port: 22\n  to_port: 22\n  cidr_ip: «0.0.0.0/0»')],
    ['a port', group('- proto: tcp\n  ports: 22\n  cidr_ip: «"0.0.0.0/0"»')],
    ['one of the ports', group('- proto: tcp\n  ports: [80, 22]\n  cidr_ip: «0.0.0.0/0»')],
    ['ports as text', group('- proto: tcp\n  ports:\n    - "80"\n    - "20-25"\n  cidr_ip: «0.0.0.0/0»')],
    ['no protocol, which is TCP', group('- ports: 22\n  cidr_ip: «0.0.0.0/0»')],
    ['the number of the protocol', group('- proto: 6\n  ports: 3389\n  cidr_ip: «0.0.0.0/0»')],
    ['one of the blocks', group('- proto: tcp\n  ports: 22\n  cidr_ip:\n    - 10.0.0.0/8\n    - «0.0.0.0/0»')],
    ['IPv6', group('- { proto: tcp, ports: [22], cidr_ipv6: «"::/0"» }')],
    [
      'the second rule',
      group('- { proto: tcp, ports: 443, cidr_ip: 0.0.0.0/0 }\n- { proto: tcp, ports: 22, cidr_ip: «0.0.0.0/0» }'),
    ],
    ['a variable', group('- proto: tcp\n  ports: 22\n  cidr_ip: «"{{ from }}"»', vars('from: 0.0.0.0/0'))],
    [
      'rules in a variable',
      task(
        'ec2_group',
        'name: web\nrules: «"{{ rules }}"»',
        vars('rules:\n  - proto: tcp\n    ports: 22\n    cidr_ip: 0.0.0.0/0'),
      ),
    ],
    [
      'its name before',
      task('ec2_group', 'name: web\nrules:\n  - proto: tcp\n    ports: 22\n    cidr_ip: «0.0.0.0/0»'),
    ],
    [
      'in a list of tasks',
      `- name: Make it\n  community.aws.ec2_group:\n    name: web\n    rules:\n      - ports: 22\n        cidr_ip: «0.0.0.0/0»\n`,
    ],
    [
      'in a block',
      `- block:\n    - ec2_group:\n        name: web\n        rules:\n          - ports: 22\n            cidr_ip: «0.0.0.0/0»\n  when: x\n`,
    ],
  ])('%s', (_, text) => {
    expect(judged(text, 'open-management-port', URI)).toBe(text);
  });

  it.each([
    ['everything', group('- proto: all\n  cidr_ip: 0.0.0.0/0'), 'open-all-ports'],
    ['minus one', group('- proto: -1\n  from_port: 0\n  to_port: 0\n  cidr_ip: 0.0.0.0/0'), 'open-all-ports'],
    ['a database', group('- proto: tcp\n  ports: 5432\n  cidr_ip: 0.0.0.0/0'), 'open-port'],
  ])('%s', (_, text, rule) => {
    expect(rulesIn(text, URI)).toEqual([rule]);
  });

  it.each([
    ['web ports', group('- proto: tcp\n  ports: [80, 443]\n  cidr_ip: 0.0.0.0/0')],
    ['a private block', group('- proto: tcp\n  ports: 22\n  cidr_ip: 10.0.0.0/8')],
    ['a group', group('- proto: tcp\n  ports: 22\n  group_name: bastion')],
    ['ping', group('- proto: icmp\n  from_port: -1\n  to_port: -1\n  cidr_ip: 0.0.0.0/0')],
    ['a variable of elsewhere', group('- proto: tcp\n  ports: 22\n  cidr_ip: "{{ office }}"')],
    [
      'a variable that is set twice',
      group('- ports: 22\n  cidr_ip: "{{ from }}"', vars('from: 0.0.0.0/0')).concat(
        '    - set_fact:\n        from: 10.0.0.0/8\n',
      ),
    ],
    ['an expression', group(`- ports: 22\n  cidr_ip: "{{ mine | default('0.0.0.0/0') }}"`, vars('mine: 10.0.0.0/8'))],
    ['a port of a loop', group('- ports: "{{ item }}"\n  cidr_ip: 0.0.0.0/0')],
    ['no ports', group('- proto: tcp\n  cidr_ip: 0.0.0.0/0')],
    ['what goes out', task('ec2_group', 'name: web\nrules_egress:\n  - proto: all\n    cidr_ip: 0.0.0.0/0')],
    [
      'what is taken away',
      task('ec2_group', 'name: web\nstate: absent\nrules:\n  - ports: 22\n    cidr_ip: 0.0.0.0/0'),
    ],
    [
      'what is silenced',
      group('- ports: 22\n  # ec2-warden-disable-next-line open-management-port -- a honeypot\n  cidr_ip: 0.0.0.0/0'),
    ],
    ['what KICS is told to leave alone', group('- ports: 22\n  # kics-scan ignore-line\n  cidr_ip: 0.0.0.0/0')],
    [
      'what checkov is told to leave alone',
      task(
        'ec2_instance',
        'image_id: ami-1\nmetadata_options: { http_tokens: optional } # checkov:skip=CKV_AWS_79: old software',
      ),
    ],
    ['another cloud', task('openstack.cloud.security_group_rule', 'remote_ip_prefix: 0.0.0.0/0\nport_range_min: 22')],
    ['rules that are none', task('ec2_group', 'name: web\nrules: 22')],
    ['nothing', task('ec2_group', 'name: web\nrules:')],
  ])('silent: %s', (_, text) => {
    expect(rulesIn(text, URI)).toEqual([]);
  });
});

const REQUIRED = 'metadata_options: { http_tokens: required }';

describe('instances and launch templates', () => {
  it.each([
    [
      'tokens are optional',
      'ec2_instance',
      'image_id: ami-1\nmetadata_options:\n  http_tokens: optional',
      ['imdsv1-allowed'],
    ],
    ['of a template', 'ec2_launch_template', 'name: x\nmetadata_options:\n  http_tokens: optional', ['imdsv1-allowed']],
    ['nothing is said', 'amazon.aws.ec2_instance', 'image_id: ami-1', ['imdsv1-allowed']],
    ['tokens are required', 'ec2_instance', `image_id: ami-1\n${REQUIRED}`, []],
    ['a launch template says it', 'ec2_instance', 'launch_template: { id: lt-1 }', []],
    ['an instance that is there', 'ec2_instance', 'instance_ids: [i-1]\nstate: running', []],
    ['an instance that goes', 'ec2_instance', 'image_id: ami-1\nstate: absent', []],
    [
      'turned off',
      'ec2_instance',
      'image_id: ami-1\nmetadata_options: { http_endpoint: disabled, http_tokens: optional }',
      [],
    ],
    ['not known', 'ec2_instance', 'image_id: ami-1\nmetadata_options: { http_tokens: "{{ tokens }}" }', []],
    [
      'a hop limit',
      'ec2_instance',
      'image_id: ami-1\nmetadata_options: { http_tokens: required, http_put_response_hop_limit: 5 }',
      ['metadata-hop-limit'],
    ],
    [
      'a volume',
      'ec2_instance',
      `image_id: ami-1\n${REQUIRED}\nvolumes:\n  - device_name: /dev/sdb\n    ebs: { volume_size: 5, encrypted: no }`,
      ['ebs-unencrypted'],
    ],
    [
      'an encrypted volume',
      'ec2_instance',
      `image_id: ami-1\n${REQUIRED}\nvolumes:\n  - device_name: /dev/sdb\n    ebs: { volume_size: 5, encrypted: yes }`,
      [],
    ],
    ['a volume of its own', 'ec2_vol', 'volume_size: 5\nencrypted: false', ['ebs-unencrypted']],
    ['a volume that is attached', 'ec2_vol', 'id: vol-1\ninstance: i-1', []],
    ['a public image', 'ec2_ami', "image_id: ami-1\nlaunch_permissions:\n  group_names: ['all']", ['image-public']],
    ['an image of accounts', 'ec2_ami', "image_id: ami-1\nlaunch_permissions:\n  user_ids: ['123456789012']", []],
  ])('%s', (_, module, args, rules) => {
    expect(rulesIn(task(module, args), URI)).toEqual(rules);
  });

  it('findings are about the task', () => {
    const [finding] = findingsIn(group('- ports: 22\n  cidr_ip: 0.0.0.0/0'), URI);
    expect(finding?.resource).toBe('Make it');
  });
});

describe('fixes', () => {
  it.each([
    ['a block', group('- ports: 22\n  cidr_ip: «0.0.0.0/0»'), '203.0.113.7/32'],
    ['a block in quotes', group('- ports: 22\n  cidr_ip: «"0.0.0.0/0"»'), '"203.0.113.7/32"'],
    [
      'a block of a variable',
      group('- ports: 22\n  cidr_ip: "{{ from }}"', vars('from: «0.0.0.0/0»')),
      '203.0.113.7/32',
    ],
    ['tokens', task('ec2_instance', 'image_id: ami-1\nmetadata_options:\n  http_tokens: «optional»'), 'required'],
    ['a volume', task('ec2_vol', 'volume_size: 5\nencrypted: «no»'), 'true'],
  ])('%s', (_, written, expected) => {
    const text = unmarked(written);
    const [fix] = findingsIn(text, URI)[0]?.fixes ?? [];
    const after = fix && applyEdits(text, fix.edits(fix.input && '203.0.113.7/32'));
    expect(after).toBe(written.replace(/«.*»/s, expected));
    expect(rulesIn(after ?? '', URI)).toEqual([]);
  });
});

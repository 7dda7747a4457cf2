import { describe, expect, it } from 'vitest';
import { editsReadAsMeant, survivesDamage } from '../../testing/carriers';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, findingsIn, fixed, judged, offered, unmarked } from '../../testing/script';

const URI = 'file:///srv/roles/web/tasks/main.yml';
const tasks = (text: string): string => `---\n# tasks\n${text}`;

describe('Ansible is known', () => {
  it.each([
    ['as tasks', 'main.yml', `- name: id\n  shell: curl ${META}/\n`],
    ['as a play', 'site.yaml', `---\n- hosts: all\n  tasks:\n    - command: curl ${META}/\n`],
    ['by full names', 'main.yml', `- ansible.builtin.uri:\n    url: ${META}/\n`],
    ['by the name for Windows', 'main.yml', `- win_shell: irm ${META}/\n`],
    ['as a template of tasks', 'main.yml.j2', `- shell: curl ${META}/\n`],
  ])('%s', (_, name, text) => {
    expect(engine.lint({ uri: `file:///srv/${name}`, text }).kind).toBe('Ansible');
  });

  it.each([
    ['a map', 'main.yml', `shell: curl ${META}/\n`],
    ['a list of something else', 'main.yml', `- address: ${META}/\n`],
  ])('not %s', (_, name, text) => {
    expect(engine.lint({ uri: `file:///srv/${name}`, text }).kind).not.toBe('Ansible');
  });
});

describe('modes of credential files', () => {
  it.each([
    ['of a folder', `- file:\n    path: ~/.aws\n    state: directory\n    mode: «"0777"»\n`],
    ['of a file', `- ansible.builtin.file:\n    path: /root/.aws/credentials\n    mode: «0644»\n`],
    ['of a copy', `- copy:\n    src: id\n    dest: "{{ home }}/.ssh/id_rsa"\n    mode: «'0644'»\n`],
    [
      'of a template',
      `- template:\n    src: credentials.j2\n    dest: /root/.aws/credentials\n    mode: «u=rw,g=r,o=r»\n`,
    ],
    ['in a file that is changed', `- blockinfile: {path: /root/.aws/config, create: true, mode: «'0640'», block: a}\n`],
    ['of all below', `- file:\n    path: /home/a/.ssh\n    recurse: yes\n    mode: «"0755"»\n`],
    ['of the owner only', `- copy:\n    dest: /root/.aws/credentials\n    mode: '0600'\n`],
    ['of a folder that may be entered', `- file:\n    path: ~/.aws\n    state: directory\n    mode: '0755'\n`],
    ['that comes from elsewhere', `- copy:\n    dest: /root/.aws/credentials\n    mode: "{{ mode }}"\n`],
    ['that is decimal', `- copy:\n    dest: /root/.aws/credentials\n    mode: 644\n`],
    ['of what is public', `- copy:\n    dest: ~/.ssh/authorized_keys\n    mode: '0644'\n`],
    ['of another file', `# ~/.aws\n- copy:\n    dest: /etc/motd\n    mode: '0644'\n`],
  ])('%s', (_, text) => {
    expect(judged(tasks(text), 'credentials-permissions', URI)).toBe(tasks(text));
  });

  it.each([
    [`mode: "0644"`, `mode: "0600"`],
    ['mode: 0644', 'mode: 0600'],
    ['mode: u=rw,g=r,o=r', 'mode: u=rw,go='],
  ])('%s becomes %s', (before, after) => {
    const task = (mode: string): string => tasks(`- copy:\n    dest: /root/.aws/credentials\n    ${mode}\n`);
    expect(fixed(task(before), URI)).toBe(task(after));
  });
});

describe('calls are found', () => {
  it.each([
    ['by a shell', `- shell: «curl -s ${META}/»\n`],
    ['by a shell under its full name', `- ansible.builtin.shell: «curl -s ${META}/» | jq .\n`],
    ['by a shell over lines', `- shell: |\n    set -e\n    «curl -s ${META}/»\n`],
    ['by a shell, folded', `- shell: >\n    «curl -s\n    ${META}/»\n`],
    ['by a shell as an argument', `- shell:\n    cmd: «curl -s ${META}/»\n    chdir: /tmp\n`],
    ['by bash', `- shell: «curl -s ${META}/»\n  args:\n    executable: /bin/bash\n`],
    ['raw', `- raw: «curl -s ${META}/»\n`],
    ['as a command', `- command: «curl -s ${META}/»\n`],
    ['as a list of arguments', `- command:\n    argv: [«curl, -s, ${META}/»]\n`],
    ['by cron', `- cron:\n    name: id\n    job: «curl -s ${META}/» > /run/id\n`],
    [
      'in a file that is copied',
      `- copy:\n    dest: /opt/id\n    content: |\n      #!/bin/sh\n      «curl -s ${META}/»\n`,
    ],
    ['in a block', `- block:\n    - shell: «curl ${META}/»\n  rescue:\n    - shell: «curl ${META}/a»\n`],
    [
      'in a play',
      `- hosts: all\n  pre_tasks:\n    - shell: «curl ${META}/»\n  handlers:\n    - raw: «curl ${META}/a»\n`,
    ],
    ['with an expression in the path', `- shell: «curl -s ${META}/{{ item }}»\n  with_items: [ami-id]\n`],
    ['with an address from a variable', `- hosts: all\n  vars:\n    imds: ${META}\n  tasks:\n    - shell: «curl {{ imds }}/ami-id»\n`], // prettier-ignore
    ['with an address from a fact', `- set_fact:\n    imds: ${META}\n- shell: «curl {{ imds }}/ami-id»\n`],
    ['with an address from the environment', `- shell: «curl $IMDS/»\n  environment:\n    IMDS: ${META}\n`],
    ['as a request', `- uri:\n    url: «${META}/»\n`],
    ['as a request with other headers', `- uri:\n    url: «${META}/»\n    headers:\n      Accept: "*/*"\n`],
    ['as a download', `- get_url:\n    url: «"${META}/"»\n    dest: /tmp/id\n`],
    ['as a request with an expression', `- uri: {url: «"http://169.254.169.254/latest/{{ path }}"»}\n`],
    ['as a request on one line', `- uri: «url=${META}/ return_content=yes»\n`],
    ['as an action', `- action: «uri url=${META}/ return_content=yes»\n`],
    ['as an action of this machine', `- local_action: «get_url url=${META}/ dest=/tmp/id»\n`],
    ['as an action with a map', `- action:\n    module: ansible.builtin.uri\n    url: «${META}/»\n`],
    ['by a shell as an action', `- action: shell «curl -s ${META}/» | head -1\n`],
    ['by a command as an action', `- action: ansible.builtin.command «curl -s ${META}/»\n`],
    ['as a lookup', `- set_fact:\n    id: "{{ «lookup('url', '${META}/'») }}"\n`],
    ['as a lookup with options', `- debug: msg={{ «lookup('ansible.builtin.url', "${META}/"», split_lines=false) }}\n`],
    ['as a request for Windows', `- win_uri:\n    url: «${META}/»\n`],
    [
      'as a request to an address from a variable',
      `- vars:\n    imds: ${META}\n  uri:\n    url: «"{{ imds }}/ami-id"»\n`,
    ],
  ])('%s', (_, text) => {
    expect(judged(tasks(text), 'imdsv1-call', URI)).toBe(tasks(text));
  });
});

describe('nothing is found', () => {
  const TOKEN = `- uri:\n    url: http://169.254.169.254/latest/api/token\n    method: PUT\n    headers:\n      X-aws-ec2-metadata-token-ttl-seconds: "60"\n    return_content: true\n  register: imds_token\n`;
  it.each([
    ['in a name', `- name: curl ${META}/\n  shell: echo\n`],
    ['in a message', `- debug:\n    msg: curl ${META}/\n`],
    ['in another language', `- shell: |\n    curl ${META}/\n  args:\n    executable: /usr/bin/python3\n`],
    [
      'where a token is sent',
      `${TOKEN}- uri:\n    url: ${META}/\n    headers:\n      X-aws-ec2-metadata-token: "{{ imds_token.content }}"\n`,
    ],
    [
      'where a token of elsewhere is sent',
      `- uri:\n    url: ${META}/\n    headers:\n      X-aws-ec2-metadata-token: "{{ t.stdout }}"\n`,
    ],
    ['on one line with a header', `- uri: url=${META}/ HEADER_X-aws-ec2-metadata-token={{ t.content }}\n`],
    ['in a lookup with headers', `- set_fact: {id: "{{ lookup('url', '${META}/', headers=imds) }}"}\n`],
    ['in a lookup of a file', `- set_fact: {id: "{{ lookup('file', '${META}/') }}"}\n`],
    ['in a comment', `# {{ lookup('url', '${META}/') }}\n- debug: msg=x\n`],
    ['as an action with a header', `- action: uri url=${META}/ HEADER_X-aws-ec2-metadata-token={{ t.content }}\n`],
    ['where headers come from a variable', `- uri:\n    url: ${META}/\n    headers: "{{ headers }}"\n`],
    ['where a header comes from a variable', `- uri:\n    url: ${META}/\n    headers: {"{{ name }}": "{{ value }}"}\n`],
    [
      'in a shell with a token of elsewhere',
      `- shell: 'curl -H "X-aws-ec2-metadata-token: {{ t.stdout }}" ${META}/'\n`,
    ],
    ['at another cloud', `- uri:\n    url: http://169.254.169.254/metadata/instance?api-version=2021-02-01\n    headers: {Metadata: "true"}\n`], // prettier-ignore
    [
      'at another cloud, with a method',
      `- uri:\n    url: http://169.254.169.254/computeMetadata/v1/\n    method: GET\n`,
    ],
    ['at an address that has two values', `- set_fact: {imds: "${META}/a"}\n- set_fact: {imds: "http://x/"}\n- uri: {url: "{{ imds }}"}\n`], // prettier-ignore
  ])('%s', (_, text) => {
    expect(findingsIn(tasks(text), URI)).toEqual([]);
  });

  it('a request for a token without its lifetime cannot work', () => {
    const text = tasks(`- uri:\n    url: «http://169.254.169.254/latest/api/token»\n    method: PUT\n  register: t\n`);
    expect(judged(text, 'imds-token-request', URI)).toBe(text);
    expect(offered(unmarked(text), URI)).toEqual([]);
  });
});

describe('a fix', () => {
  it.each([
    [
      'of a shell on one line',
      `- shell: curl -s ${META}/ | jq .\n`,
      `- shell: '${FETCH}; curl ${SEND} -s ${META}/ | jq .'\n`,
    ],
    [
      'of a shell over lines',
      `- shell: |\n    curl -s ${META}/\n  register: id\n`,
      `- shell: |\n    ${FETCH}\n    curl ${SEND} -s ${META}/\n  register: id\n`,
    ],
    [
      'beside expressions',
      `- shell: |\n    X={{ x | default('y') }}\n    curl -m {{ timeout }} -s ${META}/{{ path }}\n`,
      `- shell: |\n    X={{ x | default('y') }}\n    ${FETCH.replace('-sSf', '-sSf -m {{ timeout }}')}\n    curl ${SEND} -m {{ timeout }} -s ${META}/{{ path }}\n`,
    ],
    [
      'of a shell that is an action',
      `- action: shell curl -s ${META}/ | jq .\n`,
      `- action: 'shell ${FETCH}; curl ${SEND} -s ${META}/ | jq .'\n`,
    ],
    [
      'of a shell that is an argument',
      `- command: bash -c 'curl -s ${META}/'\n`,
      `- command: 'bash -c ''${FETCH}; curl ${SEND} -s ${META}/'''\n`,
    ],
  ])('%s', (_, text, expected) => {
    expect(fixed(tasks(text), URI)).toBe(tasks(expected));
    expect(findingsIn(tasks(expected), URI)).toEqual([]);
  });

  it.each([
    ['of a command that no shell reads', `- command: curl -s ${META}/\n`],
    ['of a request without a token', `- uri:\n    url: ${META}/\n`],
  ])('is not there: %s', (_, text) => {
    expect(offered(tasks(text), URI)).toEqual([]);
  });

  const TOKEN = `- uri:\n    url: http://169.254.169.254/latest/api/token\n    method: PUT\n    headers:\n      X-aws-ec2-metadata-token-ttl-seconds: "60"\n    return_content: true\n  register: imds_token\n`;
  const SHELL = `- shell: curl -sX PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds':60\n  register: imds_token\n`;
  const VALUE = '"{{ imds_token.content }}"';
  it.each([
    [
      'of a request, without headers',
      `${TOKEN}- uri:\n    url: ${META}/\n`,
      `${TOKEN}- uri:\n    headers:\n      X-aws-ec2-metadata-token: ${VALUE}\n    url: ${META}/\n`,
    ],
    [
      'of a request, with headers',
      `${TOKEN}- uri:\n    url: ${META}/\n    headers:\n      Accept: x\n`,
      `${TOKEN}- uri:\n    url: ${META}/\n    headers:\n      X-aws-ec2-metadata-token: ${VALUE}\n      Accept: x\n`,
    ],
    [
      'of a request in braces',
      `${TOKEN}- get_url: {url: '${META}/', dest: /tmp/x}\n`,
      `${TOKEN}- get_url: {headers: {X-aws-ec2-metadata-token: ${VALUE}}, url: '${META}/', dest: /tmp/x}\n`,
    ],
    [
      'of a request, with the token of a shell',
      `${SHELL}- uri:\n    url: ${META}/\n`,
      `${SHELL}- uri:\n    headers:\n      X-aws-ec2-metadata-token: "{{ imds_token.stdout }}"\n    url: ${META}/\n`,
    ],
  ])('%s', (_, text, expected) => {
    expect(fixed(tasks(text), URI)).toBe(tasks(expected));
    expect(findingsIn(tasks(expected), URI)).toEqual([]);
  });

  it.each([
    ['the task has a condition', TOKEN.replace('register:', 'when: x\n  register:')],
    ['the token is not kept', TOKEN.replace('    return_content: true\n', '')],
    ['it is of another play', `- hosts: a\n  tasks:\n${TOKEN.replace(/^/gm, '    ').trimEnd()}\n`],
  ])('is not there where %s', (_, token) => {
    const isPlay = token.includes('hosts');
    const text = `${token}${isPlay ? '- hosts: b\n  tasks:\n    - uri: {' : '- uri: {'}url: '${META}/'}\n`;
    expect(offered(tasks(text), URI)).toEqual([]);
  });
});

describe('what is written is read', () => {
  const SAMPLE = tasks(`- name: one
  shell: echo EDIT one TIDE 169.254.169.254
- shell: |
    echo 169.254.169.254
    echo EDIT two {{ x }}
- ansible.builtin.shell:
    cmd: "echo EDIT three TIDE 169.254.169.254"
- command: sh -c 'echo EDIT four TIDE 169.254.169.254'
- copy:
    dest: /opt/x.sh
    content: |
      echo EDIT five
      echo 169.254.169.254
`);
  editsReadAsMeant(SAMPLE, URI);
  survivesDamage(SAMPLE.replaceAll('echo EDIT', `curl ${META}/`), URI.slice(7));
});

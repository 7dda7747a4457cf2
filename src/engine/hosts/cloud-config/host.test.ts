import { describe, expect, it, test } from 'vitest';
import { editsReadAsMeant, scriptTexts, survivesDamage } from '../../testing/carriers';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, findingsIn, fixed, judged, rulesIn } from '../../testing/script';

const URI = 'file:///srv/user-data';
const CONFIG = 'file:///srv/config.yaml';
const config = (text: string): string => `#cloud-config\n${text}`;

describe('a cloud-config is known', () => {
  it.each([
    ['by its first line', 'user-data', '#cloud-config\npackages: [jq]\n'],
    ['behind a byte order mark', 'user-data', '\uFEFF#cloud-config\n'],
    ['behind the header of a template', 'user-data', '## template: jinja\n#cloud-config\n'],
    ['behind the header of a template without blanks', 'x.txt', '##template:jinja\n#cloud-config\n'],
    ['as an archive', 'user-data', '#cloud-config-archive\n- type: text/x-shellscript\n'],
    ['by its keys', 'init.yaml', 'runcmd:\n  - curl http://169.254.169.254/latest/\n'],
    ['as a part of the system’s configuration', 'cloud.cfg.d/90.cfg', 'bootcmd:\n  - curl http://169.254.169.254/\n'],
  ])('%s', (_, name, text) => {
    expect(engine.lint({ uri: `file:///srv/${name}`, text }).kind).toBe('cloud-init configuration');
  });

  it.each([
    ['what mentions it', 'notes.md', 'Begin with #cloud-config\n'],
    ['YAML with keys of its own', 'a.yaml', 'commands:\n  - curl http://169.254.169.254/\n'],
  ])('not %s', (_, name, text) => {
    expect(engine.lint({ uri: `file:///srv/${name}`, text }).kind).not.toBe('cloud-init configuration');
  });
});

describe('calls are found', () => {
  it.each([
    ['in a command', `runcmd:\n  - «curl -s ${META}/»\n`],
    ['in an early command', `bootcmd:\n  - «curl -s ${META}/» > /run/id\n`],
    ['in double quotes', `runcmd:\n  - "ID=$(«curl -s ${META}/»)"\n`],
    ['in single quotes', `runcmd:\n  - 'ID=$(«curl -s ${META}/»)'\n`],
    ['in a literal block', `runcmd:\n  - |\n    set -e\n    «curl -s ${META}/»\n`],
    ['in a folded block', `runcmd:\n  - >\n    «curl -s\n    ${META}/»\n    > /run/id\n`],
    ['in a flow list', `runcmd: ['«curl -s ${META}/»', 'echo done']\n`],
    ['in the argument of a shell', `runcmd:\n  - [sh, -c, "«curl -s ${META}/»"]\n`],
    [
      'in the argument of a shell, item by item',
      `runcmd:\n  - - bash\n    - -ec\n    - «curl -s ${META}/» > /run/id\n`,
    ],
    ['as a list', `runcmd:\n  - [ «curl, -s, ${META}/» ]\n`],
    ['with an address from an earlier item', `runcmd:\n  - M=http://169.254.169.254/latest\n  - «curl $M/meta-data/»\n`], // prettier-ignore
    ['in a script that is written', `write_files:\n  - path: /opt/id\n    content: |\n      #!/bin/sh\n      «curl -s ${META}/»\n`], // prettier-ignore
    ['in a script known by its path', `write_files:\n  - path: /opt/id.sh\n    content: «curl -s ${META}/»\n`],
    ['in a script known by its place', `write_files:\n  - path: /etc/cron.daily/id\n    content: «curl -s ${META}/»\n`],
    ['in a script known by who runs it', `write_files:\n  - path: /opt/id\n    content: «curl -s ${META}/»\nruncmd:\n  - sh /opt/id\n`], // prettier-ignore
    ['in a unit', `write_files:\n  - path: /etc/systemd/system/id.service\n    content: |\n      [Service]\n      ExecStart=«/usr/bin/curl ${META}/»\n`], // prettier-ignore
    ['in a crontab', `write_files:\n  - path: /etc/cron.d/id\n    content: |\n      * * * * * root «curl ${META}/»\n`],
    ['in a flow map', `write_files: [{path: /a.sh, content: "«curl ${META}/»"}]\n`],
    ['in base64', `write_files:\n  - encoding: b64\n    content: «IyEvYmluL3NoCmN1cmwgLXMgaHR0cDovLzE2OS4yNTQuMTY5LjI1NC9sYXRlc3QvbWV0YS1kYXRhLwo=»\n    path: /opt/id\n`], // prettier-ignore
    ['in a script that a script writes', `runcmd:\n  - |\n    cat > /opt/id.sh <<'EOF'\n    #!/bin/sh\n    «curl ${META}/»\n    EOF\n`], // prettier-ignore
    ['in a CoreOS unit', `coreos:\n  units:\n    - name: id.service\n      content: |\n        [Service]\n        ExecStart=«/usr/bin/curl ${META}/»\n`], // prettier-ignore
    ['in a drop-in', `coreos:\n  units:\n    - name: a.service\n      drop-ins:\n        - name: 10.conf\n          content: |\n            [Service]\n            ExecStartPre=«/usr/bin/curl ${META}/»\n`], // prettier-ignore
  ])('%s', (_, text) => {
    expect(judged(config(text), 'imdsv1-call', URI)).toBe(config(text));
  });

  it('in an archive', () => {
    const text = `#cloud-config-archive\n- type: text/cloud-config\n  content: |\n    runcmd:\n      - «curl ${META}/a»\n- |\n  #!/bin/sh\n  «curl ${META}/b»\n`;
    expect(judged(text, 'imdsv1-call', URI)).toBe(text);
  });
});

describe('nothing is found', () => {
  it.each([
    ['with a token from an earlier item', `runcmd:\n  - ${FETCH}\n  - 'curl ${SEND} ${META}/'\n`],
    ['in a comment', `# curl ${META}/\nruncmd:\n  - echo\n`],
    ['in a message', `runcmd:\n  - echo "curl ${META}/"\n`],
    ['in a map, which cloud-init refuses', `runcmd:\n  - curl: ${META}/\n`],
    ['in a list of packages', `packages:\n  - curl ${META}/\n`],
    ['in a file that is no script', `write_files:\n  - path: /etc/notes.txt\n    content: |\n      curl ${META}/\n`],
    ['in a program of another language', `write_files:\n  - path: /opt/x\n    content: |\n      #!/usr/bin/python3\n      curl = "${META}/"\n`], // prettier-ignore
    ['in what is compressed', `write_files:\n  - path: /opt/x.sh\n    encoding: gz+b64\n    content: H4sIAAAAAAAAA1NW1E/KzNMvzuBKLi3KUdAtVsgoKSmw0tc3NLPUMzI10TMEUUC2fk5iSWpxiX5uKpBIzEnU5wIAqFZ\n`], // prettier-ignore
    ['with a token file', `runcmd:\n  - echo 169.254.169.254 metadata >> /etc/hosts\n`],
  ])('%s', (_, text) => {
    expect(findingsIn(config(text), URI)).toEqual([]);
  });
});

describe('a fix', () => {
  it.each([
    [
      'puts an item before',
      `runcmd:\n  - yum -y update\n  - curl -s ${META}/ > /run/id\n`,
      `runcmd:\n  - yum -y update\n  - '${FETCH}'\n  - 'curl ${SEND} -s ${META}/ > /run/id'\n`,
    ],
    [
      'puts one item before two calls',
      `runcmd:\n- "curl -s ${META}/a"\n- "curl -s ${META}/b"\n`,
      `runcmd:\n- "${FETCH.replaceAll('"', '\\"')}"\n${['a', 'b'].map((path) => `- "curl ${SEND.replaceAll('"', '\\"')} -s ${META}/${path}"\n`).join('')}`,
    ],
    [
      'puts an element before',
      `runcmd: ['curl -s ${META}/', 'echo']\n`,
      `runcmd: ['${FETCH}', 'curl ${SEND} -s ${META}/', 'echo']\n`,
    ],
    [
      'puts a line into a block',
      `runcmd:\n  - |\n    set -e\n    curl -s ${META}/\n`,
      `runcmd:\n  - |\n    set -e\n    ${FETCH}\n    curl ${SEND} -s ${META}/\n`,
    ],
    [
      'stays within the shell that is started',
      `runcmd:\n  - [sh, -c, "curl -s ${META}/"]\n`,
      `runcmd:\n  - [sh, -c, "${FETCH.replaceAll('"', '\\"')}; curl ${SEND.replaceAll('"', '\\"')} -s ${META}/"]\n`,
    ],
    [
      'puts a line into a script',
      `write_files:\n- path: /a\n  content: |\n    #!/bin/sh\n    curl -s ${META}/\n`,
      `write_files:\n- path: /a\n  content: |\n    #!/bin/sh\n    ${FETCH}\n    curl ${SEND} -s ${META}/\n`,
    ],
  ])('%s', (_, text, expected) => {
    expect(fixed(config(text), URI)).toBe(config(expected));
    expect(findingsIn(config(expected), URI)).toEqual([]);
  });

  it.each([
    ['where no shell reads the list', `runcmd:\n  - [ curl, -s, ${META}/ ]\n`],
    ['of a text in base64', `write_files:\n  - encoding: b64\n    content: IyEvYmluL3NoCmN1cmwgLXMgaHR0cDovLzE2OS4yNTQuMTY5LjI1NC9sYXRlc3QvbWV0YS1kYXRhLwo=\n    path: /opt/id\n`], // prettier-ignore
  ])('is not there %s', (_, text) => {
    expect(rulesIn(config(text), URI)).toEqual(['imdsv1-call']);
    expect(fixed(config(text), URI)).toBe(config(text));
  });

  it('writes an anchor once', () => {
    const text = config(`runcmd:\n  - &id |\n    curl -s ${META}/\n  - *id\n`);
    const expected = config(`runcmd:\n  - '${FETCH}'\n  - &id |\n    curl ${SEND} -s ${META}/\n  - *id\n`);
    expect(findingsIn(text, URI)).toHaveLength(1);
    expect(fixed(text, URI)).toBe(expected);
    expect(findingsIn(expected, URI)).toEqual([]);
  });
});

describe('modes of files', () => {
  it.each([
    ['0644 of credentials', '/root/.aws/credentials', "«'0644'»", "'0600'"],
    ['without a zero', '/home/ubuntu/.ssh/id_rsa', '«"666"»', '"600"'],
    ['without quotes', '/root/.aws/config', '«0640»', '0600'],
  ])('%s', (_, path, mode, expected) => {
    const text = (value: string): string =>
      config(`write_files:\n  - path: ${path}\n    permissions: ${value}\n    content: x\n`);
    expect(judged(text(mode), 'credentials-permissions', URI)).toBe(text(mode));
    expect(fixed(text(mode.replace(/[«»]/g, '')), URI)).toBe(text(expected));
  });

  it.each([
    ['its owner’s', '/root/.aws/credentials', "'0600'"],
    ['of something else', '/etc/motd', "'0777'"],
    ['of a public key', '/root/.ssh/id_rsa.pub', "'0644'"],
    ['a decimal number, which is another mode', '/root/.aws/credentials', '644'],
  ])('none: %s', (_, path, mode) => {
    const text = config(`write_files:\n  - path: ${path}\n    permissions: ${mode}\n    content: x\n`);
    expect(findingsIn(text, URI)).toEqual([]);
  });
});

describe('templates of cloud-configs', () => {
  it('Jinja', () => {
    const text = `## template: jinja\n#cloud-config\nruncmd:\n{% if v1.region == "x" %}\n  - «curl -s ${META}/{{ v1.instance_id }}»\n{% endif %}\n  - echo {{ ds.meta_data.x }}\n`;
    expect(judged(text, 'imdsv1-call', URI)).toBe(text);
    expect(fixed(text.replace(/[«»]/g, ''), URI)).toContain(
      `\n  - '${FETCH}'\n  - 'curl ${SEND} -s ${META}/{{ v1.instance_id }}'\n{% endif %}\n`,
    );
  });

  it('of Go', () => {
    const text = `#cloud-config\nwrite_files:\n  - path: "/opt/id"\n    content: |\n      #!/bin/bash\n      {{ if .Proxy }}\n      export X={{ .Proxy }}\n      {{ end }}\n      «curl ${META}/»\n`;
    expect(judged(text, 'imdsv1-call', CONFIG)).toBe(text);
  });
});

test('items are lines of one script, lists are quoted, shells have scripts of their own', () => {
  const text = config(
    `runcmd:\n - echo "169.254.169.254"\n - [echo, "a b", it's]\n - [bash, -xec, 'echo 169.254.169.254']\n - |\n   a\n   b\n - 3\n`,
  );
  expect(scriptTexts(text, 'user-data')).toEqual([
    `echo "169.254.169.254"\necho 'a b' 'it'\\''s'\na\nb\n\n3`,
    'set -e\necho 169.254.169.254',
  ]);
});

describe('what is written is read', () => {
  const SAMPLE = config(`# a comment
packages: [jq]
runcmd:
  - echo 169.254.169.254
  - echo EDIT one
  - "echo EDIT two"
  - 'echo EDIT three'
  - |
    echo first
      echo EDIT four
  - [sh, -c, "echo EDIT five; TIDE 169.254.169.254"]
write_files:
  - path: /opt/a.sh
    permissions: '0755'
    content: |
      #!/bin/sh
      # 169.254.169.254
      echo EDIT six
      cat > /opt/b.sh <<'EOF'
      #!/bin/sh
      echo EDIT seven TIDE 169.254.169.254
      EOF
  - path: /etc/systemd/system/a.service
    content: |
      [Service]
      # 169.254.169.254
      ExecStart=/bin/sh -c 'echo EDIT eight TIDE 169.254.169.254'
  - path: /etc/cron.d/x
    content: |
      # 169.254.169.254
      @reboot root echo EDIT nine TIDE 169.254.169.254
  - {path: /opt/c.sh, content: "echo EDIT ten\\ncurl 169.254.169.254\\n"}
`);
  editsReadAsMeant(SAMPLE, 'user-data');
  editsReadAsMeant(SAMPLE.replaceAll('\n', '\r\n'), 'user-data');
  survivesDamage(SAMPLE.replaceAll('echo EDIT', `curl ${META}/`), '/srv/user-data');
});

import { describe, expect, it } from 'vitest';
import { editsReadAsMeant, survivesDamage } from '../../testing/carriers';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, findingsIn, fixed, judged, offered, unmarked } from '../../testing/script';

const at = (name: string): string => `file:///srv/${name}`;
const CALL = `«curl -s ${META}/»`;

describe('texts that say what they are', () => {
  it.each([
    ['a script in YAML', 'values.yaml', `a:\n  userData: |\n    #!/bin/bash\n    ${CALL}\n`],
    ['a script in JSON', 'config.json', `{"UserData": "#!/bin/sh\\n${CALL}\\n"}`],
    ['a cloud-config', 'values.yml', `x: |\n  #cloud-config\n  runcmd:\n    - ${CALL}\n`],
    ['a message of several parts', 'values.yml', `x: |\n  MIME-Version: 1.0\n  Content-Type: multipart/mixed; boundary="B"\n\n  --B\n  Content-Type: text/x-shellscript\n\n  ${CALL}\n  --B--\n`], // prettier-ignore
    ['a unit', 'values.yml', `x: |\n  [Service]\n  ExecStart=«/usr/bin/curl ${META}/»\n`],
    ['a unit of Butane', 'node.bu.yaml', `systemd:\n  units:\n    - name: id.service\n      contents: |\n        [Service]\n        ExecStart=«/usr/bin/curl ${META}/»\n`], // prettier-ignore
    ['a file of Butane', 'node.yaml', `storage:\n  files:\n    - path: /opt/id.sh\n      contents:\n        inline: |\n          ${CALL}\n`], // prettier-ignore
    ['a file of Ignition', 'node.ign', `{"storage": {"files": [{"path": "/opt/id", "contents": {"source": «"data:,%23!%2Fbin%2Fsh%0Acurl%20${encodeURIComponent(`${META}/`)}%0A"»}}]}}`], // prettier-ignore
    ['a file with a path', 'files.yaml', `- path: /opt/id.sh\n  content: |\n    ${CALL}\n`],
    ['a template of YAML', 'values.yaml.j2', `{% if x %}\na: |\n  #!/bin/sh\n  {% if y %}\n  ${CALL}\n  {% endif %}\n{% endif %}\n`], // prettier-ignore
  ])('%s', (_, name, text) => {
    expect(judged(text, 'imdsv1-call', at(name))).toBe(text);
    expect(engine.lint({ uri: at(name), text: unmarked(text) }).kind).toBe('YAML or JSON with scripts');
  });
});

it('a script is a script, whatever its file is called', () => {
  const script = `#!/bin/bash\n# the id\necho a: b\nID=$(${CALL})\n`;
  expect(judged(script, 'imdsv1-call', at('user_data.yml'))).toBe(script);
  const yaml = `#!/bin/bash\n# a comment\na:\n  b: |\n    #!/bin/sh\n    ${CALL}\n`;
  expect(judged(yaml, 'imdsv1-call', at('user_data.yml'))).toBe(yaml);
});

describe('commands by their keys', () => {
  it.each([
    ['of CodeBuild', 'buildspec.yml', `phases:\n  build:\n    commands:\n      - echo hi\n      - ID=$(${CALL})\n`],
    ['of CircleCI', '.circleci/config.yml', `jobs:\n  a:\n    steps:\n      - run: ${CALL}\n      - run:\n          command: |\n            ${CALL}\n`], // prettier-ignore
    ['of Travis', '.travis.yml', `language: ruby\nbefore_install: ${CALL}\nscript:\n  - ${CALL}\n`],
    ['of Azure Pipelines', 'azure-pipelines.yml', `steps:\n- script: ${CALL}\n- bash: |\n    ${CALL}\n`],
    ['of Buildkite', '.buildkite/pipeline.yml', `steps:\n  - commands:\n      - ${CALL}\n`],
    ['of Concourse', 'pipeline.yml', `jobs:\n- plan:\n  - task: a\n    config:\n      run:\n        path: sh\n        args:\n        - -e\n        - -c\n        - |\n          ${CALL}\n`], // prettier-ignore
    ['of Task', 'Taskfile.yml', `tasks:\n  a:\n    cmds:\n      - ${CALL}\n`],
    ['of Salt', 'init.sls', `id:\n  cmd.run:\n    - name: ${CALL}\n`],
    ['of a tool of somebody’s own', 'base.yml', `cloud:\n  commands:\n    - "echo r=$(${CALL}) >> /etc/x"\n`],
    ['as a list of arguments', 'base.yml', `a:\n  command: [sh, -c, "${CALL}"]\n`],
    ['in user data that is part of a script', 'values.yaml', `extraUserData: |\n  set -e\n  ${CALL}\n`],
    ['in JSON', 'jobs.json', `{"jobs": [{"command": "${CALL}"}]}\n`],
  ])('%s', (_, name, text) => {
    expect(judged(text, 'imdsv1-call', at(name))).toBe(text);
  });

  it.each([
    ['a description', 'base.yml', `a:\n  command: ls\n  description: curl ${META}/\n`],
    ['an example for a guard', 'cases.json', `[{"id": "ssrf", "command": "curl ${META}/", "expected": "deny"}]\n`],
    ['what an agent is to do', 'trace.json', `{"tool_name": "Bash", "tool_input": {"command": "curl ${META}/"}}\n`],
    ['a list of hosts', 'base.yml', `a:\n  command: curl https://example.com\n  no_proxy: [169.254.169.254]\n`],
    [
      'a token that is sent',
      'buildspec.yml',
      `phases:\n  build:\n    commands:\n      - ${FETCH}\n      - curl ${SEND} ${META}/\n`,
    ],
    ['a message', 'base.yml', `a:\n  command: echo "curl ${META}/"\n`],
    ['a command with an address of elsewhere', 'base.yml', `a:\n  run: curl $IMDS/ # 169.254.169.254\n`],
  ])('nothing in %s', (_, name, text) => {
    expect(findingsIn(text, at(name))).toEqual([]);
  });

  it('are rewritten where a dollar is the shell’s', () => {
    expect(fixed(`steps:\n- script: |\n    curl -s ${META}/\n`, at('azure-pipelines.yml'))).toBe(
      `steps:\n- script: |\n    ${FETCH}\n    curl ${SEND} -s ${META}/\n`,
    );
    const run = (lines: string): string => `run:\n  path: bash\n  args:\n  - -ec\n  - |\n${lines}`;
    expect(fixed(run(`    curl -s ${META}/\n`), at('task.yml'))).toBe(
      run(`    ${FETCH}\n    curl ${SEND} -s ${META}/\n`),
    );
    const buildspec = (lines: string): string => `phases:\n  build:\n    commands:\n${lines}`;
    expect(fixed(buildspec(`      - curl -s ${META}/\n`), at('buildspec.yml'))).toBe(
      buildspec(`      - '${FETCH}'\n      - 'curl ${SEND} -s ${META}/'\n`),
    );
  });

  it('are not where it is the tool’s, or may be', () => {
    expect(offered(`steps:\n  - command: curl -s ${META}/\n`, at('.buildkite/pipeline.yml'))).toEqual([]);
    expect(offered(`tasks:\n  a:\n    cmds:\n      - curl -s ${META}/\n`, at('Taskfile.yml'))).toEqual([]);
  });
});

it.each([
  ['a text', 'values.yaml', `x: |\n  #!/bin/sh\n  echo ${META}/\ny: curl ${META}/\n`],
  ['a script of another language', 'values.yaml', `x: |\n  #!/usr/bin/python3\n  curl ${META}/\n`],
  ['a list of addresses', 'proxy.json', `{"NO_PROXY": "169.254.169.254", "content": "x"}`],
  [
    'a file for Compose',
    'docker-compose.yml',
    `services:\n  a:\n    command: |\n      #!/bin/sh\n      curl ${META}/\n`,
  ],
])('nothing is found in %s', (_, name, text) => {
  expect(findingsIn(text, at(name))).toEqual([]);
});

it('a fix is written as the text is', () => {
  const text = (script: string): string => JSON.stringify({ a: { userData: script } }, undefined, 2);
  const before = text(`#!/bin/sh\ncurl -s ${META}/\n`);
  expect(fixed(before, at('a.json'))).toBe(text(`#!/bin/sh\n${FETCH}\ncurl ${SEND} -s ${META}/\n`));
});

describe('what is written is read', () => {
  const SAMPLE = `a: |\n  #!/bin/sh\n  # 169.254.169.254\n  echo EDIT one {{ .x }}\nb: "#!/bin/sh\\necho EDIT two\\n# 169.254.169.254"\nunits:\n  - name: a.service\n    contents: |\n      [Service]\n      # 169.254.169.254\n      ExecStart=/bin/sh -c 'echo EDIT three TIDE 169.254.169.254'\n`;
  editsReadAsMeant(SAMPLE, 'values.yaml');
  survivesDamage(SAMPLE.replaceAll('echo EDIT', `curl ${META}/`), '/srv/values.yaml');
});

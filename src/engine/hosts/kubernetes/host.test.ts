import { describe, expect, it } from 'vitest';
import { editsReadAsMeant, survivesDamage } from '../../testing/carriers';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, findingsIn, fixed, judged, offered } from '../../testing/script';

const URI = 'file:///srv/pod.yaml';
const indented = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));
const pod = (container: string): string =>
  `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n${indented(container, 6)}`;
const configMap = (data: string): string => `apiVersion: v1\nkind: ConfigMap\ndata:\n${indented(data, 2)}`;
const CALL = `«curl -s ${META}/»`;

it.each([
  ['pod.yaml', pod(`image: x # ${META}\n`)],
  ['pod.json', `{"apiVersion": "v1",\n "kind": "Pod", "x": "${META}"}`],
  ['templates/pod.yaml', `{{- if .Values.x }}\n${pod(`image: x # ${META}\n`)}{{- end }}\n`],
])('a manifest is known by its version and kind: %s', (name, text) => {
  expect(engine.lint({ uri: `file:///srv/${name}`, text }).kind).toBe('Kubernetes manifest');
});

describe('calls are found', () => {
  it.each([
    ['in a command', `command: ["sh", "-c", "${CALL}"]\n`],
    ['in arguments', `command: [/bin/bash]\nargs:\n  - -ec\n  - |\n    ${CALL}\n`],
    ['in arguments alone', `args: ["-c", "${CALL}"]\n`],
    ['without a shell', `command: ["«curl", "-s", "${META}/»"]\n`],
    ['behind another program', `command: [tini, --, sh, -c, "${CALL}"]\n`],
    [
      'with an address from the environment',
      `env:\n  - name: M\n    value: ${META}\ncommand: [sh, -c, "«curl $M/»"]\n`,
    ],
    ['in a probe', `livenessProbe:\n  exec:\n    command: [sh, -c, "${CALL}"]\n`],
    ['in a hook', `lifecycle:\n  preStop:\n    exec:\n      command: [sh, -c, "${CALL}"]\n`],
    ['with a value of a chart', `command: ["sh", "-c", "«curl ${META}/{{ .Values.path }}»"]\n`],
    ['beside what a chart puts in', `{{- with .Values.env }}\nenv:\n  {{- toYaml . | nindent 2 }}\n{{- end }}\ncommand: ["sh", "-c", "${CALL}"]\n`], // prettier-ignore
  ])('%s', (_, container) => {
    expect(judged(pod(container), 'imdsv1-call', URI)).toBe(pod(container));
  });

  it.each([
    ['in a file of a ConfigMap', configMap(`start.sh: |\n  ${CALL}\n`)],
    ['in a file that says what it is', configMap(`start: |\n  #!/bin/sh\n  ${CALL}\n`)],
    ['in a chart’s file', configMap(`start.sh: |\n  {{- if .Values.x }}\n  echo\n  {{- end }}\n  ${CALL}\n`)],
    ['in the second document', `${pod('image: x\n')}---\n${pod(`command: [sh, -c, "${CALL}"]\n`)}`],
    [
      'in user data',
      `apiVersion: karpenter.k8s.aws/v1\nkind: EC2NodeClass\nspec:\n  userData: |\n    #!/bin/bash\n    ${CALL}\n`,
    ],
    ['in user data of several parts', `apiVersion: karpenter.k8s.aws/v1\nkind: EC2NodeClass\nspec:\n  userData: |\n    MIME-Version: 1.0\n    Content-Type: multipart/mixed; boundary="//"\n\n    --//\n    Content-Type: text/x-shellscript\n\n    #!/bin/bash\n    ${CALL}\n    --//--\n`], // prettier-ignore
    ['in eksctl’s commands', `apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nnodeGroups:\n  - preBootstrapCommands:\n      - ${CALL}\n`], // prettier-ignore
    ['in Cluster API’s commands', `apiVersion: v1\nkind: KubeadmConfig\nspec:\n  preKubeadmCommands:\n    - M=${META}\n    - «curl $M/»\n`], // prettier-ignore
    ['in a file of a machine', `apiVersion: v1\nkind: KubeadmConfig\nspec:\n  files:\n    - path: /opt/a.sh\n      content: |\n        ${CALL}\n`], // prettier-ignore
    ['in a list of manifests', `apiVersion: v1\nkind: List\nitems:\n${indented(`- ${pod(`command: [sh, -c, "${CALL}"]\n`).replace(/\n(?=.)/g, '\n  ')}`, 2)}`], // prettier-ignore
  ])('%s', (_, text) => {
    expect(judged(text, 'imdsv1-call', URI)).toBe(text);
  });
});

describe('nothing is found', () => {
  it.each([
    ['with a token', pod(`command:\n  - sh\n  - -c\n  - |\n    ${FETCH}\n    curl ${SEND} ${META}/\n`)],
    ['in an environment', pod(`env:\n  - name: X\n    value: curl ${META}/\n`)],
    ['in a policy', `apiVersion: v1\nkind: NetworkPolicy\nspec:\n  egress:\n    - to:\n        - ipBlock:\n            except: [169.254.169.254/32]\n`], // prettier-ignore
    ['in a file of data', configMap(`notes.txt: |\n  curl ${META}/\n`)],
    ['in an annotation', `apiVersion: v1\nkind: Pod\nmetadata:\n  annotations:\n    x: curl ${META}/\n`],
  ])('%s', (_, text) => {
    expect(findingsIn(text, URI)).toEqual([]);
  });
});

describe('a fix', () => {
  it.each([
    [
      'in a block',
      `command: [sh, -c]\nargs:\n  - |\n    set -e\n    curl -s ${META}/\n`,
      `command: [sh, -c]\nargs:\n  - |\n    set -e\n    ${FETCH}\n    curl ${SEND} -s ${META}/\n`,
    ],
    [
      'in a block behind options of the shell',
      `command: [bash]\nargs:\n  - -ec\n  - |\n    curl -s ${META}/\n`,
      `command: [bash]\nargs:\n  - -ec\n  - |\n    ${FETCH}\n    curl ${SEND} -s ${META}/\n`,
    ],
    [
      'in a block with variables of the environment',
      `env:\n  - name: M\n    value: ${META}\ncommand:\n  - sh\n  - -c\n  - |\n    curl -s $M/\n`,
      `env:\n  - name: M\n    value: ${META}\ncommand:\n  - sh\n  - -c\n  - |\n    ${FETCH}\n    curl ${SEND} -s $M/\n`,
    ],
    [
      'on one line',
      `command: [sh, -c, 'curl -s ${META}/']\n`,
      `command: [sh, -c, '${FETCH}; curl ${SEND} -s ${META}/']\n`,
    ],
  ])('%s', (_, text, expected) => {
    expect(fixed(pod(text), URI)).toBe(pod(expected));
    expect(findingsIn(pod(expected), URI)).toEqual([]);
  });

  it('is not there without a shell', () => {
    expect(offered(pod(`command: [curl, -s, ${META}/]\n`), URI)).toEqual([]);
  });
});

describe('what is written is read', () => {
  const SAMPLE = `${pod(`command: [sh, -c, "echo EDIT one TIDE 169.254.169.254"]\n`)}---\n${configMap(`a.sh: |\n  echo 169.254.169.254\n  echo EDIT two {{ .Values.x }}\n`)}`;
  editsReadAsMeant(SAMPLE, URI);
  survivesDamage(SAMPLE.replaceAll('echo EDIT', `curl ${META}/`), URI.slice(7));
});

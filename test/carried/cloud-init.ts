import { blockHeader, indented, type Form } from './form';

const block = (script: string, by: number): string =>
  `${blockHeader(script, 2)}\n${indented(script, by).replace(/\n$/, '')}`;

const BOUNDARY = '==BOUNDARY==';

function multipart(script: string): string {
  return `Content-Type: multipart/mixed; boundary="${BOUNDARY}"
MIME-Version: 1.0

--${BOUNDARY}
Content-Type: text/cloud-config; charset="us-ascii"

#cloud-config
packages: [jq]

--${BOUNDARY}
Content-Type: text/x-shellscript; charset="us-ascii"

${script}
--${BOUNDARY}--
`;
}

export const CLOUD_INIT: readonly Form[] = [
  {
    name: 'cloud-config, write_files',
    wrap: (script) => ({
      name: 'user-data.yaml',
      text: `#cloud-config
package_update: true
write_files:
- path: /opt/app/boot.sh
  permissions: '0755'
  content: ${block(script, 4)}
runcmd:
- [/opt/app/boot.sh, --now]
`,
    }),
    render: [{ by: 'python', steps: [['yaml', 'write_files', 0, 'content']] }],
  },
  {
    name: 'cloud-config, runcmd as one text',
    wrap: (script) => ({
      name: 'cloud-config.yml',
      text: `#cloud-config
runcmd:
  - ${block(script, 4)}
packages: [jq]
`,
    }),
    render: [{ by: 'python', steps: [['yaml', 'runcmd'], ['runcmd']] }],
  },
  {
    name: 'cloud-config, bootcmd in a jinja template',
    wrap: (script) =>
      /\{\{|\{%|\{#/.test(script)
        ? undefined
        : {
            name: 'user-data',
            text: `## template: jinja
#cloud-config
bootcmd:
  - ${block(script, 6)}
`,
          },
    render: [{ by: 'python', steps: [['yaml', 'bootcmd'], ['runcmd']] }],
  },
  {
    name: 'MIME multi-part',
    wrap: (script) => ({ name: 'user-data.txt', text: multipart(script) }),
    render: [{ by: 'python', steps: [['mime', 1]] }],
  },
  {
    name: 'CloudFormation YAML, MIME multi-part in !Sub',
    wrap: (script) => ({
      name: 'server.yaml',
      text: `Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: !Sub |
${indented(multipart(script.replaceAll('${', '${!')), 10)}`,
    }),
    render: [
      {
        by: 'python',
        steps: [
          ['cfn', 'Resources', 'Server', 'Properties', 'UserData'],
          ['mime', 1],
        ],
      },
    ],
  },
  {
    name: 'CloudFormation YAML, cloud-config in !Sub',
    wrap: (script) => ({
      name: 'server.yaml',
      text: `Resources:
  Server:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: !Sub |
${indented(
  `#cloud-config\nwrite_files:\n  - path: /opt/boot.sh\n    content: ${block(script.replaceAll('${', '${!'), 6)}\n`,
  10,
)}`,
    }),
    render: [
      {
        by: 'python',
        steps: [
          ['cfn', 'Resources', 'Server', 'Properties', 'UserData'],
          ['yaml', 'write_files', 0, 'content'],
        ],
      },
    ],
  },
];

import { indented, linesOf, type Carrier, type Form, type Step } from './form';

const template = (text: string): string => text.replaceAll('${', () => '$${').replaceAll('%{', '%%{');
const quoted = (text: string): string =>
  `"${template(text)
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')}"`;

const USER_DATA = ['resource', 'aws_instance', 'web', 'user_data'] as const;

const at = (...path: readonly string[]): readonly Step[] => [{ by: 'hcl', path, files: {} }];

function instance(value: string, name = 'user_data'): Carrier {
  const text = `resource "aws_instance" "web" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.small"
  ${name} = ${value}

  tags = {
    Name = "web"
  }
}
`;
  return { name: 'main.tf', text };
}

/** A heredoc cannot end without a line end, nor hold its own marker. */
const marker = (script: string): string => (/^\s*EOF$/m.test(script) ? 'USERDATA' : 'EOF');

const withEnd = (script: string): string => (script === '' || script.endsWith('\n') ? script : `${script}\n`);

function heredoc(script: string): string {
  const end = marker(script);
  return `<<${end}\n${withEnd(template(script))}${end}`;
}

/** HCL takes from all lines what all have in front in common; a line that begins at the margin keeps the rest where it is. */
function flushHeredoc(script: string, by: number): string | undefined {
  if (!/^[^\s]/m.test(script)) return undefined;
  const end = marker(script);
  return `<<-${end}\n${indented(withEnd(template(script)), by)}${' '.repeat(by - 2)}${end}`;
}

const defined = (value: string | undefined): Carrier | undefined => (value === undefined ? undefined : instance(value));

export const TERRAFORM: readonly Form[] = [
  { name: 'Terraform, heredoc', wrap: (script) => instance(heredoc(script)), render: at(...USER_DATA) },
  { name: 'Terraform, indented heredoc', wrap: (script) => defined(flushHeredoc(script, 4)), render: at(...USER_DATA) },
  { name: 'Terraform, quoted', wrap: (script) => instance(quoted(script)), render: at(...USER_DATA) },
  {
    name: 'Terraform, join of lines',
    wrap: (script) =>
      instance(
        `join("\\n", [\n${script
          .split('\n')
          .map((line) => `    ${quoted(line)},\n`)
          .join('')}  ])`,
      ),
    render: at(...USER_DATA),
  },
  {
    name: 'Terraform, base64encode of a heredoc',
    wrap: (script) => instance(`base64encode(${heredoc(script)}\n  )`, 'user_data_base64'),
    // The renderer leaves what `base64encode` is given as it is.
    render: at('resource', 'aws_instance', 'web', 'user_data_base64'),
  },
  {
    name: 'Terraform, local value',
    wrap: (script) => {
      const { name, text } = instance('local.boot');
      return { name, text: `locals {\n  boot = ${heredoc(script)}\n}\n\n${text}` };
    },
    render: at('locals', 'boot'),
  },
  {
    name: 'Terraform JSON',
    wrap: (script) => ({
      name: 'main.tf.json',
      text: `${JSON.stringify({ resource: { aws_instance: { web: { user_data: template(script) } } } }, null, 2)}\n`,
    }),
    render: [{ by: 'hcl', path: USER_DATA, files: {}, json: true }],
  },
  {
    name: 'Terraform, file that templatefile renders',
    wrap: (script) => ({
      name: 'boot.sh.tftpl',
      text: template(script),
      beside: { 'main.tf': instance('templatefile("${path.module}/boot.sh.tftpl", {})').text },
    }),
    render: [{ by: 'hcl-template' }],
  },
  {
    name: 'Terraform, cloudinit_config part',
    wrap: (script) => ({
      name: 'main.tf',
      text: `data "cloudinit_config" "boot" {
  gzip          = false
  base64_encode = false

  part {
    content_type = "text/x-shellscript"
    filename     = "boot.sh"
    content      = ${heredoc(script)}
  }
}
`,
    }),
    render: at('data', 'cloudinit_config', 'boot', 'part', 'content'),
  },
  {
    name: 'Terraform, cloud-config in a heredoc',
    wrap: (script) =>
      instance(
        `<<-BOOT\n${indented(
          `#cloud-config\nwrite_files:\n  - path: /opt/boot.sh\n    permissions: "0755"\n    content: |${/^\n*[ \t]/.test(script) ? '2' : ''}\n${indented(withEnd(template(script)), 6)}`,
          4,
        )}  BOOT`,
      ),
    render: [...at(...USER_DATA), { by: 'python', steps: [['yaml', 'write_files', 0, 'content']] }],
  },
  {
    name: 'Terraform, provisioner',
    wrap: (script) => ({
      name: 'main.tf',
      text: `resource "aws_instance" "web" {
  provisioner "remote-exec" {
    inline = [
${linesOf(script)
  .map((line) => `      ${quoted(line.replace(/\n$/, ''))},\n`)
  .join('')}    ]
  }
}
`,
    }),
    render: [
      { by: 'hcl', path: ['resource', 'aws_instance', 'web', 'provisioner', 'remote-exec', 'inline'], files: {} },
      { by: 'python', steps: [['lines']] },
    ],
  },
];

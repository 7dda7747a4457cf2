/** Which scripts a Terraform file holds, as what text, and whose they are. */
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../src/engine/text/edits';
import { engine, open } from './opened';

const CALL = 'curl http://169.254.169.254/latest/meta-data/instance-id';
const FETCH =
  'TOKEN=$(curl -sSf -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 300")';
const SENT = 'curl -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id';

interface Form {
  readonly what: string;
  readonly file: string;
  readonly fixed?: string;
  readonly owner?: string;
  readonly others?: Readonly<Record<string, string>>;
  readonly name?: string;
}

const instance = (line: string): string => `resource "aws_instance" "web" {\n  ${line}\n}\n`;
const escaped = (text: string): string => text.replace(/"/g, '\\"');

const FORMS: readonly Form[] = [
  {
    what: 'a heredoc',
    file: instance(`user_data = <<EOF\n#!/bin/bash\n${CALL}\nEOF`),
    fixed: instance(`user_data = <<EOF\n#!/bin/bash\n${FETCH}\n${SENT}\nEOF`),
  },
  {
    what: 'an indented heredoc',
    file: instance(`user_data = <<-EOF\n    #!/bin/bash\n    ${CALL}\n  EOF`),
    fixed: instance(`user_data = <<-EOF\n    #!/bin/bash\n    ${FETCH}\n    ${SENT}\n  EOF`),
  },
  {
    what: 'a heredoc with CRLF',
    file: instance(`user_data = <<-EOF\n    #!/bin/bash\n    ${CALL}\n  EOF`).replace(/\n/g, '\r\n'),
    fixed: instance(`user_data = <<-EOF\n    #!/bin/bash\n    ${FETCH}\n    ${SENT}\n  EOF`).replace(/\n/g, '\r\n'),
  },
  {
    what: 'a quoted text',
    file: instance(`user_data = "#!/bin/bash\\n${CALL}\\n"`),
    fixed: instance(`user_data = "#!/bin/bash\\n${escaped(FETCH)}\\n${escaped(SENT)}\\n"`),
  },
  {
    what: 'join',
    file: instance(`user_data = join("\\n", [\n    "#!/bin/bash",\n    "${CALL}",\n  ])`),
    fixed: instance(
      `user_data = join("\\n", [\n    "#!/bin/bash",\n    "${escaped(FETCH)}",\n    "${escaped(SENT)}",\n  ])`,
    ),
  },
  {
    what: 'base64encode',
    file: instance(`user_data_base64 = base64encode("#!/bin/bash\\n${CALL}\\n")`),
    fixed: instance(`user_data_base64 = base64encode("#!/bin/bash\\n${escaped(FETCH)}\\n${escaped(SENT)}\\n")`),
  },
  {
    what: 'base64gzip in a template',
    file: instance(`user_data_base64 = "\${base64gzip(<<EOF\n#!/bin/bash\n${CALL}\nEOF\n)}"`),
    fixed: instance(`user_data_base64 = "\${base64gzip(<<EOF\n#!/bin/bash\n${FETCH}\n${SENT}\nEOF\n)}"`),
  },
  {
    what: 'a condition',
    file: instance(`user_data = (var.on ? <<EOF\n#!/bin/bash\n${CALL}\nEOF\n: null)`),
    fixed: instance(`user_data = (var.on ? <<EOF\n#!/bin/bash\n${FETCH}\n${SENT}\nEOF\n: null)`),
  },
  {
    what: 'a local',
    file: `locals {\n  script = <<EOF\n#!/bin/bash\n${CALL}\nEOF\n}\n${instance('user_data = local.script')}`,
    fixed: `locals {\n  script = <<EOF\n#!/bin/bash\n${FETCH}\n${SENT}\nEOF\n}\n${instance('user_data = local.script')}`,
  },
  {
    what: "a variable's default",
    file: `variable "script" {\n  default = "#!/bin/bash\\n${CALL}\\n"\n}\n${instance('user_data = var.script')}`,
    fixed: `variable "script" {\n  default = "#!/bin/bash\\n${escaped(FETCH)}\\n${escaped(SENT)}\\n"\n}\n${instance('user_data = var.script')}`,
  },
  {
    what: 'an address in a variable',
    file: `variable "base" { default = "http://169.254.169.254/latest" }\n${instance('user_data = "#!/bin/bash\\ncurl ${var.base}/meta-data/\\n"')}`,
    fixed: `variable "base" { default = "http://169.254.169.254/latest" }\n${instance(`user_data = "#!/bin/bash\\n${escaped(FETCH)}\\ncurl -H \\"X-aws-ec2-metadata-token: $TOKEN\\" \${var.base}/meta-data/\\n"`)}`,
  },
  {
    what: 'format',
    file: instance(`user_data = format("#!/bin/bash\\ncurl http://169.254.169.254/latest/meta-data/%s\\n", "ami-id")`),
    fixed: instance(
      `user_data = format("#!/bin/bash\\n${escaped(FETCH)}\\ncurl -H \\"X-aws-ec2-metadata-token: $TOKEN\\" http://169.254.169.254/latest/meta-data/%s\\n", "ami-id")`,
    ),
  },
  {
    what: 'replace that changes nothing',
    file: instance(`user_data = replace(<<EOF\n#!/bin/bash\n${CALL}\nEOF\n, "\\r\\n", "\\n")`),
    fixed: instance(`user_data = replace(<<EOF\n#!/bin/bash\n${FETCH}\n${SENT}\nEOF\n, "\\r\\n", "\\n")`),
  },
  {
    what: 'a cloud-config in a heredoc',
    file: instance(`user_data = <<-EOF\n    #cloud-config\n    runcmd:\n      - ${CALL}\n  EOF`),
    fixed: instance(`user_data = <<-EOF\n    #cloud-config\n    runcmd:\n      - '${FETCH}'\n      - '${SENT}'\n  EOF`),
  },
  {
    what: 'a script in a cloud-config in a heredoc',
    file: instance(
      `user_data = <<-EOF\n    #cloud-config\n    write_files:\n      - path: /x.sh\n        content: |\n          #!/bin/sh\n          ${CALL}\n  EOF`,
    ),
    fixed: instance(
      `user_data = <<-EOF\n    #cloud-config\n    write_files:\n      - path: /x.sh\n        content: |\n          #!/bin/sh\n          ${FETCH}\n          ${SENT}\n  EOF`,
    ),
  },
  {
    what: 'a part of cloudinit_config',
    owner: 'none',
    file: `data "cloudinit_config" "x" {\n  part {\n    content_type = "text/x-shellscript"\n    content      = <<EOF\n${CALL}\nEOF\n  }\n}\n`,
    fixed: `data "cloudinit_config" "x" {\n  part {\n    content_type = "text/x-shellscript"\n    content      = <<EOF\n${FETCH}\n${SENT}\nEOF\n  }\n}\n`,
  },
  {
    what: 'cloudinit_config that an instance is given',
    file: `${instance('user_data = data.cloudinit_config.x.rendered')}data "cloudinit_config" "x" {\n  part {\n    content_type = "text/x-shellscript"\n    content      = <<EOF\n${CALL}\nEOF\n  }\n}\n`,
  },
  {
    what: 'template_file, a template in a template',
    file: `${instance('user_data = data.template_file.x.rendered')}data "template_file" "x" {\n  template = <<EOF\n#!/bin/bash\ncurl $\${base}/meta-data/\nEOF\n  vars = { base = "http://169.254.169.254/latest" }\n}\n`,
    fixed: `${instance('user_data = data.template_file.x.rendered')}data "template_file" "x" {\n  template = <<EOF\n#!/bin/bash\n${FETCH}\ncurl -H "X-aws-ec2-metadata-token: $TOKEN" $\${base}/meta-data/\nEOF\n  vars = { base = "http://169.254.169.254/latest" }\n}\n`,
  },
  {
    what: 'a provisioner',
    file: instance(`provisioner "remote-exec" {\n    inline = ["${CALL}"]\n  }`),
    fixed: instance(`provisioner "remote-exec" {\n    inline = ["${escaped(FETCH)}", "${escaped(SENT)}"]\n  }`),
  },
  {
    what: "a module's argument",
    owner: 'module.nodes',
    file: `module "nodes" {\n  source = "./nodes"\n  pre_bootstrap_user_data = <<-EOT\n    set -e\n    ${CALL}\n  EOT\n}\n`,
    fixed: `module "nodes" {\n  source = "./nodes"\n  pre_bootstrap_user_data = <<-EOT\n    set -e\n    ${FETCH}\n    ${SENT}\n  EOT\n}\n`,
  },
  {
    what: 'a nested map of a module',
    owner: 'none',
    file: `module "nodes" {\n  groups = {\n    a = { script = <<-EOT\n      #!/bin/bash\n      ${CALL}\n      EOT\n    }\n  }\n}\n`,
    fixed: `module "nodes" {\n  groups = {\n    a = { script = <<-EOT\n      #!/bin/bash\n      ${FETCH}\n      ${SENT}\n      EOT\n    }\n  }\n}\n`,
  },
  {
    what: 'directives around the call',
    file: instance(`user_data = <<EOF\n#!/bin/bash\n%{ if var.on }\n${CALL}\n%{ endif }\nEOF`),
    fixed: instance(`user_data = <<EOF\n#!/bin/bash\n%{ if var.on }\n${FETCH}\n${SENT}\n%{ endif }\nEOF`),
  },
  {
    what: 'two branches, each with a token of its own',
    file: instance(`user_data = <<EOF\n#!/bin/bash\n%{ if var.on }\n${CALL}\n%{ else }\n${CALL}\n%{ endif }\nEOF`),
    fixed: instance(
      `user_data = <<EOF\n#!/bin/bash\n%{ if var.on }\n${FETCH}\n${SENT}\n%{ else }\n${FETCH}\n${SENT}\n%{ endif }\nEOF`,
    ),
  },
  {
    what: 'user data of a launch template',
    owner: 'aws_launch_template.x',
    file: `resource "aws_launch_template" "x" {\n  user_data = base64encode(<<EOF\n#!/bin/bash\n${CALL}\nEOF\n  )\n}\n`,
    fixed: `resource "aws_launch_template" "x" {\n  user_data = base64encode(<<EOF\n#!/bin/bash\n${FETCH}\n${SENT}\nEOF\n  )\n}\n`,
  },
  {
    what: 'a command document',
    owner: 'aws_ssm_document.x',
    file: `resource "aws_ssm_document" "x" {\n  content = jsonencode({\n    schemaVersion = "2.2"\n    mainSteps = [{ action = "aws:runShellScript", inputs = { runCommand = ["set -e", "${CALL}"] } }]\n  })\n}\n`,
    fixed: `resource "aws_ssm_document" "x" {\n  content = jsonencode({\n    schemaVersion = "2.2"\n    mainSteps = [{ action = "aws:runShellScript", inputs = { runCommand = ["set -e", "${escaped(FETCH)}", "${escaped(SENT)}"] } }]\n  })\n}\n`,
  },
  {
    what: 'for_each over literals',
    file: instance(
      `for_each = { a = "http://169.254.169.254/latest" }\n  user_data = <<EOF\n#!/bin/bash\ncurl \${each.value}/meta-data/\nEOF`,
    ),
  },
  {
    what: 'JSON',
    name: 'main.tf.json',
    file: `{"resource": {"aws_instance": {"web": {"user_data": "#!/bin/bash\\n${CALL}\\n"}}}}`,
    fixed: `{"resource": {"aws_instance": {"web": {"user_data": "#!/bin/bash\\n${escaped(FETCH)}\\n${escaped(SENT)}\\n"}}}}`,
  },
  {
    what: 'base64 as it is written',
    file: instance(`user_data_base64 = "${Buffer.from(`#!/bin/bash\n${CALL}\n`).toString('base64')}"`),
  },
  {
    what: 'Packer',
    name: 'image.pkr.hcl',
    owner: 'none',
    file: `build {\n  provisioner "shell" {\n    inline = [\n      "set -e",\n      "${CALL}"\n    ]\n  }\n}\n`,
    fixed: `build {\n  provisioner "shell" {\n    inline = [\n      "set -e",\n      "${escaped(FETCH)}",\n      "${escaped(SENT)}"\n    ]\n  }\n}\n`,
  },
  {
    what: 'a template file',
    name: 'boot.sh.tftpl',
    owner: 'none',
    file: `#!/bin/bash\necho $\${HOME}\n${CALL}\n`,
    fixed: `#!/bin/bash\necho $\${HOME}\n${FETCH}\n${SENT}\n`,
  },
  {
    what: 'a template file whose address is given to it',
    name: 'tpl/boot.tftpl',
    owner: 'none',
    file: '#!/bin/bash\ncurl ${base}/meta-data/\n',
    others: {
      'main.tf': instance(
        'user_data = templatefile("${path.module}/tpl/boot.tftpl", { base = "http://169.254.169.254/latest" })',
      ),
    },
  },
  {
    what: 'a file that `file` reads, whose braces are the shell’s',
    name: 'boot.sh.tpl',
    owner: 'none',
    file: '#!/bin/bash\nB=http://169.254.169.254/latest\ncurl ${B}/meta-data/\n',
    others: { 'main.tf': instance('user_data = file("boot.sh.tpl")') },
  },
];

test.each(FORMS)('$what', async ({ file, fixed, owner = 'aws_instance.web', others = {}, name = 'main.tf' }) => {
  const document = await open(file, others, name);
  const { findings, failures } = engine.lint(document);
  expect(failures).toEqual([]);
  const calls = findings.filter(({ ruleId }) => ruleId === 'imdsv1-call');
  expect(calls.length).toBeGreaterThan(0);
  expect(new Set(calls.map(({ resource = 'none' }) => resource))).toEqual(new Set([owner]));
  if (fixed === undefined) return;
  const after = applyEdits(file, engine.fixAll(document));
  expect(after).toBe(fixed);
  const again = engine.lint(await open(after, others, name));
  expect(again.findings.filter(({ ruleId }) => ruleId === 'imdsv1-call')).toEqual([]);
});

const SILENT: [string, string, Readonly<Record<string, string>>?][] = [
  ['a command that runs where Terraform runs', instance(`provisioner "local-exec" {\n    command = "${CALL}"\n  }`)],
  ['a comment', instance(`# user_data = "${CALL}"`)],
  ['a description', `variable "x" {\n  description = "${CALL}"\n}\n`],
  ['a security group', `resource "aws_security_group" "x" {\n  description = "to 169.254.169.254/32"\n}\n`],
  [
    'a script of another file, which is judged there',
    instance('user_data = file("boot.sh")'),
    { 'boot.sh': `#!/bin/sh\n${CALL}\n` },
  ],
  [
    'a local of another file, which is judged there',
    instance('user_data = local.script'),
    { 'locals.tf': `locals {\n  script = "#!/bin/sh\\n${CALL}\\n"\n}\n` },
  ],
  ['an address that is known later', instance('user_data = "#!/bin/bash\\ncurl ${var.base}/meta-data/\\n"')],
  ['a Python program', instance(`user_data = <<EOF\n#!/usr/bin/python3\n# ${CALL}\nEOF`)],
  ['a token that is sent', instance(`user_data = <<EOF\n#!/bin/bash\n${FETCH}\n${SENT}\nEOF`)],
];

test.each(SILENT)('nothing about %s', async (_, file, others) => {
  const { findings } = engine.lint(await open(file, others ?? {}));
  expect(findings.filter(({ ruleId }) => ruleId.startsWith('imds') && ruleId !== 'imdsv1-allowed')).toEqual([]);
});

/** What a rule finds, and the file with what is safe put right. */
async function opened(text: string): Promise<{ readonly found: readonly string[]; readonly fixed: string }> {
  const document = await open(text, {});
  const own = engine.lint(document).findings.filter(({ ruleId }) => ruleId === 'credentials-permissions');
  return {
    found: own.map(({ range }) => text.slice(range.start, range.end)),
    fixed: applyEdits(text, engine.fixAll(document)),
  };
}

describe('files with credentials that a provisioner opens', () => {
  const provisioner = (kind: string, lines: string): string => instance(`provisioner "${kind}" {\n${lines}\n  }`);

  test.each([
    [
      'on the machine',
      provisioner('remote-exec', '    inline = ["chmod 777 ~/.aws/credentials"]'),
      ['chmod 777 ~/.aws/credentials'],
    ],
    [
      'where Terraform runs',
      provisioner('local-exec', '    command = "chmod 777 ~/.aws/credentials"'),
      ['chmod 777 ~/.aws/credentials'],
    ],
    [
      'in lines',
      provisioner(
        'local-exec',
        '    when = destroy\n    command = <<-EOT\n      chmod 777 ~/.aws/keys/${self.key_name}.pem\n      rm -rf ~/.aws/keys\n    EOT',
      ),
      ['chmod 777 ~/.aws/keys/${self.key_name}.pem'],
    ],
    [
      'by a shell that is named',
      provisioner('local-exec', '    command = "chmod 777 ~/.ssh/id_rsa"\n    interpreter = ["/bin/bash", "-c"]'),
      ['chmod 777 ~/.ssh/id_rsa'],
    ],
    [
      'by another program',
      provisioner('local-exec', '    command = "chmod 777 ~/.ssh/id_rsa"\n    interpreter = ["python3", "-c"]'),
      [],
    ],
    ['that only the owner can read', provisioner('local-exec', '    command = "chmod 600 ${path.module}/key.pem"'), []],
  ])('%s', async (_, text, expected) => {
    const { found, fixed } = await opened(text);
    expect(found).toEqual(expected);
    if (found.length > 0) expect((await opened(fixed)).found).toEqual([]);
  });
});

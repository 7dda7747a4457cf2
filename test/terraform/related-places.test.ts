/** What a finding points to stands in any file of the configuration. */
import { expect, test } from 'vitest';
import { group, rule } from './groups';
import { engine, open } from './opened';

type Files = Readonly<Record<string, string>>;

const INSTANCE = `resource "aws_instance" "web" {
  ami                         = "ami-12345678"
  instance_type               = "t3.micro"
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.x.id]
  metadata_options {
    http_tokens = "required"
  }
}
`;
const VARIABLE = `variable "admin" {\n  default = "192.0.2.0/24"\n}\n`;
const FROM_ADMIN = group(rule(22, 22, 'cidr_blocks = [var.admin]'));

/** What is pointed to by a rule's only finding in `main.tf`: file, text there, words. */
async function pointedTo(files: Files, ruleId: string): Promise<readonly (readonly string[])[]> {
  const { 'main.tf': text = '', ...others } = files;
  const { findings } = engine.lint(await open(text, others));
  const [finding, ...more] = findings.filter((each) => each.ruleId === ruleId);
  expect([finding?.ruleId, more]).toEqual([ruleId, []]);
  return (finding?.related ?? []).map(({ uri, range, message }) => {
    const name = uri?.replace('file:///project/', '') ?? 'main.tf';
    return [name, (files[name] ?? '').slice(range.start, range.end), message];
  });
}

test.each<[string, string, Files, readonly (readonly string[])[]]>([
  [
    'a group in the same file',
    'instance-public',
    { 'main.tf': INSTANCE + group(rule(22)) },
    [['main.tf', '"0.0.0.0/0"', 'It is opened here.']],
  ],
  [
    'a group in another file',
    'instance-public',
    { 'main.tf': INSTANCE, 'groups.tf': group(rule(22)) },
    [['groups.tf', '"0.0.0.0/0"', 'It is opened here.']],
  ],
  [
    'a default in another file',
    'open-management-port',
    { 'main.tf': FROM_ADMIN, 'variables.tf': VARIABLE.replace('192.0.2.0/24', '0.0.0.0/0') },
    [['variables.tf', '"0.0.0.0/0"', '0.0.0.0/0 is the default of var.admin.']],
  ],
  [
    'a list in another file',
    'open-management-port',
    {
      'main.tf': group(rule(22, 22, 'cidr_blocks = var.admins\n  ipv6_cidr_blocks = ["::/0"]')),
      'variables.tf': 'variable "admins" {\n  default = ["192.0.2.0/24", "0.0.0.0/0"]\n}\n',
    },
    [['variables.tf', '"0.0.0.0/0"', '0.0.0.0/0 is the default of var.admins.']],
  ],
  [
    'a value that is set for a variable',
    'open-management-port',
    { 'main.tf': FROM_ADMIN, 'variables.tf': VARIABLE, 'terraform.tfvars': 'admin = "0.0.0.0/0"\n' },
    [['terraform.tfvars', '"0.0.0.0/0"', '0.0.0.0/0 is the value of var.admin.']],
  ],
  [
    'the addresses of a module that is given the port',
    'open-management-port',
    {
      'main.tf': 'module "m" {\n  source = "./m"\n  ports  = [22, 443]\n}\n',
      'm/main.tf': `variable "ports" {}\n${group(
        '  dynamic "ingress" {\n    for_each = var.ports\n    content {\n      from_port   = ingress.value\n      to_port     = ingress.value\n      protocol    = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }',
      )}`,
    },
    [['m/main.tf', '"0.0.0.0/0"', '0.0.0.0/0 is let in here.']],
  ],
  [
    'a module of the same repository',
    'instance-public',
    {
      'main.tf': `${INSTANCE.replace('aws_security_group.x.id', 'module.ssh.id')}module "ssh" {\n  source = "./ssh"\n}\n`,
      'ssh/main.tf': `${group(rule(22))}output "id" {\n  value = aws_security_group.x.id\n}\n`,
    },
    [['ssh/main.tf', '"0.0.0.0/0"', 'It is opened here.']],
  ],
])('%s', async (_, ruleId, files, expected) => {
  expect(await pointedTo(files, ruleId)).toEqual(expected);
});

test('a module that is given the port is told of where it is given', async () => {
  const text = 'module "m" {\n  source = "./m"\n  port   = 22\n}\n';
  const others = { 'm/main.tf': `variable "port" {}\n${group(rule('var.port'))}` };
  const [finding] = engine.lint(await open(text, others)).findings;
  expect([finding?.ruleId, finding?.resource]).toEqual(['open-management-port', 'module.m.aws_security_group.x']);
  expect(text.slice(finding?.range.start, finding?.range.end)).toBe('22');
  expect(finding?.fixes).toEqual([]);
});

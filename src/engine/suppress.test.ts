import { describe, expect, it } from 'vitest';
import { applyEdits } from './index';
import { engine, findingsIn, rulesIn, SCRIPT, scriptDocument } from './testing/script';

const CALL = 'curl http://169.254.169.254/latest/meta-data/';

/** The text with its last finding silenced; undefined where there is no room for the comment. */
function silenced(text: string, scope: 'line' | 'file', uri = SCRIPT): string | undefined {
  const finding = findingsIn(text, uri).at(-1);
  if (!finding) throw new Error('nothing is found');
  const edits = engine.suppress(scriptDocument(text, uri), finding, scope);
  return edits && applyEdits(text, edits);
}

/** The same for the call that is found, whatever else is. */
function silencedCall(text: string, scope: 'line' | 'file', uri: string): string | undefined {
  const finding = findingsIn(text, uri).find(({ ruleId }) => ruleId === 'imdsv1-call');
  if (!finding) throw new Error('no call is found');
  const edits = engine.suppress(scriptDocument(text, uri), finding, scope);
  return edits && applyEdits(text, edits);
}

describe('suppress on the line', () => {
  it.each([
    ['the first line', `${CALL}\n`, `# ec2-warden-disable-next-line imdsv1-call\n${CALL}\n`],
    [
      'a last line without an end',
      `#!/bin/sh\n${CALL}`,
      `#!/bin/sh\n# ec2-warden-disable-next-line imdsv1-call\n${CALL}`,
    ],
    [
      'an indented line',
      `if true; then\n\t  ${CALL}\nfi\n`,
      `if true; then\n\t  # ec2-warden-disable-next-line imdsv1-call\n\t  ${CALL}\nfi\n`,
    ],
    ['CRLF', `#!/bin/sh\r\n${CALL}\r\n`, `#!/bin/sh\r\n# ec2-warden-disable-next-line imdsv1-call\r\n${CALL}\r\n`],
    ['a byte order mark', `\uFEFF${CALL}\n`, `\uFEFF# ec2-warden-disable-next-line imdsv1-call\n${CALL}\n`],
    [
      'a comment for another rule',
      `# ec2-warden-disable-next-line credentials-permissions -- why\n${CALL}; chmod 777 ~/.aws/config\n`,
      `# ec2-warden-disable-next-line credentials-permissions, imdsv1-call -- why\n${CALL}; chmod 777 ~/.aws/config\n`,
    ],
    [
      'a command over two lines',
      `curl \\\n  -s http://169.254.169.254/latest/\n`,
      `# ec2-warden-disable-next-line imdsv1-call\ncurl \\\n  -s http://169.254.169.254/latest/\n`,
    ],
  ])('%s', (_, text, expected) => {
    expect(silenced(text, 'line')).toBe(expected);
    expect(findingsIn(expected)).toEqual([]);
  });

  it('has no place in the middle of a command that goes on', () => {
    expect(silenced(`echo a \\\n  "$(${CALL})"\n`, 'line')).toBeUndefined();
  });
});

describe('suppress in the file', () => {
  it.each([
    ['behind the shebang', `#!/bin/sh\n\n${CALL}\n`, `#!/bin/sh\n# ec2-warden-disable-file imdsv1-call\n\n${CALL}\n`],
    ['at the top without one', `${CALL}\n`, `# ec2-warden-disable-file imdsv1-call\n${CALL}\n`],
    ['behind a byte order mark', `\uFEFF${CALL}\n`, `\uFEFF# ec2-warden-disable-file imdsv1-call\n${CALL}\n`],
    [
      'behind a byte order mark and shebang',
      `\uFEFF#!/bin/sh\r\n${CALL}\r\n`,
      `\uFEFF#!/bin/sh\r\n# ec2-warden-disable-file imdsv1-call\r\n${CALL}\r\n`,
    ],
    [
      'in the comment that is there',
      `# ec2-warden-disable-file credentials-permissions\nchmod 777 ~/.aws/config\n${CALL}\n`,
      `# ec2-warden-disable-file credentials-permissions, imdsv1-call\nchmod 777 ~/.aws/config\n${CALL}\n`,
    ],
  ])('%s', (_, text, expected) => {
    expect(silenced(text, 'file')).toBe(expected);
    expect(findingsIn(expected)).toEqual([]);
  });
});

const LINE = '# ec2-warden-disable-next-line imdsv1-call';
const TEMPLATE =
  'Resources:\n  I:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData:\n        Fn::Base64:';

describe('suppress on the line in other hosts: the place of the comment is marked', () => {
  it.each([
    ['a unit', 'id.service', `[Service]\n@ExecStart=/bin/sh -c '${CALL}'\n`],
    ['a block scalar', 't.yaml', `${TEMPLATE} |\n          #!/bin/bash\n          @${CALL}\n`],
    ['an item of a list', 'c.yaml', `#cloud-config\nruncmd:\n  @- ${CALL}\n`],
    [
      'an item that is put together',
      't.yaml',
      `${TEMPLATE} !Join\n          - "\\n"\n          - - "#!/bin/bash"\n            @- ${CALL}\n`,
    ],
    ['an item of brackets', 't.yaml', `${TEMPLATE} !Join ["\\n", ["#!/bin/bash",\n          @"${CALL}"]]\n`],
    [
      'Terraform',
      'a.tf',
      `resource "aws_instance" "a" {\n  user_data = <<-EOF\n    #!/bin/bash\n    @${CALL}\n  EOF\n  metadata_options {\n    http_tokens = "required"\n  }\n}\n`,
    ],
    [
      'a script that a script writes',
      'a.sh',
      `cat > /etc/cron.daily/x.sh <<'EOF'\n#!/bin/sh\n@${CALL}\nEOF\nchmod +x /etc/cron.daily/x.sh\n`,
    ],
    ['a script that a script runs', 'a.sh', `bash -c '\n  @${CALL}'\n`],
    ['a substitution over lines', 'a.sh', `A="$(\n  @${CALL}\n)"\n`],
    [
      'MIME, for the line',
      'ud.txt',
      `Content-Type: multipart/mixed; boundary="B"\nMIME-Version: 1.0\n\n--B\nContent-Type: text/x-shellscript\n\n#!/bin/bash\n@${CALL}\n--B--\n`,
    ],
  ])('%s', (_, name, marked) => {
    const uri = `file:///srv/${name}`;
    const indent = /^[ \t]*(?=@)/m.exec(marked)?.[0] ?? '';
    const text = marked.replace('@', '');
    const expected = marked.replace('@', `${LINE}\n${indent}`);
    expect(silencedCall(text, 'line', uri)).toBe(expected);
    expect(rulesIn(expected, uri)).not.toContain('imdsv1-call');
    expect(rulesIn(expected, uri)).not.toContain('unused-suppression');
  });

  it.each([
    [
      'JSON',
      't.json',
      `{"Resources": {"I": {"Type": "AWS::EC2::Instance", "Properties": {"UserData": {"Fn::Base64":\n"#!/bin/bash\\n${CALL}\\n"}}}}}`,
    ],
    ['a folded scalar', 't.yaml', `${TEMPLATE} >\n          #!/bin/bash\n\n          ${CALL}\n`],
    ['quotes over lines', 't.yaml', `${TEMPLATE} "#!/bin/bash\\n\n          ${CALL}\\n"\n`],
    ['a plain scalar over lines', 'c.yaml', `#cloud-config\nruncmd:\n  - echo a &&\n    ${CALL}\n`],
    ['a text that a script prints', 'a.sh', `echo "a\n$(${CALL})"\n`],
    ['a file that a script writes', 'a.sh', `cat > /a.json <<EOF\n{\n  "id": "$(${CALL})"\n}\nEOF\n`],
  ])('%s has no room', (_, name, text) => {
    expect(silencedCall(text, 'line', `file:///srv/${name}`)).toBeUndefined();
  });
});

describe('suppress in the file in other hosts', () => {
  it.each([
    ['cloud-config, whose first line says so', 'c.yaml', `#cloud-config\n@runcmd:\n  - ${CALL}\n`],
    ['a template of it', 'c.yaml', `## template: jinja\n#cloud-config\n@runcmd:\n  - ${CALL}\n`],
    ['the directives of a Dockerfile', 'Dockerfile', `# syntax=docker/dockerfile:1\n@FROM a\nRUN ${CALL}\n`],
    [
      'MIME, whose header is at the top',
      'ud.txt',
      `Content-Type: multipart/mixed; boundary="B"\nMIME-Version: 1.0\n\n--B\nContent-Type: text/x-shellscript\n\n#!/bin/bash\n@${CALL}\n--B--\n`,
    ],
  ])('%s', (_, name, marked) => {
    const expected = marked.replace('@', '# ec2-warden-disable-file imdsv1-call\n');
    expect(silencedCall(marked.replace('@', ''), 'file', `file:///srv/${name}`)).toBe(expected);
  });

  it('begins as comments of the language do', () => {
    const text = `ud.addCommands(\`\n  ${CALL}\n\`);\n`;
    expect(silencedCall(text, 'file', 'file:///srv/stack.ts')).toBe(`// ec2-warden-disable-file imdsv1-call\n${text}`);
  });

  it('has no place in JSON', () => {
    const text = `{"builders": [{"type": "amazon-ebs"}], "provisioners": [{"type": "shell", "inline": ["${CALL}"]}]}`;
    expect(silencedCall(text, 'file', 'file:///srv/p.json')).toBeUndefined();
  });
});

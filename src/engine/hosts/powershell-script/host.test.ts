import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../index';
import { engine, fetch, fixed, judged, META, rulesIn, scriptDocument, SENT } from '../../testing/powershell';
import { powershellScript } from './host';

const CALL = `$id = Invoke-RestMethod ${META}/instance-id`;
const FIXED = `${fetch()}\n$id = Invoke-RestMethod -Headers ${SENT} ${META}/instance-id`;

describe('what is PowerShell', () => {
  it.each([
    ['a script', 'file:///a/setup.ps1', ''],
    ['a module', 'file:///a/Tools.psm1', ''],
    ['a template of a script', 'file:///a/user_data.ps1.tftpl', ''],
    ['user data', '', `<powershell>\n${CALL}\n</powershell>`],
    ['user data behind a tag', '', `<persist>true</persist>\n<powershell>\n${CALL}\n</powershell>`],
    ['user data behind a comment', '', `# for Windows\n<powershell>\n${CALL}\n</powershell>`],
    ['user data with a command script first', '', `<script>\necho 1\n</script>\n<powershell>\n${CALL}\n</powershell>`],
    ['a program with its interpreter', 'file:///a/run', `#!/usr/bin/env pwsh\n${CALL}`],
  ])('%s', (_, name, text) => {
    expect(powershellScript.recognises({ name, text })).toBe(true);
  });

  it.each([
    [
      'a template that holds user data',
      'file:///a/stack.yaml',
      `UserData: |\n  <powershell>\n  ${CALL}\n  </powershell>`,
    ],
    ['a shell script', 'file:///a/run.sh', `#!/bin/bash\ncurl ${META}`],
    ['a document that speaks of it', 'file:///a/README.md', 'Put it between `<powershell>` and `</powershell>`.'],
  ])('not %s', (_, name, text) => {
    expect(powershellScript.recognises({ name, text })).toBe(false);
  });

  it('by the language of the editor', () => {
    expect(powershellScript.recognises({ name: 'untitled:1', text: '', languageId: 'powershell' })).toBe(true);
  });
});

describe('user data', () => {
  const URI = 'file:///srv/user-data.txt';
  it.each([
    ['one block', `<powershell>\n«Invoke-RestMethod ${META}/ami-id»\n</powershell>\n<persist>true</persist>\n`],
    ['a block that is never closed', `<powershell>\n«Invoke-RestMethod ${META}/ami-id»\n`],
    ['two blocks', `<powershell>\n«irm ${META}/a»\n</powershell>\n<powershell>\n«irm ${META}/b»\n</powershell>\n`],
    ['capitals', `<PowerShell>\n«irm ${META}/a»\n</PowerShell>\n`],
    [
      'a command script beside it',
      `<script>\n«curl ${META}/a»\n</script>\n<powershell>\n«irm ${META}/b»\n</powershell>\n`,
    ],
  ])('%s', (_, text) => {
    expect(judged(text, 'imdsv1-call', URI)).toBe(text);
  });

  it('is rewritten within its tags', () => {
    expect(fixed(`<powershell>\n${CALL}\n</powershell>\n<persist>true</persist>\n`, URI)).toBe(
      `<powershell>\n${FIXED}\n</powershell>\n<persist>true</persist>\n`,
    );
    expect(fixed(`<powershell>\r\n${CALL}\r\n</powershell>\r\n`, URI)).toBe(
      `<powershell>\r\n${FIXED.replace('\n', '\r\n')}\r\n</powershell>\r\n`,
    );
  });

  it('with secrets in it is told of them', () => {
    const text = (password: string): string => `<powershell>\n$password = ${password}\n</powershell>\n`;
    expect(rulesIn(text("'hunter2-Xk9q'"), URI)).toEqual(['secret-in-script']);
    expect(rulesIn(text('ConvertTo-SecureString $plain -AsPlainText -Force'), URI)).toEqual([]);
    expect(rulesIn(text('(Get-SECSecretValue -SecretId db).SecretString'), URI)).toEqual([]);
  });
});

describe('in a Terraform file', () => {
  const terraform = (script: string): string =>
    `resource "aws_instance" "windows" {\n  user_data = <<-EOF\n    <powershell>\n    ${script.replace(/\n/g, '\n    ')}\n    </powershell>\n  EOF\n  metadata_options {\n    http_tokens = "optional"\n  }\n}\n`;
  it('is found, and fixed with its indentation', async () => {
    const text = terraform(CALL);
    const document = await engine.prepare(scriptDocument(text, 'file:///srv/main.tf'));
    expect(engine.lint(document).findings.map(({ ruleId }) => ruleId)).toContain('imdsv1-call');
    expect(
      applyEdits(
        text,
        engine.fixAll(document, undefined, (rule) => rule === 'imdsv1-call'),
      ),
    ).toBe(terraform(FIXED));
  });
});

describe('in a CloudFormation template', () => {
  it('is found, and fixed with its indentation', async () => {
    const template = (script: string): string =>
      `Resources:\n  Windows:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData:\n        Fn::Base64: !Sub |\n          <powershell>\n          ${script.replace(/\n/g, '\n          ')}\n          </powershell>\n          <persist>true</persist>\n`;
    const document = await engine.prepare(scriptDocument(template(CALL), 'file:///srv/stack.yaml'));
    expect(engine.lint(document).findings.map(({ ruleId }) => ruleId)).toContain('imdsv1-call');
    expect(
      applyEdits(
        document.text,
        engine.fixAll(document, undefined, (rule) => rule === 'imdsv1-call'),
      ),
    ).toBe(template(FIXED));
  });
});

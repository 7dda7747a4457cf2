import { type CodeAction, TextDocumentEdit, type TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../src/engine';
import { type FixAnswer, FIX_WITH_VALUE_METHOD, type FixQuestion } from '../../src/server/protocol';
import { clientWithout, type Conversation, converse, type ConversationOptions, FULL_CLIENT } from './conversation';
import { titled, titles, WHOLE } from './scripts';

// Requiring tokens on an instance and sending one in its script is one edit, of the template alone or of the script's own file too. The engine is the real one.

const MAIN = 'vfs://host/w/main.tf';
const BOOT = 'vfs://host/w/boot.sh.tftpl';
const CALL = 'curl -s http://169.254.169.254/latest/meta-data/instance-id';
const SCRIPT = `#!/bin/bash\necho "\${name}"\n${CALL}\n`;
const INSTANCE =
  'resource "aws_instance" "web" {\n  ami       = "ami-1"\n  user_data = templatefile("boot.sh.tftpl", { name = "web" })\n}\n';
const BOTH = 'Require tokens (IMDSv2) and send one in boot.sh.tftpl';
const ALONE = 'Require tokens (IMDSv2), though its script still calls IMDSv1 in 1 place (boot.sh.tftpl)';

type Texts = Readonly<Record<string, string>>;

async function opened(options: ConversationOptions = {}): Promise<Conversation> {
  const client = await converse(createEngine(), { files: { [BOOT]: SCRIPT }, ...options });
  await client.open(MAIN, INSTANCE, 'terraform');
  return client;
}

/** The versions that an action names, by file. */
function versionsOf({ edit }: CodeAction): Readonly<Record<string, number | null>> {
  const changes = (edit?.documentChanges ?? []).filter((change) => TextDocumentEdit.is(change));
  return Object.fromEntries(changes.map(({ textDocument: { uri, version } }) => [uri, version]));
}

function applied(texts: Texts, { edit }: CodeAction): Texts {
  const changes = (edit?.documentChanges ?? []).filter((change) => TextDocumentEdit.is(change));
  const all = [
    ...changes.map(({ textDocument: { uri }, edits }) => [uri, edits] as const),
    ...Object.entries(edit?.changes ?? {}),
  ];
  return all.reduce<Texts>((before, [uri, edits]) => {
    const document = TextDocument.create(uri, 'plaintext', 1, before[uri] ?? '');
    return { ...before, [uri]: TextDocument.applyEdits(document, edits as TextEdit[]) };
  }, texts);
}

/** The rules that find something in these files once they are all open. */
async function rulesIn(texts: Texts): Promise<readonly unknown[]> {
  const client = await converse(createEngine(), { files: texts });
  const codes: unknown[] = [];
  for (const [uri, text] of Object.entries(texts)) {
    await client.open(uri, text, uri.endsWith('.tf') ? 'terraform' : 'plaintext');
    codes.push(...(await client.diagnostics(uri)).map(({ code }) => code));
    codes.push(...titles(await client.codeActions(uri, WHOLE)));
  }
  return codes;
}

describe('an edit of several files', () => {
  test('names the version of each: null for one that is not open', async () => {
    const client = await opened();
    const actions = await client.codeActions(MAIN, WHOLE);
    expect(titles(actions).slice(0, 2)).toEqual([BOTH, ALONE]);
    const action = await client.resolve(titled(actions, BOTH));
    expect(versionsOf(action)).toEqual({ [MAIN]: 1, [BOOT]: null });
    const after = applied({ [MAIN]: INSTANCE, [BOOT]: SCRIPT }, action);
    expect(after[MAIN]).toContain('http_tokens = "required"');
    expect(after[BOOT]).toContain('X-aws-ec2-metadata-token');
    expect(await rulesIn(after)).toEqual([]);
  });

  test('and the version of one that is open, as it stands in the editor', async () => {
    const client = await opened();
    await client.open(BOOT, SCRIPT);
    const typed = `${SCRIPT}echo typed\n`;
    await client.change(BOOT, 7, [{ text: typed }]);
    const action = await client.resolve(titled(await client.codeActions(MAIN, WHOLE), BOTH));
    expect(versionsOf(action)).toEqual({ [MAIN]: 1, [BOOT]: 7 });
    const after = applied({ [MAIN]: INSTANCE, [BOOT]: typed }, action);
    expect(after[BOOT]).toMatch(/echo typed\n$/);
    expect(await rulesIn(after)).toEqual([]);
  });

  test('a script that changed since the action was offered is edited as it is now', async () => {
    const client = await opened();
    const offered = titled(await client.codeActions(MAIN, WHOLE), BOTH);
    const changed = SCRIPT.replace('#!/bin/bash\n', '#!/bin/bash\nset -euo pipefail\n# more\n');
    await client.writeFile(BOOT, changed);
    const after = applied({ [MAIN]: INSTANCE, [BOOT]: changed }, await client.resolve(offered));
    expect(await rulesIn(after)).toEqual([]);
  });

  test('a script that was put right meanwhile makes it another edit: the action is refused, and another is offered', async () => {
    const client = await opened();
    const offered = titled(await client.codeActions(MAIN, WHOLE), BOTH);
    await client.writeFile(BOOT, '#!/bin/bash\necho nothing\n');
    await expect(client.resolve(offered)).rejects.toMatchObject({ code: -32801 });
    expect(titles(await client.codeActions(MAIN, WHOLE))[0]).toBe('Require tokens (IMDSv2)');
  });

  test('for a client that knows no versions', async () => {
    const client = await opened({ capabilities: clientWithout('workspace.workspaceEdit') });
    const action = await client.resolve(titled(await client.codeActions(MAIN, WHOLE), BOTH));
    expect(Object.keys(action.edit?.changes ?? {})).toEqual([MAIN, BOOT]);
    expect(await rulesIn(applied({ [MAIN]: INSTANCE, [BOOT]: SCRIPT }, action))).toEqual([]);
  });

  test('for a client that wants its edits at once', async () => {
    const client = await opened({ capabilities: clientWithout('textDocument.codeAction.resolveSupport') });
    const action = titled(await client.codeActions(MAIN, WHOLE), BOTH);
    expect(versionsOf(action)).toEqual({ [MAIN]: 1, [BOOT]: null });
  });

  test('a call in another file is the place that explains a finding', async () => {
    const required = INSTANCE.replace('}\n}', '}\n').replace(
      /\}\n$/,
      '  metadata_options {\n    http_tokens = "required"\n  }\n}\n',
    );
    const client = await converse(createEngine(), { files: { [BOOT]: SCRIPT } });
    await client.open(MAIN, required, 'terraform');
    expect(await client.diagnostics(MAIN)).toMatchObject([
      {
        code: 'imdsv2-required-v1-call',
        relatedInformation: [
          {
            location: {
              uri: BOOT,
              range: { start: { line: 2, character: 0 }, end: { line: 2, character: CALL.length } },
            },
          },
        ],
      },
    ]);
  });
});

test('a script in the template itself: one file, one version, and nothing is left', async () => {
  const uri = 'vfs://host/w/stack.yaml';
  const template = `Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-1
      MetadataOptions:
        HttpTokens: optional
      UserData:
        Fn::Base64: !Sub |
          #!/bin/bash
          ${CALL}
`;
  const client = await converse(createEngine());
  await client.open(uri, template, 'yaml');
  const actions = await client.codeActions(uri, WHOLE);
  const action = await client.resolve(titled(actions, 'Require tokens (IMDSv2) and send one in the user data'));
  expect(versionsOf(action)).toEqual({ [uri]: 1 });
  const after = applied({ [uri]: template }, action);
  expect(after[uri]).toContain('HttpTokens: required');
  expect(await rulesIn(after)).toEqual([]);
});

test('what somebody types goes into the file that the value comes from', async () => {
  const variables = 'vfs://host/w/variables.tf';
  const group =
    'resource "aws_security_group" "web" {\n  ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = "tcp"\n    cidr_blocks = [var.admin]\n  }\n}\n';
  const capabilities = { ...FULL_CLIENT, experimental: { ec2WardenFiles: true, ec2WardenInput: true } };
  const files = { [variables]: 'variable "admin" {\n  default = "0.0.0.0/0"\n}\n' };
  const client = await converse(createEngine(), { files, capabilities });
  await client.open(MAIN, group, 'terraform');
  const { command } = titled(
    await client.codeActions(MAIN, WHOLE),
    'Let only one address block connect (variables.tf)…',
  );
  const { action } = command?.arguments?.[0] as FixQuestion;
  const { edit } = await client.connection.sendRequest<FixAnswer>(FIX_WITH_VALUE_METHOD, {
    action,
    value: '198.51.100.7/32',
  });
  expect(edit?.documentChanges).toEqual([
    {
      textDocument: { uri: variables, version: null },
      edits: [
        {
          range: { start: { line: 1, character: 12 }, end: { line: 1, character: 23 } },
          newText: '"198.51.100.7/32"',
        },
      ],
    },
  ]);
});

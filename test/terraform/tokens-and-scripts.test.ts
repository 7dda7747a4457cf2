/** Tokens required together with the script's own fix, in one file and in several. */
import { describe, expect, test } from 'vitest';
import type { Document, Fix } from '../../src/engine';
import { applyEdits } from '../../src/engine/text/edits';
import { instance, OPTIONAL, REQUIRED } from './launches';
import { engine, open } from './opened';

const CALL = 'curl -s http://169.254.169.254/latest/meta-data/instance-id';
const FOLDER = 'file:///project/';

type Files = Readonly<Record<string, string>>;

const fixesOf = (document: Document, ruleId: string): readonly Fix[] =>
  engine.lint(document).findings.flatMap((finding) => (finding.ruleId === ruleId ? finding.fixes : []));

async function rulesIn(files: Files, name = 'main.tf'): Promise<readonly string[]> {
  const { [name]: text = '', ...others } = files;
  const { findings, failures } = engine.lint(await open(text, others, name));
  expect(failures).toEqual([]);
  return findings.map(({ ruleId }) => ruleId);
}

/** All files after the first fix of a rule's first finding in `main.tf`. */
async function fixed(files: Files, ruleId: string): Promise<Files> {
  const { 'main.tf': text = '', ...others } = files;
  const document = await open(text, others);
  const [fix] = fixesOf(document, ruleId);
  if (!fix) throw new Error('there is no fix');
  const result: Record<string, string> = { ...files, 'main.tf': applyEdits(text, fix.edits()) };
  for (const { uri, edits } of fix.elsewhere?.() ?? []) {
    const name = uri.slice(FOLDER.length);
    result[name] = applyEdits(files[name] ?? '', edits);
  }
  return result;
}

const userData = (value: string): string => `  user_data = ${value}\n`;
const SCRIPT = `#!/bin/bash\nset -euo pipefail\nID=$(${CALL})\necho "$ID"\n`;
const TEMPLATE = `#!/bin/bash\n%{ if debug ~}\nset -x\n%{ endif ~}\nID=$(${CALL})\necho "\${name} $$\{ID}"\n`;
const given = '{ name = "web", debug = var.debug }';

const FORMS: readonly (readonly [what: string, files: Files])[] = [
  [
    'a heredoc',
    {
      'main.tf': instance(
        `${OPTIONAL}${userData(`<<-EOF\n    ${SCRIPT.replaceAll('\n', '\n    ').trimEnd()}\n  EOF`)}`,
      ),
    },
  ],
  ['a heredoc at the end of the block', { 'main.tf': instance(userData(`<<EOF\n${SCRIPT}EOF`)) }],
  ['a heredoc in base64', { 'main.tf': instance(userData(`base64encode(<<EOF\n${SCRIPT}EOF\n  )`)) }],
  ['quotes', { 'main.tf': instance(userData(JSON.stringify(SCRIPT.replaceAll('$', '$')).replaceAll('${', '$${'))) }],
  ['lines put together', { 'main.tf': instance(userData(`join("\\n", ["#!/bin/bash", "${CALL}", ""])`)) }],
  [
    'a template in a file',
    { 'main.tf': instance(userData(`templatefile("boot.sh.tftpl", ${given})`)), 'boot.sh.tftpl': TEMPLATE },
  ],
  [
    'a template in a file, in base64',
    {
      'main.tf': instance(OPTIONAL + userData(`base64encode(templatefile("\${path.module}/a b.sh.tftpl", ${given}))`)),
      'a%20b.sh.tftpl': TEMPLATE,
    },
  ],
  ['a file', { 'main.tf': instance(userData('file("${path.module}/boot.sh")')), 'boot.sh': SCRIPT }],
  [
    'a file by a local of another file',
    {
      'main.tf': instance(userData('local.script')),
      'locals.tf': 'locals {\n  script = file("${path.module}/boot.sh")\n}\n',
      'boot.sh': SCRIPT,
    },
  ],
  [
    'a text of another file',
    {
      'main.tf': instance(userData('local.script')),
      'locals.tf': `locals {\n  script = <<-EOT\n    ${SCRIPT.replaceAll('\n', '\n    ').trimEnd()}\n  EOT\n}\n`,
    },
  ],
  [
    'a launch template',
    {
      'main.tf': `resource "aws_launch_template" "t" {\n  user_data = filebase64("boot.sh")\n}\n`,
      'boot.sh': SCRIPT,
    },
  ],
  [
    'cloud-config in a file',
    {
      'main.tf': instance(userData('file("init.yaml")')),
      'init.yaml': `#cloud-config\nruncmd:\n  - ${CALL} > /tmp/id\n`,
    },
  ],
];

describe('requiring tokens and fixing the script in one', () => {
  test.each(FORMS)('%s', async (_, files) => {
    const { 'main.tf': text = '', ...others } = files;
    const titles = fixesOf(await open(text, others), 'imdsv1-allowed').map(({ title }) => title);
    expect(titles).toHaveLength(2);
    expect(titles[0]).toMatch(/ and send one in /);
    expect(titles[1]).toMatch(/calls IMDSv1 in 1 place/);
    const after = await fixed(files, 'imdsv1-allowed');
    for (const name of Object.keys(files)) expect([name, await rulesIn(after, name)]).toEqual([name, []]);
    // There is nothing left to do.
    const { 'main.tf': again = '', ...rest } = after;
    for (const name of Object.keys(files)) {
      const { [name]: own = '', ...beside } = { ...rest, 'main.tf': again };
      expect(engine.fixAll(await open(own, beside, name))).toEqual([]);
    }
    expect(
      Object.values(after)
        .join()
        .match(/latest\/api\/token/g),
    ).toHaveLength(1);
  });
});

describe('a script in another file', () => {
  const required = (value: string): string => instance(REQUIRED + userData(value));

  test('calls where tokens are required: shown at the call, and put right there', async () => {
    const files = { 'main.tf': required(`templatefile("boot.sh.tftpl", ${given})`), 'boot.sh.tftpl': TEMPLATE };
    const { 'main.tf': text, ...others } = files;
    const { findings } = engine.lint(await open(text, others));
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['imdsv2-required-v1-call']);
    const [{ range, uri } = { range: { start: 0, end: 0 } }] = findings[0]?.related ?? [];
    expect(uri).toBe(`${FOLDER}boot.sh.tftpl`);
    expect(TEMPLATE.slice(range.start, range.end)).toBe(CALL);
    const after = await fixed(files, 'imdsv2-required-v1-call');
    expect(after['main.tf']).toBe(text);
    expect(await rulesIn(after)).toEqual([]);
    expect(await rulesIn(after, 'boot.sh.tftpl')).toEqual([]);
  });

  test('is no part of what "fix all" does to the configuration', async () => {
    const document = await open(required('file("boot.sh")'), { 'boot.sh': SCRIPT });
    expect(engine.fixAll(document)).toEqual([]);
    expect(engine.scripts(document)).toEqual([]);
  });

  test.each([
    [
      'sends a token',
      SCRIPT.replace(CALL, `${CALL} -H "X-aws-ec2-metadata-token: $TOKEN"`).replace(
        'set -euo pipefail',
        `TOKEN=$(curl -sX PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)`,
      ),
    ],
    ['calls nothing', '#!/bin/bash\necho hello\n'],
    ['is Python', `#!/usr/bin/env python3\n# ${CALL}\n`],
    ['is not there', undefined],
  ])('that %s', async (_, script) => {
    const others: Files = script === undefined ? {} : { 'boot.sh': script };
    expect(await rulesIn({ 'main.tf': required('file("boot.sh")'), ...others })).toEqual([]);
  });

  test('by a path that is not known', async () => {
    expect(await rulesIn({ 'main.tf': required('file(var.script)'), 'boot.sh': SCRIPT })).toEqual([]);
  });

  test('a part of the template that is not rendered', async () => {
    const files = {
      'main.tf': required('templatefile("boot.sh.tftpl", { v1 = "" })'),
      'boot.sh.tftpl': '#!/bin/bash\n${v1}\necho hello\n',
    };
    expect(await rulesIn(files)).toEqual([]);
  });
});

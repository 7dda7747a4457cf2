/** Broken and mutated files: nothing throws, nothing takes long, and no edit lies outside the text. */
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../src/engine/text/edits';
import { engine, open } from './opened';

const CALL = 'curl -s http://169.254.169.254/latest/meta-data/instance-id';

const SAMPLES: Readonly<Record<string, string>> = {
  'main.tf': `variable "base" {
  default = "http://169.254.169.254/latest"
}
locals {
  names = { for i, n in ["a", "b"] : n => "\${i}-\${n}" }
  script = <<-EOT
    #!/bin/bash
    %{ if var.on ~}
    ${CALL}
    %{ endif ~}
    %{ for n in values(local.names) }echo \${n}%{ endfor }
  EOT
}
resource "aws_instance" "web" {
  for_each  = local.names
  user_data = base64encode(join("\\n", ["#!/bin/bash", "${CALL}", format("curl %s/x", var.base)]))
  metadata_options { http_tokens = "required" }
  provisioner "remote-exec" { inline = ["${CALL}"] }
}
resource "aws_security_group" "web" {
  dynamic "ingress" {
    for_each = toset([22, 443])
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
`,
  'boot.sh.tftpl': `#!/bin/bash\n%{ if on ~}\n${CALL}\n%{ else }\necho $\${HOME} \${jsonencode({ a = "b" })}\n%{ endif }\n`,
  'image.pkr.hcl': `source "amazon-ebs" "x" {\n  user_data = "#!/bin/sh\\n${CALL}\\n"\n}\nbuild {\n  provisioner "shell" { inline = ["set -e", "${CALL}"] }\n}\n`,
  'main.tf.json': JSON.stringify({
    resource: { aws_instance: { web: [{ user_data: `#!/bin/sh\n${CALL}\n`, count: '${var.n}' }] } },
  }),
};

/** The same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

const NOISE = [
  '"',
  '{',
  '}',
  '${',
  '%{',
  '$${',
  '<<EOT',
  'EOT',
  '\n',
  '[',
  ']',
  '(',
  ')',
  '~',
  '\\',
  '/*',
  '#',
  '=',
  '?',
  ':',
  '...',
  '\uFEFF',
  '\0',
  '🔑',
];

async function judged(text: string, name: string): Promise<void> {
  const document = await open(text, {}, name);
  const { findings, failures } = engine.lint(document);
  expect(failures).toEqual([]);
  for (const { range, fixes } of findings) {
    expect(range.start >= 0 && range.end <= text.length && range.start <= range.end).toBe(true);
    for (const fix of fixes) applyEdits(text, fix.edits());
  }
}

describe.each(Object.entries(SAMPLES))('%s', (name, sample) => {
  test('cut off anywhere', async () => {
    for (let length = 0; length <= sample.length; length += 7) await judged(sample.slice(0, length), name);
  }, 60_000);

  test('with anything anywhere', async () => {
    const next = numbers(7);
    for (let run = 0; run < 150; run++) {
      let text = sample;
      for (let change = next(3) + 1; change > 0; change--) {
        const at = next(text.length);
        text = text.slice(0, at) + (NOISE[next(NOISE.length)] ?? '') + text.slice(at + next(6));
      }
      await judged(text, name);
    }
  }, 60_000);
});

const DEEP = [
  ['brackets', `x "y" "z" {\n user_data = ${'['.repeat(20_000)}\n}\n`],
  ['templates', `x "y" "z" {\n user_data = ${'"${'.repeat(3000)}169.254\n}\n`],
  ['blocks', `${'a {\n'.repeat(3000)}user_data = "169.254"\n`],
  ['directives', `x "y" "z" {\n user_data = <<EOT\n#!/bin/sh\n${'%{ if a }\n'.repeat(2000)}169.254\nEOT\n}\n`],
  ['dollar signs', `x "y" "z" {\n user_data = "${'$'.repeat(50_000)}169.254"\n}\n`],
  [
    'locals that lead to each other',
    `locals {\n a = "\${local.b}169.254"\n b = local.a\n}\nr "a" "b" {\n user_data = local.a\n}\n`,
  ],
  [
    'loops in loops',
    `locals {\n a = [for x in range(250) : [for y in range(250) : [for z in range(250) : "169.254"]]]\n}\nr "a" "b" {\n user_data = local.a[0][0][0]\n}\n`,
  ],
  ['unclosed heredocs', 'x "y" "z" {\n user_data = <<EOT\n'.repeat(400)],
] as const;

test.each(DEEP)('hostile: %s', async (_, text) => {
  const start = performance.now();
  await judged(text, 'main.tf');
  // Generous, since machines differ: what is not linear takes minutes.
  expect(performance.now() - start).toBeLessThan(5000);
});

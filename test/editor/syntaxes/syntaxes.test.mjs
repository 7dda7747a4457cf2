import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { tokenizer } from './tokenize.mjs';

// Colours of scripts in templates: our grammars, injected into the YAML grammar of the VS Code that is tested and HashiCorp's for Terraform.

/** @typedef {import('./tokenize.mjs').Token} Token */

/** @type {(scope: string, text: string) => Promise<Token[][]>} */
let tokenize;

beforeAll(async () => {
  tokenize = await tokenizer();
});

const fixture = (/** @type {string} */ name) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');

/** Each line, and below it its tokens with their innermost scopes. @param {string} text @param {Token[][]} lines */
function printed(text, lines) {
  const sources = text.split('\n');
  return lines
    .map((tokens, number) => {
      const shown = tokens.filter((token) => token.text.trim() !== '');
      return [
        `> ${sources[number]}`,
        ...shown.map(({ text, scopes }) => `    ${text.trim()}  ${scopes.slice(-3).join(' ')}`),
      ];
    })
    .flat()
    .join('\n');
}

/** The scopes of a word in the first line that holds all of `place`. @param {Token[][]} lines @param {string} place @param {string} word */
function scopesOf(lines, place, word) {
  const line =
    lines.find((tokens) =>
      tokens
        .map(({ text }) => text)
        .join('')
        .includes(place),
    ) ?? [];
  return line.find(({ text }) => text.trim() === word)?.scopes.join(' ') ?? `there is no ${word}`;
}

const SHELL = 'meta.embedded.block.shellscript';
const POWERSHELL = 'meta.embedded.block.powershell';

test.each([
  ['source.hcl.terraform', 'user-data.tf'],
  ['source.hcl', 'user-data.tf'],
  ['source.yaml', 'template.yaml'],
  ['source.yaml', 'cloud-config.yaml'],
])('%s of %s', async (scope, name) => {
  const text = fixture(name);
  await expect(`${printed(text, await tokenize(scope, text))}\n`).toMatchFileSnapshot(
    `fixtures/${name}.${scope}.scopes.txt`,
  );
});

describe('Terraform', () => {
  /** @type {Token[][]} */
  let lines;
  beforeAll(async () => {
    lines = await tokenize('source.hcl.terraform', fixture('user-data.tf'));
  });

  test('a heredoc with a shell script is shell, and its interpolations are Terraform, in quotes too', () => {
    expect(scopesOf(lines, 'set -euo', 'set')).toMatch(new RegExp(`${SHELL}.*support\\.function\\.builtin`));
    expect(scopesOf(lines, '%%{http_code}', '${')).toContain('keyword.other.interpolation.begin.hcl');
    expect(scopesOf(lines, '%%{http_code}', '$$')).toContain('constant.character.escape.hcl');
    expect(scopesOf(lines, 'if var.debug', 'if')).toContain('meta.interpolation.hcl keyword.control.hcl');
  });

  test('a quote that is not closed ends with the heredoc', () => {
    expect(scopesOf(lines, 'tags = {', 'tags')).not.toContain('embedded');
    expect(scopesOf(lines, 'tags = {', 'tags')).toContain('variable.other.readwrite.hcl');
    expect(scopesOf(lines, ', "two"]', ',')).toContain('punctuation.separator.hcl');
    expect(scopesOf(lines, 'last = true', 'true')).toContain('constant.language.hcl');
  });

  test('the mark that ends a heredoc is one, PowerShell is PowerShell, and other text is text', () => {
    const marks = lines.filter((tokens) => /^\s*(EOF|EOT|SH)$/.test(tokens.map(({ text }) => text).join('')));
    expect(marks).toHaveLength(4);
    for (const tokens of marks) expect(tokens.at(-1)?.scopes.at(-1)).toBe('keyword.control.heredoc.hcl');
    expect(scopesOf(lines, 'Invoke-RestMethod', 'Invoke-RestMethod')).toContain(POWERSHELL);
    expect(scopesOf(lines, 'no script', "It's no script,")).toMatch(/string\.unquoted\.heredoc\.hcl$/);
  });
});

describe('YAML', () => {
  /** @type {Token[][]} */
  let lines;
  beforeAll(async () => {
    lines = await tokenize('source.yaml', fixture('template.yaml'));
  });

  test('user data is shell from the first word of each line to the last', () => {
    for (const [place, word] of [
      ['aws ec2', 'aws'],
      ['yum install', 'yum'],
    ]) {
      expect(scopesOf(lines, place ?? '', word ?? '')).toMatch(new RegExp(`${SHELL}.*entity\\.name\\.command`));
    }
    expect(scopesOf(lines, '#!/bin/bash', '/bin/bash -xe')).toContain('comment.line.number-sign.shebang.shell');
  });

  test('a quote that is not closed ends with the block', () => {
    for (const [place, word] of [
      ['ImageId', 'ImageId'],
      ['Package: httpd', 'Package'],
      ['Key: value', 'Key'],
      ['Outputs', 'Outputs'],
    ]) {
      expect(scopesOf(lines, place ?? '', word ?? '')).toMatch(/entity\.name\.tag\.yaml$/);
    }
  });

  test('other blocks are what they were', () => {
    expect(scopesOf(lines, 'nothing else', 'It\'s text, and "nothing else.')).toMatch(/string\.unquoted\.block\.yaml$/);
    expect(scopesOf(lines, 'More of it', 'More of it')).toMatch(/string\.unquoted\.block\.yaml$/);
  });

  test('the commands of a cloud-config are shell without a shebang', async () => {
    const config = await tokenize('source.yaml', fixture('cloud-config.yaml'));
    expect(scopesOf(config, 'deeper', 'deeper')).toContain(SHELL);
    expect(scopesOf(config, 'echo "y', 'echo')).toMatch(new RegExp(`${SHELL}.*entity\\.name\\.command`));
    expect(scopesOf(config, 'plain', 'plain')).not.toContain('embedded');
    expect(scopesOf(config, 'final', 'final')).toMatch(/entity\.name\.tag\.yaml$/);
  });
});

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/paths.mjs';

const LANGUAGE = { id: 'terraform', aliases: ['Terraform'], extensions: ['.tf'], configuration: './language.json' };
const GRAMMAR = { language: 'terraform', scopeName: 'source.hcl.terraform', path: './terraform.json' };

/**
 * Packs an extension that knows Terraform as HashiCorp's does: the same language id, and its grammar. VS Code itself has none.
 * @param {string} folder where to write
 * @returns {Promise<string>} the path of the .vsix
 */
export async function terraformSyntax(folder) {
  const { createVSIX } = await import('@vscode/vsce');
  mkdirSync(folder, { recursive: true });
  const manifest = {
    ...{
      name: 'terraform-syntax',
      publisher: 'ec2-warden-tests',
      version: '0.0.1',
      description: 'Terraform, to test with',
    },
    ...{ engines: { vscode: '^1.95.0' }, license: 'MIT', files: ['*.json'] },
    contributes: { languages: [LANGUAGE], grammars: [GRAMMAR] },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'README.md'), 'Terraform, to test with.\n');
  writeFileSync(join(folder, 'language.json'), JSON.stringify({ comments: { lineComment: '#' } }));
  copyFileSync(join(ROOT, 'node_modules/tm-grammars/grammars/terraform.json'), join(folder, 'terraform.json'));
  const packagePath = join(folder, 'terraform-syntax.vsix');
  await createVSIX({ cwd: folder, packagePath, dependencies: false, skipLicense: true, allowMissingRepository: true });
  return packagePath;
}

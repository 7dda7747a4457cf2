import { USER_DATA_PATTERNS } from './user-data-names';

/** The editor's id for sh, bash, dash and their like. */
export const SHELL_LANGUAGE = 'shellscript';

/**
 * Languages that scripts and templates are written in, by the ids of VS Code and of the extensions of HashiCorp, OpenTofu, AWS, Microsoft and Red Hat.
 * package.json names the same to be activated by. `terraform-vars` and `dockercompose` hold neither programs nor resources.
 */
export const LANGUAGES: readonly string[] = [
  SHELL_LANGUAGE,
  'powershell',
  'bat',
  'yaml',
  'json',
  'jsonc',
  'cloudformation',
  'terraform',
  'opentofu',
  'hcl',
  'packer',
  'dockerfile',
  'makefile',
  'ansible',
  'helm',
  'python',
  'javascript',
  'typescript',
];

/** Among them those that mostly hold something else: for these, silence needs no explanation. */
export const GENERAL_LANGUAGES: ReadonlySet<string> = new Set([
  'yaml',
  'json',
  'jsonc',
  'python',
  'javascript',
  'typescript',
  'plaintext',
]);

/**
 * Files that are read whatever language they are taken for: VS Code has none for them, or none without an extension. What of them is a script or a template
 * the linter tells by its content.
 */
export const PATTERNS: readonly string[] = [
  ...USER_DATA_PATTERNS,
  '**/*.{tf,tofu}',
  '**/*.pkr.hcl',
  '**/*.{tpl,tmpl,template}',
  '**/*.ps1.{j2,erb}',
  '**/*.{service,ign}',
  '**/*.service.d/*.conf',
  '**/etc/{crontab,cron.d/*,init/*}',
  '**/cloud.cfg',
  '**/cloud.cfg.d/*.cfg',
  '**/.ebextensions/*.config',
  '**/{Jenkinsfile,Vagrantfile}',
  '**/Jenkinsfile.*',
];

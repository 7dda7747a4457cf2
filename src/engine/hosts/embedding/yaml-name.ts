/** Which files are YAML by their names: templates of it too. Compose files are nobody's here. */

const YAML = /\.ya?ml(?:\.(?:j2|jinja2?|tpl|tmpl|tftpl|erb|gotmpl|template))?$/i;
const LANGUAGES = new Set([
  'yaml',
  'ansible',
  'ansible-jinja',
  'jinja-yaml',
  'helm',
  'kubernetes',
  'github-actions-workflow',
  'azure-pipelines',
]);
const COMPOSE = /(?:^|\/)(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/i;

export function isYamlName(name: string, languageId?: string): boolean {
  if (languageId === 'dockercompose' || COMPOSE.test(name)) return false;
  return YAML.test(name) || (languageId !== undefined && LANGUAGES.has(languageId));
}

export function isJsonName(name: string, languageId?: string): boolean {
  return /\.jsonc?$/i.test(name) || languageId === 'json' || languageId === 'jsonc';
}

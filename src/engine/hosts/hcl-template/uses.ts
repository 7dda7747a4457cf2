/** Who names a file, and what for. */
import { evaluate } from '../hcl/evaluate';
import { folderOf, resolvePath } from '../hcl/paths';
import { parseExpression } from '../hcl/parse-expression';
import type { Body, Expression } from '../hcl/syntax';
import { textOf, type HclValue } from '../hcl/value';
import type { Surroundings } from '../surroundings';
import { isConfiguration, readConfiguration } from '../terraform/files';
import { readModule, type Module } from '../terraform/module';

export interface Use {
  readonly as: 'template' | 'plain';
  /** What the template is given, where it is given something. */
  readonly variables?: HclValue;
}

/** The ways in which the configurations around a file use it. */
export function usesOf(name: string, { files }: Surroundings): readonly Use[] {
  const base = name.slice(name.lastIndexOf('/') + 1);
  const found: Use[] = [];
  const configurations = [...files].filter(([uri]) => isConfiguration(uri));
  const naming = configurations.filter(([, text]) => text.includes(decoded(base)));
  const folders = new Set(naming.map(([uri]) => folderOf(uri)));
  if (folders.size === 0) return [];
  // Only files of those folders are needed to know what the variables are.
  const bodies = configurations
    .filter(([uri]) => folders.has(folderOf(uri)))
    .flatMap(([uri, text]) => readConfiguration(text, uri) ?? []);
  for (const folder of folders) {
    const module = readModule(folder, { bodies, files, work: { left: 50_000, depth: 0 } });
    for (const body of module.bodies) inBody(body, module, name, found);
  }
  return found;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function inBody(body: Body, module: Module, name: string, found: Use[]): void {
  for (const { expression } of body.attributes.values()) inExpression(expression, module, name, found);
  for (const block of body.blocks) {
    if (block.labels[0] === 'template_file') inTemplateFile(block.body, module, name, found);
    else inBody(block.body, module, name, found);
  }
}

/** `template = file("x.tpl")`: a template whose variables are in `vars`. */
function inTemplateFile(body: Body, module: Module, name: string, found: Use[]): void {
  const template = body.attributes.get('template')?.expression;
  const vars = body.attributes.get('vars');
  const uses: Use[] = [];
  if (template) inExpression(template, module, name, uses);
  const variables = vars && evaluate(vars.expression, module.scope);
  for (const use of uses)
    found.push(use.as === 'plain' ? { as: 'template', ...(variables ? { variables } : {}) } : use);
}

function inExpression(expression: Expression, module: Module, name: string, found: Use[]): void {
  const inner = (each: Expression): void => {
    inExpression(each, module, name, found);
  };
  switch (expression.kind) {
    case 'call': {
      const [path, variables] = expression.args;
      const isTemplate = expression.name === 'templatefile';
      if (path && (isTemplate || expression.name === 'file' || expression.name === 'filebase64')) {
        const text = textOf(evaluate(path, module.scope));
        if (text !== undefined && resolvePath(module.folder, text) === name) {
          const given = isTemplate && variables ? { variables: evaluate(variables, module.scope) } : {};
          found.push({ as: isTemplate ? 'template' : 'plain', ...given });
        }
      }
      expression.args.forEach(inner);
      return;
    }
    case 'tuple':
      expression.items.forEach(inner);
      return;
    case 'object':
      for (const { value } of expression.items) inner(value);
      return;
    case 'conditional':
      inner(expression.yes);
      inner(expression.no);
      return;
    case 'for':
      inner(expression.value);
      return;
    case 'template':
      for (const token of expression.tokens) {
        if (token.kind === 'interpolation')
          inner(parseExpression(expression.source, token.inner.start, token.inner.end));
      }
      return;
    default:
  }
}

import ts from 'typescript';

/** One regular expression of a source file. */
export interface Found {
  readonly line: number;
  readonly source: string;
  readonly flags: string;
}

/** One that is put together of parts that cannot be told without running the program. */
export interface Unreadable {
  readonly line: number;
  readonly written: string;
}

export interface Extracted {
  readonly found: readonly Found[];
  readonly unreadable: readonly Unreadable[];
}

/** Stands for a part of a template that is known at run time only: a name, or words with their special characters escaped. */
const STAND_IN = 'A';

/** Every regular expression that a source text has: literals, and `new RegExp` and `RegExp` of what is constant in the same file. */
export function regularExpressionsOf(path: string, text: string): Extracted {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const constants = constantsOf(file);
  const found: Found[] = [];
  const unreadable: Unreadable[] = [];
  const visit = (node: ts.Node): void => {
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ line, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    } else if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp') {
      const [pattern, flags] = node.arguments ?? [];
      const source = pattern && textOf(pattern, constants);
      const chosen = flags ? textOf(flags, constants) : '';
      if (source === undefined || chosen === undefined) unreadable.push({ line, written: node.getText() });
      else found.push({ line, source, flags: chosen });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { found, unreadable };
}

function constantsOf(file: ts.SourceFile): ReadonlyMap<string, ts.Expression> {
  const constants = new Map<string, ts.Expression>();
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(name) && initializer) constants.set(name.text, initializer);
    }
  }
  return constants;
}

/** The text that a constant expression is, or undefined where it is not constant. */
function textOf(node: ts.Expression, constants: ReadonlyMap<string, ts.Expression>): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isRegularExpressionLiteral(node)) return node.text.slice(1, node.text.lastIndexOf('/'));
  if (ts.isParenthesizedExpression(node)) return textOf(node.expression, constants);
  if (ts.isIdentifier(node)) {
    const constant = constants.get(node.text);
    return constant && textOf(constant, constants);
  }
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'source') {
    return textOf(node.expression, constants);
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return together([node.left, node.right].map((part) => textOf(part, constants)));
  }
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { expression, name } = node.expression;
    const [separator] = node.arguments;
    if (name.text !== 'join' || !ts.isArrayLiteralExpression(expression) || !separator) return undefined;
    const between = textOf(separator, constants);
    const parts = expression.elements.map((part) => textOf(part, constants));
    return between === undefined || together(parts) === undefined ? undefined : parts.join(between);
  }
  if (ts.isTaggedTemplateExpression(node)) {
    return node.tag.getText() === 'String.raw' ? templateText(node.template, true, constants) : undefined;
  }
  return ts.isTemplateExpression(node) ? templateText(node, false, constants) : undefined;
}

function templateText(
  template: ts.TemplateLiteral,
  raw: boolean,
  constants: ReadonlyMap<string, ts.Expression>,
): string | undefined {
  const piece = (
    part: ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail | ts.NoSubstitutionTemplateLiteral,
  ): string => (raw ? (part.rawText ?? '') : part.text);
  if (ts.isNoSubstitutionTemplateLiteral(template)) return piece(template);
  return together([
    piece(template.head),
    ...template.templateSpans.flatMap(({ expression, literal }) => [
      textOf(expression, constants) ?? STAND_IN,
      piece(literal),
    ]),
  ]);
}

function together(parts: readonly (string | undefined)[]): string | undefined {
  return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
}

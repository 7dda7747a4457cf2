/** What templates in other files are given: it gets into the script, and stands here. */
import { placeholderTable } from '../../program/placeholders';
import { evaluate, type Scope } from '../hcl/evaluate';
import { parseExpression } from '../hcl/parse-expression';
import type { Expression } from '../hcl/syntax';
import type { HclValue, Text } from '../hcl/value';
import type { Embedded, HostDocument } from '../host';
import { impliedPiece, joinPieces, readOnly, type Piece } from '../piece';
import type { Module } from './module';

/** What names a file has in it that gives any template something to keep. */
const NAMES = /passw|passphrase|secret|token|api_?key|private_?key|encryption_?key|credential/i;

export function mayGiveSecrets(text: string): boolean {
  return NAMES.test(text);
}

/** The variables of `templatefile(PATH, {...})` and of `data.template_file.x.rendered`, wherever in the expression. */
function variablesIn(expression: Expression, scope: Scope, module: Module): readonly HclValue[] {
  const inner = (each: Expression): readonly HclValue[] => variablesIn(each, scope, module);
  switch (expression.kind) {
    case 'call': {
      const [, variables] = expression.args;
      if (expression.name === 'templatefile') return variables ? [evaluate(variables, scope)] : [];
      return expression.args.flatMap(inner);
    }
    case 'template':
      return expression.tokens.flatMap((token) =>
        token.kind === 'interpolation'
          ? inner(parseExpression(expression.source, token.inner.start, token.inner.end))
          : [],
      );
    case 'conditional':
      return [...inner(expression.yes), ...inner(expression.no)];
    case 'tuple':
      return expression.items.flatMap(inner);
    case 'index':
      return inner(expression.of);
    case 'attribute': {
      const { source, range } = expression;
      const written = /^(data\.template_file\.[\w-]+)\b.*\.rendered$/s.exec(source.text.slice(range.start, range.end));
      const variables = module.blocks.get(written?.[1] ?? '')?.body.attributes.get('vars');
      return variables ? [evaluate(variables.expression, module.scope)] : [];
    }
    default:
      return [];
  }
}

/** True for a text that can be written between single quotes; one that is longer is no password. */
function isOneWord(value: HclValue): value is Text {
  return value.kind === 'text' && /^[^'\n]{1,200}$/.test(value.known ?? '');
}

/** Assignments of what the templates in an expression are given, as a program that does nothing. */
export function templateValues(
  expression: Expression,
  scope: Scope,
  { document, uri, module }: { readonly document: HostDocument; readonly uri: string; readonly module: Module },
): readonly Embedded[] {
  const placeholders = placeholderTable(document.placeholders);
  const lines = variablesIn(expression, scope, module).flatMap((variables): readonly Piece[] => {
    if (variables.kind !== 'mapping') return [];
    return [...variables.entries].flatMap(([name, value]) => {
      if (!isOneWord(value)) return [];
      // What another file says is told of where this one speaks of it.
      const { source, range } = value.site.source.uri === uri ? value.site : expression;
      const use = source.map.toHost(range);
      const piece = readOnly(value.piece({ placeholders, uri, use }));
      return [joinPieces([impliedPiece(`${name}='`, use), piece, impliedPiece("'", use)])];
    });
  });
  if (lines.length === 0) return [];
  const { text, map } = joinPieces(lines, '\n');
  return [{ document: { name: '', text, languageId: 'shellscript', placeholders: placeholders.values }, map }];
}

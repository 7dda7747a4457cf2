/** The one place that knows the parser. Everything else sees these types, which follow the grammar of POSIX XCU 2.10. */
import { forEachChild, parse as parseWithUnbash, type ParsedScript, type SyntaxNode } from 'unbash';

export type {
  AndOr,
  Assignment,
  ArrayValue,
  Case,
  Command,
  CommandExpansionPart,
  CommandNode,
  CompoundList,
  DoubleQuotedChild,
  Function as FunctionDefinition,
  HereDoc,
  ParameterExpansionPart,
  ParsedScript,
  Pipeline,
  PipelineNode,
  Redirection,
  Statement,
  SyntaxNode,
  TestExpression,
  Word,
  WordPart,
} from 'unbash';
export { forEachChild };

/** Text with more brackets open at once than this is not parsed: no person writes it, and parser and interpreter recurse. */
const MAX_DEPTH = 200;

/**
 * Parses a shell program. Tolerant: what cannot be parsed is left out of the tree. A text nested beyond reason gives an empty program.
 */
export function parseShell(text: string): ParsedScript {
  if (tooDeep(text)) return parseWithUnbash('');
  try {
    const script = parseWithUnbash(text);
    if (script.errors?.length) stretch(script);
    return script;
  } catch (error) {
    // `f() f() f() ...` a thousand times: the parser recurses without a bracket staying open.
    if (error instanceof RangeError) return parseWithUnbash('');
    throw error;
  }
}

/** The parser ends a command that is not closed yet (`if a; then` as it is typed) where it begins: lets it reach as far as what it holds. */
function stretch(node: SyntaxNode): number {
  let { end } = node;
  forEachChild(node, (child) => {
    end = Math.max(end, child.type === 'Word' ? child.end : stretch(child));
  });
  if (end > node.end) Object.assign(node, { end });
  return end;
}

/** A cheap upper bound on nesting: runs of substitutions or groups that open without anything closing. */
function tooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 40 || code === 123) {
      if (++depth > MAX_DEPTH) return true;
    } else if ((code === 41 || code === 125) && depth > 0) depth--;
  }
  return false;
}

/** True where `node` or something below it satisfies `test`; a subtree is not entered once it does. */
export function some(node: SyntaxNode, test: (node: SyntaxNode) => boolean): boolean {
  if (test(node)) return true;
  let found = false;
  forEachChild(node, (child) => {
    if (!found) found = some(child, test);
  });
  return found;
}

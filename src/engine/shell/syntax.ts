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

/** Brackets that do not belong where they are, beyond which a text is no shell program. */
const MAX_STRAY = 16;

/** `ZONE=<your-zone>`: a line that somebody is to fill in. What it says is no shell, but where it ends is plain. */
function isPlaceholder(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /=["']?<[A-Za-z][\w .-]{0,80}>$/.test(line.slice(-120).trimEnd());
}

/**
 * Parses a shell program. Tolerant: what cannot be parsed is left out of the tree. A text nested beyond reason gives an empty program.
 */
export function parseShell(text: string): ParsedScript {
  if (tooDeep(text)) return parseWithUnbash('');
  try {
    let script = parseWithUnbash(text);
    const errors = script.errors?.filter(({ pos }) => !isPlaceholder(text, pos));
    if (!errors?.length) return { ...script, errors: undefined };
    // At a bracket that does not belong there, as in `X=$$(curl ...)`, the parser leaves the rest alone.
    let rest = text;
    for (let tries = 0; tries < MAX_STRAY; tries++) {
      const stray = script.errors?.find(({ message }) => /^unexpected token '[()]'$/.test(message))?.pos;
      if (stray === undefined || !/[()]/.test(rest.charAt(stray))) break;
      const instead = rest.charAt(stray) === '(' ? ' ' : ';';
      rest = rest.slice(0, stray) + instead + rest.slice(stray + 1);
      script = parseWithUnbash(rest);
    }
    script = { ...script, errors };
    stretch(script);
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

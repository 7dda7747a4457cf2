/** The lines of a makefile: GNU make manual, "What Makefiles Contain", "Splitting Long Lines", "Recipe Syntax". */

export interface MakeLine {
  readonly kind: 'recipe' | 'variable' | 'other';
  /** From the first character behind the recipe's prefix, or of the line. */
  readonly start: number;
  /** Before the line break that ends it, further lines that it goes on in included. */
  readonly end: number;
  /** Of variables. */
  readonly name?: string;
  readonly operator?: string;
  readonly isExported?: boolean;
  /** True for the first line of a rule's recipe. */
  readonly isFirst?: boolean;
}

const VARIABLE = /^[ \t]*((?:export|override|private|unexport)[ \t]+)*([\w.-]+)[ \t]*(\?|::?:?|\+|!)?=/;
const DEFINE = /^[ \t]*(?:override[ \t]+)?define\b/;
const END_OF_DEFINE = /^[ \t]*endef\b/;
/** A target with its colon; what stands before it has no equals sign. */
const RULE = /^[^\t#=:][^#=:]*(?:::?)(?!=)/;
const DIRECTIVE = /^[ \t]*(?:-?include|sinclude|if(?:n?eq|n?def)|else|endif|vpath)\b/;

/** Behind a line and those that it goes on in: a backslash before the line break that is not escaped itself. */
function endOfLogical(text: string, start: number): number {
  for (let at = start; ;) {
    const newline = text.indexOf('\n', at);
    if (newline === -1) return text.length;
    let slashes = 0;
    let before = text.charAt(newline - 1) === '\r' ? newline - 2 : newline - 1;
    while (before >= start && text.charAt(before) === '\\') {
      slashes++;
      before--;
    }
    if (slashes % 2 === 0) return newline;
    at = newline + 1;
  }
}

export function linesOf(text: string, prefix: string): readonly MakeLine[] {
  const lines: MakeLine[] = [];
  let hasRule = false;
  let isFirst = false;
  for (let at = 0; at < text.length;) {
    const end = endOfLogical(text, at);
    const line = text.slice(at, end);
    if (line.startsWith(prefix) && hasRule) {
      lines.push({ kind: 'recipe', start: at + 1, end, isFirst });
      isFirst = false;
    } else if (DEFINE.test(line)) {
      // Its lines with a tab are lines of the recipes that it is put into.
      hasRule = true;
      isFirst = true;
    } else if (!/^\s*(?:#|$)/.test(line) && !END_OF_DEFINE.test(line)) {
      const variable = VARIABLE.exec(line);
      if (variable) {
        const [whole, modifiers = '', name = '', operator = ''] = variable;
        const isExported = modifiers.startsWith('export');
        lines.push({ kind: 'variable', start: at + whole.length, end, name, operator, isExported });
      } else {
        lines.push({ kind: 'other', start: at, end });
        if (RULE.test(line) && !DIRECTIVE.test(line)) {
          hasRule = true;
          isFirst = true;
          const recipe = inlineRecipe(line);
          if (recipe !== undefined) lines.push({ kind: 'recipe', start: at + recipe, end, isFirst: true });
        }
      }
    }
    at = end + 1;
  }
  return lines;
}

/** `target: prerequisites ; command`. */
function inlineRecipe(line: string): number | undefined {
  let depth = 0;
  for (let i = 0; i < line.length; i++) {
    const character = line.charAt(i);
    if (character === '(' || character === '{') depth++;
    else if (character === ')' || character === '}') depth--;
    else if (character === '#') return undefined;
    else if (character === ';' && depth <= 0) return i + 1;
  }
  return undefined;
}

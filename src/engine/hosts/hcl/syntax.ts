/** HCL as plain data: HCL Syntax-Agnostic Information Model and HCL Native Syntax Specification. */
import type { Range } from '../../text/range';
import type { SourceMap } from '../../text/source-map';
import type { Piece } from '../piece';
import type { TemplateForm, TemplateToken } from './template-scan';

/** A text that expressions stand in: a file, or for JSON a string in one. */
export interface HclSource {
  readonly text: string;
  /** The way to the file. */
  readonly map: SourceMap;
  /** Which file it is. */
  readonly uri: string;
}

/** A place in a source. */
export interface Site {
  readonly source: HclSource;
  readonly range: Range;
}

export type Expression =
  | LiteralExpression
  | TemplateExpression
  | TupleExpression
  | ObjectExpression
  | ForExpression
  | CallExpression
  | VariableExpression
  | AttributeExpression
  | IndexExpression
  | SplatExpression
  | ConditionalExpression
  | BinaryExpression
  | UnaryExpression
  | BrokenExpression;

export interface LiteralExpression extends Site {
  readonly kind: 'literal';
  readonly value: number | boolean | null;
}

export interface TemplateExpression extends Site {
  readonly kind: 'template';
  readonly form: TemplateForm;
  readonly tokens: readonly TemplateToken[];
  /** Between the quotes, or the lines between the markers. */
  readonly body: Range;
  readonly sound: boolean;
}

export interface TupleExpression extends Site {
  readonly kind: 'tuple';
  readonly items: readonly Expression[];
  /** For each element what puts new ones in front of it, where the list is no HCL. */
  readonly insertLines?: readonly Piece['insertLines'][];
}

export interface ObjectItem {
  readonly key: Expression;
  readonly value: Expression;
  readonly range: Range;
}

export interface ObjectExpression extends Site {
  readonly kind: 'object';
  readonly items: readonly ObjectItem[];
}

export interface ForExpression extends Site {
  readonly kind: 'for';
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
  /** Undefined in a tuple. */
  readonly key: Expression | undefined;
  readonly value: Expression;
  readonly condition: Expression | undefined;
  /** True with `...`, where the values of one key are collected. */
  readonly groups: boolean;
}

export interface CallExpression extends Site {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
  /** True where the last argument is followed by `...`. */
  readonly expands: boolean;
}

export interface VariableExpression extends Site {
  readonly kind: 'variable';
  readonly name: string;
}

export interface AttributeExpression extends Site {
  readonly kind: 'attribute';
  readonly of: Expression;
  readonly name: string;
}

export interface IndexExpression extends Site {
  readonly kind: 'index';
  readonly of: Expression;
  readonly key: Expression;
}

/** `x.*.y` and `x[*].y`: what stands behind is done to each element. */
export interface SplatExpression extends Site {
  readonly kind: 'splat';
  readonly of: Expression;
  readonly steps: readonly SplatStep[];
}

export type SplatStep = { readonly name: string } | { readonly key: Expression };

export interface ConditionalExpression extends Site {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly yes: Expression;
  readonly no: Expression;
}

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '>' | '<=' | '>=' | '+' | '-' | '*' | '/' | '%';

export interface BinaryExpression extends Site {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface UnaryExpression extends Site {
  readonly kind: 'unary';
  readonly operator: '!' | '-';
  readonly operand: Expression;
}

/** Something that could not be read. */
export interface BrokenExpression extends Site {
  readonly kind: 'broken';
}

export interface Attribute {
  readonly name: string;
  readonly nameRange: Range;
  /** From the name to behind the value. */
  readonly range: Range;
  /** Parsed when it is first asked for. */
  readonly expression: Expression;
  readonly source: HclSource;
}

export interface Body {
  readonly source: HclSource;
  /** Between the braces, or the whole file. */
  readonly range: Range;
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly Block[];
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  /** From its type to behind its brace. */
  readonly range: Range;
  /** Its type and labels. */
  readonly head: Range;
  readonly source: HclSource;
  /** True where it can be edited as a block, false where it is written as JSON or as an attribute. */
  readonly isNative: boolean;
}

/** How strings are written in the languages that scripts are found in: each by its reference. */

/** What means something else than itself between the quotes. */
export type Escapes =
  /** Nothing. */
  | 'none'
  /** Backslashes. */
  | 'backslash';

export type PutIn =
  | undefined
  /** `${...}`: JavaScript. */
  | 'dollar-brace'
  /** `${...}` and `$name`: Groovy. */
  | 'dollar'
  /** `{...}`, doubled for itself: Python. */
  | 'brace'
  /** `#{...}`: Ruby. */
  | 'hash-brace';

export interface Quoting {
  readonly open: string;
  readonly escapes: Escapes;
  readonly putIn: PutIn;
  /** True where it may go over lines. */
  readonly hasLines: boolean;
}

export interface Syntax {
  readonly id: 'python' | 'javascript' | 'groovy' | 'ruby' | 'perl';
  readonly lineComments: readonly string[];
  readonly hasBlockComments: boolean;
  /** The longest first. */
  readonly quotings: readonly Quoting[];
}

const quoting = (open: string, hasLines: boolean, putIn?: PutIn): Quoting => ({
  open,
  hasLines,
  putIn,
  escapes: 'backslash',
});

const PYTHON: Syntax = {
  id: 'python',
  lineComments: ['#'],
  hasBlockComments: false,
  quotings: [quoting('"""', true), quoting("'''", true), quoting('"', false), quoting("'", false)],
};
const JAVASCRIPT: Syntax = {
  id: 'javascript',
  lineComments: ['//'],
  hasBlockComments: true,
  quotings: [quoting('`', true, 'dollar-brace'), quoting('"', false), quoting("'", false)],
};
const GROOVY: Syntax = {
  id: 'groovy',
  lineComments: ['//'],
  hasBlockComments: true,
  quotings: [quoting('"""', true, 'dollar'), quoting("'''", true), quoting('"', false, 'dollar'), quoting("'", false)],
};
const RUBY: Syntax = {
  id: 'ruby',
  lineComments: ['#'],
  hasBlockComments: false,
  quotings: [quoting('"', true, 'hash-brace'), quoting("'", true), quoting('`', false, 'hash-brace')],
};
/** What stands between quotes cannot be told from regular expressions without a grammar: commands only. */
const PERL: Syntax = {
  id: 'perl',
  lineComments: [],
  hasBlockComments: false,
  quotings: [quoting('`', false, 'dollar')],
};

const BY_NAME: readonly (readonly [RegExp, Syntax])[] = [
  [/\.pyw?$/i, PYTHON],
  [/\.[cm]?[jt]sx?$/i, JAVASCRIPT],
  [/(?:^|[/.])jenkinsfile(?:\.[\w-]+)?$|\.(?:groovy|jenkins)$/i, GROOVY],
  [/\.p[lm]$/i, PERL],
  [/\.rb$|(?:^|\/)(?:vagrantfile|rakefile)$/i, RUBY],
];
const BY_LANGUAGE: Readonly<Record<string, Syntax>> = {
  python: PYTHON,
  javascript: JAVASCRIPT,
  javascriptreact: JAVASCRIPT,
  typescript: JAVASCRIPT,
  typescriptreact: JAVASCRIPT,
  groovy: GROOVY,
  jenkinsfile: GROOVY,
  ruby: RUBY,
  perl: PERL,
};

export function syntaxOf(name: string, languageId: string | undefined): Syntax | undefined {
  return BY_LANGUAGE[languageId ?? ''] ?? BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
}

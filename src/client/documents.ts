import { type DocumentSelector, languages, type TextDocument } from 'vscode';
import { couldConcern } from './could-concern';
import { LANGUAGES, PATTERNS } from './languages';

/** Embedded scripts that are shown by themselves; their findings come from the document that holds them. */
export const SCRIPT_SCHEME = 'ec2-warden-script';

/**
 * Documents that only show what another one holds, or that nobody edits: the old side of a diff, a commit, a log. Findings there would
 * be noise, and linting our own log would not end.
 */
export const IGNORED_SCHEMES: ReadonlySet<string> = new Set([
  SCRIPT_SCHEME,
  'comment',
  'debug',
  'git',
  'gitfs',
  'gitlens',
  'gitlens-git',
  'output',
  'pr',
  'review',
  'vscode-chat-code-block',
  'vscode-local-history',
  'vscode-scm',
  'vscode-terminal',
]);

export type LintSelector = ({ language: string } | { pattern: string } | { scheme: string })[];

/** What is synchronised with the server; `isLintable` says which of it is. A text that has no file yet may become anything. */
export const LINT_SELECTOR: LintSelector = [
  ...LANGUAGES.map((language) => ({ language })),
  ...PATTERNS.map((pattern) => ({ pattern })),
  { scheme: 'untitled' },
];

export function isIgnored({ uri }: Pick<TextDocument, 'uri'>): boolean {
  return IGNORED_SCHEMES.has(uri.scheme);
}

/** True where the linter is to look at the document. */
export function isLintable(document: TextDocument): boolean {
  return !isIgnored(document) && languages.match(LINT_SELECTOR satisfies DocumentSelector, document) > 0;
}

/** True where it is worth a language server. */
export function isWorthLooking(document: TextDocument): boolean {
  return isLintable(document) && couldConcern(document.uri.path, document.getText());
}

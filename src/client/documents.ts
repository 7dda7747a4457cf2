import { type DocumentSelector, languages, type TextDocument } from 'vscode';
import { USER_DATA_PATTERNS } from './user-data-names';

/** The editor's id for sh, bash, dash and their like. */
export const SHELL_LANGUAGE = 'shellscript';

/**
 * Documents that only show what another one holds, or that nobody edits: the old side of a diff, a commit, a log. Findings there would
 * be noise, and linting our own log would not end.
 */
export const IGNORED_SCHEMES: ReadonlySet<string> = new Set([
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

export type LintSelector = ({ language: string } | { pattern: string })[];

/** What is synchronised with the server; `isLintable` says which of it is. */
export const LINT_SELECTOR: LintSelector = [
  { language: SHELL_LANGUAGE },
  ...USER_DATA_PATTERNS.map((pattern) => ({ pattern })),
];

export function isIgnored({ uri }: Pick<TextDocument, 'uri'>): boolean {
  return IGNORED_SCHEMES.has(uri.scheme);
}

/** True where the linter is to look at the document. */
export function isLintable(document: TextDocument): boolean {
  return !isIgnored(document) && languages.match(LINT_SELECTOR satisfies DocumentSelector, document) > 0;
}

import type { Finding, Range } from '../../engine';

/** Shorter lines of a secret also stand where they mean something else, so they are hidden only where they were found. */
const TELLING_LENGTH = 6;
const HIDDEN = '*';

/** Hides what no report may show. A text keeps its length, so that places in it stay what they are. */
export interface Concealment {
  /** The text that the findings are about. */
  readonly source: (text: string) => string;
  /** Any other text that may quote it, such as a diff. */
  readonly quoted: (text: string) => string;
  /** True where a text holds a secret. */
  readonly betrays: (text: string) => boolean;
}

const NOTHING_TO_HIDE: Concealment = { source: (text) => text, quoted: (text) => text, betrays: () => false };

/** @param text what the findings are about */
export function concealment(findings: readonly Pick<Finding, 'range' | 'sensitive'>[], text: string): Concealment {
  const ranges = findings.filter(({ sensitive }) => sensitive).map(({ range }) => range);
  if (ranges.length === 0) return NOTHING_TO_HIDE;
  const lines = ranges.flatMap(({ start, end }) => text.slice(start, end).split(/\r?\n/)).map((line) => line.trim());
  // Longest first: one secret may be part of another.
  const secrets = [...new Set(lines.filter((line) => line.length >= TELLING_LENGTH))].sort(
    (a, b) => b.length - a.length,
  );
  const quoted = (other: string): string => secrets.reduce((result, secret) => result.replaceAll(secret, stars), other);
  return {
    source: (whole) => quoted(ranges.reduce(hide, whole)),
    quoted,
    betrays: (other) => secrets.some((secret) => other.includes(secret)),
  };
}

function hide(text: string, { start, end }: Range): string {
  return text.slice(0, start) + stars(text.slice(start, end)) + text.slice(end);
}

function stars(secret: string): string {
  return secret.replace(/[^\r\n]/g, HIDDEN);
}

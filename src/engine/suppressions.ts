/** Comments that silence findings: `# ec2-warden-disable-next-line RULE[, RULE] [-- reason]` and its kin. */
import type { LineIndex } from './text/line-index';
import type { Range, TextEdit } from './text/range';

export type Directive = 'disable-next-line' | 'disable-line' | 'disable' | 'enable' | 'disable-file';

/** One comment of ours. Lines count from 0. */
export interface Suppression {
  readonly directive: Directive;
  readonly rules: readonly string[];
  readonly line: number;
  /** The comment's words, from `ec2-warden-` on. */
  readonly range: Range;
}

const MARK = 'ec2-warden-';
const COMMENT = /(ec2-warden-(disable-next-line|disable-line|disable-file|disable|enable)(?![\w-]))([^\n]*)/gi;
/** A comment sign of any of the languages that are read. */
const COMMENT_SIGN = /#|\/\/|\/\*|<!--|;|--|\bREM\b/i;

export function readSuppressions(text: string, lines: LineIndex): readonly Suppression[] {
  if (!text.includes(MARK)) return [];
  const result: Suppression[] = [];
  for (const match of text.matchAll(COMMENT)) {
    const [, mark = '', directive = '', rest = ''] = match;
    const start = match.index;
    if (!COMMENT_SIGN.test(text.slice(text.lastIndexOf('\n', start) + 1, start))) continue;
    const [list = ''] = rest.replace(/(?:\*\/|-->|#>)\s*$/, '').split(/\s--(?:\s|$)/);
    const rules = list.split(/[\s,]+/).filter((id) => id !== '');
    const end = start + mark.length + list.trimEnd().length;
    result.push({
      directive: directive.toLowerCase() as Directive,
      rules,
      line: lines.positionAt(start).line,
      range: { start, end },
    });
  }
  return result;
}

/** What is left of findings, and which comments did something. */
export interface Suppressed<F> {
  readonly kept: readonly F[];
  /** Each comment and rule that silenced nothing. */
  readonly unused: readonly { readonly suppression: Suppression; readonly rule: string }[];
}

interface Located {
  readonly ruleId: string;
  readonly lines: { readonly first: number; readonly last: number };
}

export function applySuppressions<F>(
  findings: readonly F[],
  suppressions: readonly Suppression[],
  locate: (finding: F) => Located,
): Suppressed<F> {
  const used = new Set<string>();
  const id = (suppression: Suppression, rule: string): string => `${String(suppression.range.start)}:${rule}`;
  const silencing = (finding: F): readonly Suppression[] => {
    const { ruleId, lines } = locate(finding);
    return suppressions.filter((suppression) => {
      if (!suppression.rules.includes(ruleId)) return false;
      switch (suppression.directive) {
        case 'disable-file':
          return true;
        case 'disable-next-line':
          return suppression.line + 1 === lines.first;
        case 'disable-line':
          return suppression.line >= lines.first && suppression.line <= lines.last;
        case 'disable':
          return (
            suppression.line <= lines.first && !isEnabledBetween(suppressions, ruleId, suppression.line, lines.first)
          );
        case 'enable':
          return false;
      }
    });
  };
  const kept = findings.filter((finding) => {
    const by = silencing(finding);
    for (const suppression of by) used.add(id(suppression, locate(finding).ruleId));
    return by.length === 0;
  });
  const unused = suppressions
    .filter(({ directive }) => directive !== 'enable')
    .flatMap((suppression) =>
      suppression.rules.filter((rule) => !used.has(id(suppression, rule))).map((rule) => ({ suppression, rule })),
    );
  return { kept, unused };
}

function isEnabledBetween(suppressions: readonly Suppression[], rule: string, from: number, to: number): boolean {
  return suppressions.some(
    ({ directive, rules, line }) =>
      directive === 'enable' && line > from && line <= to && (rules.length === 0 || rules.includes(rule)),
  );
}

/** What takes a rule out of a comment, or the comment out of the text; undefined where other words stand around it. */
export function withoutRule(
  text: string,
  { directive, rules, range }: Suppression,
  rule: string,
): TextEdit | undefined {
  const others = rules.filter((other) => other !== rule);
  if (others.length > 0) return { range, newText: `${MARK}${directive} ${others.join(', ')}` };
  const start = text.lastIndexOf('\n', range.start) + 1;
  const newline = text.indexOf('\n', range.end);
  const end = newline === -1 ? text.length : newline;
  const lead = text.slice(start, range.start).trimEnd();
  const sign = ['#', '//'].find((each) => lead.endsWith(each));
  if (sign === undefined) return undefined;
  const kept = lead.slice(0, -sign.length).trimEnd();
  if (kept === '') return { range: { start, end: Math.min(end + 1, text.length) }, newText: '' };
  return { range: { start: start + kept.length, end: text.charAt(end - 1) === '\r' ? end - 1 : end }, newText: '' };
}

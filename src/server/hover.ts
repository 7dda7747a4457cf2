import { type CancellationToken, type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import type { Finding, RuleMeta } from '../engine';
import type { Components } from './components';
import { toRange } from './diagnostics';

/** `textDocument/hover`: what the rule behind a finding looks for, why that is dangerous, and what the fix would do. */
export function hoverHandler({ linter, rule, client }: Components) {
  return async (params: HoverParams, token: CancellationToken): Promise<Hover | null> => {
    const linted = await linter.lint(params.textDocument.uri, token);
    if (linted === undefined) return null;
    const offset = linted.lines.offsetAt(params.position);
    const under = linted.findings.map(({ finding }) => finding).filter((finding) => isAt(finding, offset));
    const first = under[0];
    if (first === undefined) return null;
    const explain = client.markdownHover ? explainInMarkdown : explainInPlainText;
    const texts = under.flatMap((finding) => {
      const meta = rule(finding.ruleId);
      return meta === undefined ? [] : [explain(meta, finding)];
    });
    if (texts.length === 0) return null;
    return {
      contents: client.markdownHover
        ? { kind: MarkupKind.Markdown, value: texts.join('\n\n---\n\n') }
        : { kind: MarkupKind.PlainText, value: texts.join('\n\n') },
      range: toRange(linted.lines, first.range),
    };
  };
}

function isAt({ range }: Finding, offset: number): boolean {
  return range.start <= offset && (offset < range.end || range.start === range.end);
}

function explainInMarkdown(meta: RuleMeta, finding: Finding): string {
  const paragraphs = [`**${escapeMarkdown(meta.title)}**`, escapeMarkdown(meta.description)];
  const fix = describeFix(finding);
  if (fix !== undefined) paragraphs.push(`${fix.label}: ${escapeMarkdown(fix.title)}`);
  paragraphs.push(`[More about ${meta.id}](${meta.url})`);
  return paragraphs.join('\n\n');
}

function explainInPlainText(meta: RuleMeta, finding: Finding): string {
  const fix = describeFix(finding);
  const lines = [`${meta.title} (${meta.id})`, meta.description];
  if (fix !== undefined) lines.push(`${fix.label}: ${fix.title}`);
  return [...lines, meta.url].join('\n');
}

function describeFix({ fixes }: Finding): { label: string; title: string } | undefined {
  const best = fixes[0];
  return best && { label: best.safety === 'safe' ? 'Fix' : 'Suggestion', title: best.title };
}

/**
 * Rule texts and titles are plain text: a variable's underscores must not become emphasis. Only what could start markup within a
 * line is escaped; editors that do not draw markdown show the backslashes.
 */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>~]/g, '\\$&');
}

/**
 * A text as Markdown that says nothing else: any ASCII punctuation may have a backslash (CommonMark, "Backslash escapes"). `MarkdownString.appendText` does the
 * same and makes every blank one at which no line may break.
 */
export function asMarkdown(text: string): string {
  return text.replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`).replaceAll(/\s+/g, ' ');
}

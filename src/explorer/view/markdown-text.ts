/**
 * A text as Markdown that says nothing else: any ASCII punctuation may have a backslash (CommonMark, "Backslash escapes"). `MarkdownString.appendText` does the
 * same and makes every blank one at which no line may break. Icons of VS Code, `$(bug)`, are looked for when the Markdown is read: a backslash more keeps them text.
 */
export function asMarkdown(text: string): string {
  return text
    .replaceAll(/\$\([\w-]+(?:~\w+)?\)/g, String.raw`\$&`)
    .replaceAll(/[!-/:-@[-`{-~]/g, String.raw`\$&`)
    .replaceAll(/\s+/g, ' ');
}

/** A place in a text, both from 0; `character` counts UTF-16 code units, as LSP does by default. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Translates between offsets and lines of one text. `\n`, `\r\n` and a lone `\r` end a line (LSP 3.17, "Text Documents"). */
export interface LineIndex {
  /** Offsets outside the text are clamped to it. */
  positionAt(offset: number): Position;
  /** Positions outside the text are clamped to it. */
  offsetAt(position: Position): number;
  /** Offset of the first character of a line (from 0), clamped. */
  lineStart(line: number): number;
  /** Offset just before the line's terminator, clamped. */
  lineEnd(line: number): number;
}

const LF = 10;
const CR = 13;

function startsOf(text: string): readonly number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    // The rule, and looked for by the engine's own means several times as fast.
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === CR && text.charCodeAt(i + 1) === LF) continue;
    if (code === LF || code === CR) starts.push(i + 1);
  }
  return starts;
}

export function lineIndex(text: string): LineIndex {
  // Found when somebody asks: most versions of most documents have nothing to be told of.
  let known: readonly number[] | undefined;
  const startsOfLines = (): readonly number[] => (known ??= startsOf(text));
  const lineStart = (line: number): number => {
    const starts = startsOfLines();
    return starts[Math.min(Math.max(line, 0), starts.length - 1)] ?? 0;
  };
  const lineEnd = (line: number): number => {
    if (line >= startsOfLines().length - 1) return text.length;
    let end = lineStart(line + 1) - 1;
    if (text.charCodeAt(end) === LF && text.charCodeAt(end - 1) === CR) end--;
    return Math.max(end, lineStart(line));
  };
  const positionAt = (offset: number): Position => {
    const clamped = Math.min(Math.max(offset, 0), text.length);
    let low = 0;
    let high = startsOfLines().length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (lineStart(middle) <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: clamped - lineStart(low) };
  };
  const offsetAt = ({ line, character }: Position): number => {
    if (line < 0) return 0;
    if (line >= startsOfLines().length) return text.length;
    return Math.min(lineStart(line) + Math.max(character, 0), lineEnd(line));
  };
  return { positionAt, offsetAt, lineStart, lineEnd };
}

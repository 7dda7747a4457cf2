/** Programs in a document, each as a text that a person can read by itself. */
import type { LocatedProgram } from './examine';
import type { Finding } from './finding';
import type { Script } from './hosts/host';
import type { Range } from './text/range';

/** A program that a document carries. */
export interface EmbeddedScript {
  readonly language: 'shell' | 'powershell';
  /** Without the document's indentation and escapes. What the document puts into it stands as it is written there. */
  readonly text: string;
  /** Where it lies in the document. */
  readonly range: Range;
  /** What is found in it, in coordinates of `text`. */
  readonly findings: readonly Pick<Finding, 'ruleId' | 'severity' | 'message' | 'range'>[];
}

/** Longer expressions would hide the script that they stand in. */
const LONGEST_EXPRESSION = 80;

/** A finding of a rule on one program, in coordinates of the program. */
type ScriptFinding = EmbeddedScript['findings'][number];

/**
 * The programs in the order of the document, those that are in another one behind it. A document that is a program itself is not among them.
 * @param findingsIn what is found in a program; asked when somebody wants to know
 */
export function embeddedScripts(
  document: string,
  programs: readonly LocatedProgram[],
  findingsIn: (program: LocatedProgram) => readonly ScriptFinding[],
): readonly EmbeddedScript[] {
  const scripts: EmbeddedScript[] = [];
  const seen = new Set<string>();
  for (const located of programs) {
    const { script } = located;
    const range = script.map.toHost({ start: 0, end: script.text.length });
    // A byte order mark is no part of the program.
    if (range.start <= 1 && range.end >= document.length) continue;
    const key = `${String(range.start)}:${String(range.end)}:${script.text}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const { text, shift } = readable(script, document);
    scripts.push({
      language: script.language,
      text,
      range,
      get findings() {
        return findingsIn(located).map(({ ruleId, severity, message, range: { start, end } }) => {
          return { ruleId, severity, message, range: { start: shift(start), end: shift(end) } };
        });
      },
    });
  }
  return scripts.sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
}

/** The text with what its placeholders stand for, and where its offsets are then. */
function readable(
  { text, placeholders, map }: Script,
  document: string,
): { readonly text: string; readonly shift: (offset: number) => number } {
  if (!placeholders || placeholders.size === 0) return { text, shift: (offset) => offset };
  const added: { readonly after: number; readonly characters: number }[] = [];
  let result = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (!placeholders.has(character)) {
      result += character;
      continue;
    }
    const { start, end } = map.toHost({ start: at, end: at + 1 });
    const expression = document.slice(start, end);
    const shown = expression.length <= LONGEST_EXPRESSION && !expression.includes('\n') ? expression : '…';
    result += shown;
    added.push({ after: at, characters: shown.length - 1 });
  }
  const shift = (offset: number): number =>
    added.reduce((sum, { after, characters }) => (after < offset ? sum + characters : sum), offset);
  return { text: result, shift };
}

/** User data of Windows instances. EC2 User Guide, "How Amazon EC2 handles user data for Windows instances". */
import type { Range } from '../../text/range';

/** What may stand in front of the first script: other tags, comments. */
const LEADING = /^\uFEFF?(?:\s|<!--[^]{0,2000}?-->|#(?!cloud|!)[^\n]*\n|<(persist|version|runAsLocalSystem|powershellArguments)>[^<]{0,200}<\/\1>)*<(?:powershell|script)>/i; // prettier-ignore
const TAGS = {
  powershell: { opening: /<powershell>/gi, closing: /<\/powershell>/i },
  script: { opening: /<script>/gi, closing: /<\/script>/i },
} as const;

/** True for a text that is Windows user data, by how it begins. */
export function isUserData(text: string): boolean {
  return /<(?:powershell|script)>/i.test(text.slice(0, 4000)) && LEADING.test(text.slice(0, 8000));
}

/** The spans between a tag and its end; one that is never closed goes to the end. */
export function blocksIn(text: string, tag: keyof typeof TAGS): readonly Range[] {
  const { opening, closing } = TAGS[tag];
  const blocks: Range[] = [];
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const start = match.index + match[0].length;
    const length = text.slice(start).search(closing);
    const end = length === -1 ? text.length : start + length;
    blocks.push({ start, end });
    opening.lastIndex = end;
  }
  return blocks;
}

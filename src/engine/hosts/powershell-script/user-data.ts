/** User data of Windows instances. EC2 User Guide, "How Amazon EC2 handles user data for Windows instances". */
import type { Range } from '../../text/range';

/** What may stand in front of the first script: other tags, comments. */
const LEADING = /^\uFEFF?(?:\s|<!--[^]{0,2000}?-->|#(?!cloud|!)[^\n]*\n|<(persist|version|runAsLocalSystem|powershellArguments)>[^<]{0,200}<\/\1>)*<(?:powershell|script)>/i; // prettier-ignore
const OPENING = /<powershell>/gi;
const CLOSING = /<\/powershell>/i;

/** True for a text that is Windows user data, by how it begins. */
export function isUserData(text: string): boolean {
  return /<(?:powershell|script)>/i.test(text.slice(0, 4000)) && LEADING.test(text.slice(0, 8000));
}

/** The spans between `<powershell>` and `</powershell>`; one that is never closed goes to the end. */
export function powershellBlocks(text: string): readonly Range[] {
  const blocks: Range[] = [];
  OPENING.lastIndex = 0;
  for (let match = OPENING.exec(text); match; match = OPENING.exec(text)) {
    const start = match.index + match[0].length;
    const length = text.slice(start).search(CLOSING);
    const end = length === -1 ? text.length : start + length;
    blocks.push({ start, end });
    OPENING.lastIndex = end;
  }
  return blocks;
}

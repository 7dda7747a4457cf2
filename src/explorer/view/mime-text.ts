/** User data in several parts (MIME, RFC 2045 and 2046), as people read it: cloud-init's own `make-mime` writes its parts in base64. */

/** The headers of a message are no longer than this. */
const HEAD = 4096;

const BOUNDARY = /^content-type:[ \t]*multipart\/.*\bboundary[ \t]*=[ \t]*(?:"([^"\n]+)"|([^\s";]+))/im;

/** A header may go on in lines that begin with a blank. */
function unfolded(text: string): string {
  return text.replaceAll(/\r?\n[ \t]/g, ' ');
}

function decoded(base64: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64.replaceAll(/\s/g, '')), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A part with its text as it is, where it was written in base64. */
function readPart(part: string): string {
  const blank = /\r?\n\r?\n/.exec(part);
  if (!blank) return part;
  const headers = part.slice(0, blank.index);
  if (!/^content-transfer-encoding:[ \t]*base64[ \t]*\r?$/im.test(headers)) return part;
  if (!/^content-type:[ \t]*text\//im.test(headers)) return part;
  const text = decoded(part.slice(blank.index));
  if (text === undefined) return part;
  const told = headers.replace(/^(content-transfer-encoding:[ \t]*)base64/im, '$18bit');
  // The line end before the next boundary is the boundary's.
  return `${told}\n\n${text}`;
}

/** The parts of a message in clear; a text that is none is given as it is. */
export function readableParts(text: string): string {
  const [, quoted, bare] = BOUNDARY.exec(unfolded(text.slice(0, HEAD))) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return text;
  const parts = `\n${text}`.split(`\n--${boundary}`);
  return parts
    .map((part, index) => (index === 0 ? part : readPart(part)))
    .join(`\n--${boundary}`)
    .slice(1);
}

/** Downloads and packages for one architecture. */
import { architectureInName } from '../ec2/instance-type';
import type { ArchitectureUse } from '../program/program';

/** A script that asks which architecture it runs on is made for more than one. */
const ASKS =
  /\buname\b|\barch\b\s*\)|\$\(\s*arch\s*\)|`arch`|--print-architecture|\blscpu\b|TARGETARCH|\$\{?(?:\w+_)?arch(?:itecture)?\b|meta-data\/instance-type/i;

/** What may be an address or a file. */
const WORD = /[^\s"'`=;|&()<>]+/g;
const PART = /(?<![A-Za-z0-9])(?:x86[_-]64|amd64|aarch64|arm64)(?![A-Za-z0-9])/gi;

const FETCHED = /:\/\/|\.(?:deb|rpm|zip|tgz|tar(?:\.\w+)?|gz|xz|bin|run|sh|snap|appimage)$/i;

export function architecturesIn(text: string): readonly ArchitectureUse[] {
  if (!/x86[_-]64|amd64|aarch64|arm64/i.test(text) || ASKS.test(text)) return [];
  const uses: ArchitectureUse[] = [];
  const seen = new Set<string>();
  for (const match of text.matchAll(WORD)) {
    const [name] = match;
    const part = [...name.matchAll(PART)].at(-1);
    if (!part) continue;
    const architecture = architectureInName(name);
    const lineStart = text.lastIndexOf('\n', match.index) + 1;
    if (!architecture || !FETCHED.test(name) || seen.has(name) || /^\s*#/.test(text.slice(lineStart, match.index)))
      continue;
    seen.add(name);
    const at = match.index + part.index;
    uses.push({
      range: { start: match.index, end: match.index + name.length },
      architecture,
      name: name.slice(name.lastIndexOf('/') + 1) || name,
      part: { start: at, end: at + part[0].length },
    });
  }
  return uses;
}

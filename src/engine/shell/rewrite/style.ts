/** What the inserted text has to look like to fit the script. */
import type { Source } from '../../program/source';

/** Names to hold the token in, best first. */
const NAMES = ['TOKEN', 'IMDS_TOKEN', 'EC2_IMDS_TOKEN'] as const;

/** Uses of a variable that agree with its holding a metadata token: fetching it, sending it, declaring it. */
function agreeing(name: string): RegExp {
  return new RegExp(
    [
      `\\blocal ${name}(?=[;\\s])`,
      `\\b${name}=(?:"?\\$\\(|\`|"\`)(?:(?!\\b${name}=)[^\\n])*?/api/token\\b`,
      `metadata-token: *\\$(?:${name}\\b|\\{${name}\\})`,
    ].join('|'),
    'gi',
  );
}

/**
 * A name that means nothing else anywhere in the text. Where `TOKEN` holds metadata tokens and nothing else, it may hold another.
 */
export function freeName(texts: readonly string[]): string {
  const isFree = (name: string): boolean =>
    texts.every((text) => !new RegExp(`\\b${name}\\b`).test(text.replace(agreeing(name), '')));
  const known = NAMES.find(isFree);
  if (known) return known;
  for (let i = 2; ; i++) {
    const name = `EC2_IMDS_TOKEN_${String(i)}`;
    if (isFree(name)) return name;
  }
}

/** Blanks at the beginning of the line that a position is in. */
export function indentationAt(text: string, position: number): string {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  const match = /^[ \t]*/.exec(text.slice(start, position));
  return match?.[0] ?? '';
}

/** True where nothing but blanks stands before the position on its line, and lines can be added. */
export function startsLine(source: Source, position: number): boolean {
  const { text } = source;
  const start = text.lastIndexOf('\n', position - 1) + 1;
  if (!/^[ \t]*$/.test(text.slice(start, position))) return false;
  return !source.oneLine;
}

/** True where a failing command ends the script. */
export function hasErrexit(texts: readonly string[]): boolean {
  return texts.some((text) =>
    /^#![^\n]*\s-[a-z]*e|(?:^|[\s;&|({])set\s+(?:-[a-zA-Z]{1,20}\s+){0,10}(?:-[a-zA-Z]{0,20}e[a-zA-Z]{0,20}\b|-[a-zA-Z]{0,20}o\s+errexit)/m.test(
      text,
    ),
  );
}

/** True where the script has a trap for failing commands. */
export function trapsFailures(texts: readonly string[]): boolean {
  return texts.some((text) => /\btrap\b(?:(?!\btrap\b)[^\n])*\bERR\b/.test(text));
}

/** True where the script writes substitutions with backticks and never with `$(`. */
export function prefersBackticks(text: string): boolean {
  return text.includes('`') && !text.includes('$(');
}

/** Commands that may take longer than a short-lived token. */
const SLOW =
  /(?:^|[\s;&|(`])(?:sudo\s+)?(?:apt|apt-get|yum|dnf|zypper|apk|amazon-linux-extras|snap|pip3?|npm|yarn|gem|bundle|composer|make|cmake|docker|docker-compose|podman|git\s+clone|cfn-init|sleep|wait|ansible[\w-]*|puppet|chef[\w-]*|terraform|helm|kubectl|aws\s+s3|systemctl|service|mkfs[\w.]*|dd|rsync|tar|unzip|reboot|[^\s;&|(`]+\.sh)\s/;

export function mayTakeLong(text: string): boolean {
  return SLOW.test(text);
}

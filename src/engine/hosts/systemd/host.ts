/** systemd units: systemd.service(5), "COMMAND LINES"; systemd.unit(5), "SPECIFIERS". */
import { scriptBuilder, type Codec } from '../../text/source-map';
import type { Host, HostDocument, Script } from '../host';

const NAME = /\.(?:service|socket|timer|path|mount|slice|target|scope)(?:\.d\/[^/]*\.conf)?$/;
const SECTION = /^\uFEFF?(?:[ \t\r]*(?:[#;][^\n]*)?\n)*\[(?:Unit|Service|Timer|Socket|Install)\]/;

/** Lines that hold a command, with the marks that may stand in front of it. */
const COMMAND = /^[ \t]*Exec(?:Start|StartPre|StartPost|Stop|StopPost|Reload|Condition)[ \t]*=[ \t]*([-@:+!|]*)/gm;

/** `%` and `$` mean something to systemd; doubled they stand for themselves. */
const UNIT: Codec = { encode: (text) => (text.includes('\n') ? undefined : text.replace(/[%$]/g, '$&$&')) };

/** One command line, with its continuation lines, as the shell would read it. */
function commandLine(text: string, start: number): Script {
  const builder = scriptBuilder(text, UNIT);
  let at = start;
  for (let i = start; ; i++) {
    const character = text.charAt(i);
    const next = text.charAt(i + 1);
    if (character === '' || character === '\n') {
      builder.copy(at, i);
      break;
    }
    if (character === '\\' && next === '\n') {
      // "the backslash and the newline are replaced by a space" (systemd.syntax(7)).
      builder.copy(at, i);
      builder.unit(' ', i, i + 2);
    } else if ((character === '%' || character === '$') && next === character) {
      builder.copy(at, i);
      builder.unit(character, i, i + 2);
    } else continue;
    i++;
    at = i + 1;
  }
  const built = builder.build();
  return { language: 'shell', ...built, oneLine: true, ...(isShellCommand(built.text) ? {} : { fixed: true }) };
}

function isShellCommand(text: string): boolean {
  return /^\s*(?:(?:\S*\/)?env\s+)?(?:\S*\/)?(?:ba|da|a|k|z)?sh\s+(?:-\w+\s+)*-\w*c\b/.test(text);
}

export const systemdUnit = {
  label: 'systemd unit',
  recognises: ({ name, text, languageId }: HostDocument) =>
    languageId === 'systemd-unit-file' || (NAME.test(name) && text.includes('[')) || SECTION.test(text),
  couldMatter: (text: string) => /169\.254|fd00:0?ec2|instance-data/i.test(text),
  scripts: ({ text, placeholders }: HostDocument): readonly Script[] =>
    [...text.matchAll(COMMAND)].map((match) => ({
      ...commandLine(text, match.index + match[0].length),
      ...(placeholders ? { placeholders } : {}),
    })),
} satisfies Host;

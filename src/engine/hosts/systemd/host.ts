/** systemd units: systemd.service(5), "COMMAND LINES"; systemd.unit(5), "SPECIFIERS". */
import type { Host, HostDocument, Script } from '../host';
import { commandLine } from './command-line';

const NAME = /\.(?:service|socket|timer|path|mount|slice|target|scope)(?:\.d\/[^/]*\.conf)?$/;
const SECTION = /^\uFEFF?(?:[ \t\r]*(?:[#;][^\n]*)?\n)*\[(?:Unit|Service|Timer|Socket|Install)\]/;

/** Lines that hold a command, with the marks that may stand in front of it. */
const COMMAND = /^[ \t]*Exec(?:Start|StartPre|StartPost|Stop|StopPost|Reload|Condition)[ \t]*=[ \t]*([-@:+!|]*)/gm;

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

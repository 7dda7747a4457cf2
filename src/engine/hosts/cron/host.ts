/** crontab(5). */
import { scriptBuilder, type Codec } from '../../text/source-map';
import type { Host, HostDocument, Script } from '../host';

const SYSTEM = /(?:^|\/)etc\/(?:cron\.d\/[^/]+|crontab)$/;
const USER = /(?:^|\/)(?:var\/spool\/cron\/|crontabs\/)/;

const TIMES = String.raw`^[ \t]*(?:@\w+|[\d*/,A-Za-z-]+(?:[ \t]+[\d*/,A-Za-z-]+){4})[ \t]+`;
const USER_LINE = new RegExp(TIMES, 'gm');
const SYSTEM_LINE = new RegExp(`${TIMES}[\\w-]+[ \\t]+`, 'gm');

/** A `%` ends the command unless it is escaped. */
const LINE: Codec = { encode: (text) => (text.includes('\n') ? undefined : text.replace(/%/g, '\\%')) };

function command(text: string, start: number): Script {
  const newline = text.indexOf('\n', start);
  const end = newline === -1 ? text.length : newline;
  const builder = scriptBuilder(text, LINE);
  let at = start;
  for (let i = text.indexOf('\\%', start); i !== -1 && i < end; i = text.indexOf('\\%', i + 2)) {
    builder.copy(at, i);
    builder.unit('%', i, i + 2);
    at = i + 2;
  }
  builder.copy(at, end);
  return { language: 'shell', ...builder.build(), oneLine: true };
}

export const crontab = {
  label: 'crontab',
  recognises: ({ name }: HostDocument) => SYSTEM.test(name) || USER.test(name),
  couldMatter: (text: string) => /169\.254|fd00:0?ec2|instance-data|\.aws\b|\.ssh\b/i.test(text),
  scripts: ({ name, text, placeholders }: HostDocument): readonly Script[] =>
    [...text.matchAll(SYSTEM.test(name) ? SYSTEM_LINE : USER_LINE)].map((match) => ({
      ...command(text, match.index + match[0].length),
      ...(placeholders ? { placeholders } : {}),
    })),
} satisfies Host;

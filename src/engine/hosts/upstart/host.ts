/** Upstart jobs: init(5) of Upstart, and cloud-init's `#upstart-job`. */
import { mentions } from '../embedding/mention';
import { setupLine, variableLine } from '../embedding/setup';
import type { Host, HostDocument, Script } from '../host';
import { joinPieces } from '../piece';
import type { Range } from '../../text/range';
import { scriptBuilder } from '../../text/source-map';

const HEADER = /^\uFEFF?#upstart-job\b/;
const NAME = /\.(?:conf|override)(?:\.(?:j2|erb|tpl))?$/;
const STANZA = /^[ \t]*(?:(?:pre|post)-(?:start|stop)[ \t]+)?(script|exec)\b(.*)$/gm;
const END = /^[ \t]*end[ \t]+script\b/gm;
const JOB = /^(?:start|stop)[ \t]+on\b|^respawn\b/m;
const VARIABLE = /^[ \t]*env[ \t]+(\w+)=(?:"([^"\n]*)"|'([^'\n]*)'|(\S*))[ \t]*$/gm;

function recognises({ name, text, languageId }: HostDocument): boolean {
  if (languageId === 'upstart' || HEADER.test(text)) return true;
  return NAME.test(name) && mentions(text) && JOB.test(text) && bodiesIn(text).length > 0;
}

function scripts({ text, placeholders }: HostDocument): readonly Script[] {
  const outer = placeholders ? { placeholders } : {};
  const variables = [...text.matchAll(VARIABLE)].flatMap((match) => {
    const [whole, name = '', double, single, plain] = match;
    const range = { start: match.index, end: match.index + whole.length };
    return variableLine(name, double ?? single ?? plain ?? '', range);
  });
  return bodiesIn(text).map(({ start, end, isExec }) => {
    const builder = scriptBuilder(text);
    builder.copy(start, end);
    // A job's scripts are run by `sh -e`. What `exec` starts takes the place of the shell, so that nothing can come before it.
    const piece = joinPieces([...variables, setupLine('set -e'), builder.build()], '\n');
    return { language: 'shell', ...piece, ...(isExec ? { oneLine: true, fixed: true } : {}), ...outer };
  });
}

interface Body extends Range {
  readonly isExec: boolean;
}

function bodiesIn(text: string): readonly Body[] {
  const ends = [...text.matchAll(END)].map(({ index }) => index);
  const bodies: Body[] = [];
  let from = 0;
  let nextEnd = 0;
  for (const { index, 0: whole, 1: kind, 2: rest = '' } of text.matchAll(STANZA)) {
    const behind = index + whole.length;
    if (index < from || (kind === 'script' && rest.trim() !== '')) continue;
    if (kind === 'exec') {
      bodies.push({ start: behind - rest.length, end: behind, isExec: true });
      continue;
    }
    while ((ends[nextEnd] ?? Infinity) <= behind) nextEnd++;
    const end = ends[nextEnd];
    if (end === undefined) break;
    if (behind + 1 < end) bodies.push({ start: behind + 1, end, isExec: false });
    from = end;
  }
  return bodies;
}

export const upstartJob: Host = { label: 'Upstart job', recognises, couldMatter: mentions, scripts };

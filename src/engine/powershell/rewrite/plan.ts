/** Gives requests a token: one plan for all of them, so that a token is fetched once for those that can share it. */
import type { Rewrite } from '../../program/program';
import { TTL_SECONDS } from '../../imds/endpoint';
import { contains, type TextEdit } from '../../text/range';
import type { Analysis } from '../analyse';
import type { Reading, Site } from '../sites';
import { isBroken, type Node } from '../syntax/parse';
import { commonStatement, positionOf, type Position } from './placement';
import { sendingOf, type Sending } from './sending';
import { fetchCommand, indentationAt, mayTakeLong, startsLine, styleOf, type Style } from './style';

/** A request that is to be given a token. */
interface Target {
  readonly site: Site;
  readonly reading: Reading;
  readonly sending: Sending;
  /** Where the token is first needed. */
  readonly position: Position;
  /** A variable that surely holds a token there. */
  readonly reuse: string | undefined;
}

/** Plans the rewrite of the requests at `sites`; undefined where one of them has none that is certain. */
export function planTokens(
  analysis: Analysis,
  sites: readonly Site[],
  ttlSeconds: number,
  oneLine: boolean,
): Rewrite | undefined {
  const { text, roots } = analysis.syntax;
  const style = styleOf(text);
  const targets: Target[] = [];
  for (const site of sites) {
    const target = targetOf(analysis, site, style);
    if (!target) return undefined;
    targets.push(target);
  }
  const edits: TextEdit[] = [];
  /** Statements to put in front of others, by where those begin. */
  const inserted = new Map<number, string[]>();
  const insert = (at: number, statements: readonly string[]): void => {
    inserted.set(at, [...(inserted.get(at) ?? []), ...statements]);
  };
  const values = new Map<Target, string>();
  for (const members of groups(targets.filter(({ reuse }) => reuse === undefined))) {
    const statement = commonStatement(members.map(({ position }) => position));
    const [first] = members;
    if (!first) continue;
    const command = (target: Target, ttl: number): string =>
      fetchCommand(style, target.reading.endpoint.origin, ttl, carriedBy(target));
    if (statement) {
      const last = Math.max(...members.map(({ site }) => site.node.start));
      const ttl = mayTakeLong(text.slice(first.site.node.end, last)) ? TTL_SECONDS.max : ttlSeconds;
      insert(statement.start, [`[string]$${style.token} = ${command(first, ttl)}`]);
      for (const member of members) values.set(member, `$${style.token}`);
    } else for (const member of members) values.set(member, `(${command(member, ttlSeconds)})`);
  }
  for (const target of targets) {
    const sent = target.sending.edits(values.get(target) ?? target.reuse ?? `$${style.token}`);
    if (!sent) return undefined;
    for (const edit of sent.edits) if (!edits.some((other) => sameEdit(edit, other))) edits.push(edit);
    for (const { at, statements } of sent.before ?? []) insert(at, statements);
  }
  for (const [at, statements] of inserted) {
    const separator = startsLine(text, at) && !oneLine ? `\n${indentationAt(text, at)}` : '; ';
    const unique = [...new Set(statements)];
    edits.push({ range: { start: at, end: at }, newText: unique.map((statement) => statement + separator).join('') });
  }
  const isCertain = targets.every(({ site }) => roots.every((root) => !contains(root, site.node) || !isBroken(root)));
  return { safety: isCertain ? 'safe' : 'suggestion', edits };
}

function targetOf(analysis: Analysis, site: Site, style: Style): Target | undefined {
  if (site.otherHosts) return undefined;
  const readings = site.times.flat();
  const reading = readings.find(({ header }) => header.state === 'none' || header.state === 'broken');
  if (
    !reading ||
    readings.some(
      ({ header, request }) => header.state !== reading.header.state || request.form.kind !== reading.request.form.kind,
    )
  )
    return undefined;
  const sending = sendingOf(analysis, readings, reading, style);
  if (!sending) return undefined;
  const position = positionOf(analysis, sending.at);
  return { site, reading, sending, position, reuse: reusable(analysis, readings, position, sending) };
}

/** Those that can share a token: what is in one function, one `try`, one long loop. */
function groups(targets: readonly Target[]): readonly (readonly Target[])[] {
  const byBarrier = new Map<number, Target[]>();
  for (const target of targets) {
    const key =
      target.position.spots.length === 0 ? -2 - target.site.node.start : (target.position.barrier?.start ?? -1);
    byBarrier.set(key, [...(byBarrier.get(key) ?? []), target]);
  }
  // Statements that were cut apart at the top are one list; what has no list in common has none to share.
  return [...byBarrier.entries()].flatMap(([key, members]) => (key === -1 ? atTop(members) : byOuterList(members)));
}

function byOuterList(members: readonly Target[]): readonly (readonly Target[])[] {
  const byList = new Map<Node | undefined, Target[]>();
  for (const member of members) {
    const list = member.position.spots[0]?.list;
    byList.set(list, [...(byList.get(list) ?? []), member]);
  }
  return [...byList.values()].map((group) => [...group].sort((a, b) => a.site.node.start - b.site.node.start));
}

/** At the top the first statement of all dominates the others. */
function atTop(members: readonly Target[]): readonly (readonly Target[])[] {
  const [first] = members;
  const roots = new Set(members.map(({ position }) => position.spots[0]?.list));
  const sorted = [...members].sort((a, b) => a.position.at - b.position.at);
  if (!first || roots.size <= 1) return [sorted];
  const [leader] = sorted;
  const outer = leader?.position.spots[0];
  return outer
    ? [sorted.map((member) => ({ ...member, position: { ...member.position, spots: [outer] } }))]
    : [members];
}

/** A variable that holds a token whenever the request is made, and a fresh one in a loop that goes on. */
function reusable(
  analysis: Analysis,
  readings: readonly Reading[],
  { at, scope, loop }: Position,
  sending: Sending,
): string | undefined {
  const [first] = readings;
  const names = [...(sending.meant === undefined ? [] : [sending.meant]), ...(first?.tokens.keys() ?? [])];
  const name = names.find((each) => {
    if (!readings.every(({ tokens }) => tokens.has(each))) return false;
    const set = first?.tokens.get(each);
    if (!set) return false;
    if (loop && !contains(loop, set)) return false;
    if (scope && !contains(scope, set) && !analysis.called.has(scope)) return false;
    // The token has to be there where it is written, which may be before the request.
    return at >= set.end || (scope !== undefined && !contains(scope, set));
  });
  if (name === undefined) return undefined;
  const set = first?.tokens.get(name);
  const written =
    set && /^\$\{?[\w:]+\}?|(?<=\])\s*\$\{?[\w:]+\}?/.exec(analysis.syntax.text.slice(set.start, set.end))?.[0].trim();
  return written?.startsWith('$') ? written : `$${name}`;
}

function carriedBy({ reading: { request } }: Target): readonly string[] {
  return request.form.kind === 'cmdlet' ? request.form.carried : [];
}

function sameEdit(a: TextEdit, b: TextEdit): boolean {
  return a.range.start === b.range.start && a.range.end === b.range.end && a.newText === b.newText;
}

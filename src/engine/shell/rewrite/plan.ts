/** Gives requests a token: one plan for all of them, so that a token is fetched once for those that can share it. */
import type { Rewrite } from '../../program/program';
import { editsInScript, isEditable, programSource, type Source } from '../../program/source';
import type { TextEdit } from '../../text/range';
import type { ShellAnalysis } from '../analyse';
import type { Invocation } from '../invocation';
import { hasOption } from '../options';
import { parsedText } from '../run-text';
import type { Reading, Site } from '../sites';
import { forEachChild, type FunctionDefinition, type ParsedScript, type SyntaxNode } from '../syntax';
import { headerEdits, meantVariable } from './header-edit';
import { isLongLoop, pathsTo } from './paths';
import { placeFetches, type Fetch } from './placement';
import { freeName, hasErrexit, indentationAt, mayTakeLong, prefersBackticks, startsLine, trapsFailures } from './style';
import { anchorInHereDocs, targetOf, type Target } from './target';
import { tokenCommand } from './token-command';
import { isSplitAgain } from '../wrappers';
import { TTL_SECONDS } from '../../imds/endpoint';

/** Commands in front of a request that neither repeat it nor take it elsewhere. */
const TRANSPARENT = new Set([
  'sudo',
  'env',
  'command',
  'exec',
  'time',
  'nohup',
  'nice',
  'ionice',
  'timeout',
  'stdbuf',
  'doas',
  'builtin',
  'busybox',
  'chronic',
]);

/** Plans the rewrite of the requests at `sites`; undefined where one of them has none that is certain. */
export function planTokens(analysis: ShellAnalysis, sites: readonly Site[], ttlSeconds: number): Rewrite | undefined {
  const targets: Target[] = [];
  // A script that is being typed is not rewritten by itself.
  let safety: Rewrite['safety'] = analysis.script.errors?.length ? 'suggestion' : 'safe';
  for (const site of sites) {
    const verdict = certainty(site);
    if (!verdict) return undefined;
    if (verdict.safety === 'suggestion') safety = 'suggestion';
    targets.push(targetOf(site, verdict.reading, undefined));
  }
  const { name, errexit, trapsErrors } = mannersOf(analysis);
  const bySource = new Map<Source, TextEdit[]>();
  const add = (source: Source, edits: readonly TextEdit[]): void => {
    bySource.set(source, [...(bySource.get(source) ?? []), ...edits]);
  };
  for (const program of new Set(targets.map((target) => target.program))) {
    const script = program === analysis.source ? analysis.script : parsedText(program).script;
    const own = targets.filter((target) => target.program === program);
    anchorInHereDocs(own, program, script);
    for (const [scope, members] of scopesOf(script, program, own)) {
      const withReuse = members.map((target) => ({ target, reuse: reusable(target, scope, program) }));
      const needing = withReuse.filter(({ reuse }) => reuse === undefined).map(({ target }) => target);
      const fetches =
        needing.length > 0 ? placeFetches(bodyOf(scope), program, needing, pathsTo(needing), errexit) : [];
      if (!fetches) return undefined;
      for (const fetch of fetches) {
        const lines = fetchEdits(fetch, {
          name,
          ttl: ttlFor(fetch, needing, ttlSeconds),
          scope,
          script: analysis,
          errexit,
          trapsErrors,
        });
        if (!lines) return undefined;
        add(fetch.source, lines);
      }
      for (const { target, reuse } of withReuse) {
        const header = headerEdits(target.reading, reuse ?? name);
        if (!header) return undefined;
        add(target.source, header);
      }
    }
  }
  const edits: TextEdit[] = [];
  for (const [source, own] of bySource) {
    const mapped = editsInScript(source, own);
    if (!mapped) return undefined;
    edits.push(...mapped);
  }
  return { safety, edits };
}

/** What is the same for every plan of a script. */
const manners = new WeakMap<ShellAnalysis, Pick<Manner, 'name' | 'errexit' | 'trapsErrors'>>();

function mannersOf(analysis: ShellAnalysis): Pick<Manner, 'name' | 'errexit' | 'trapsErrors'> {
  const known = manners.get(analysis);
  if (known) return known;
  const texts = new Set([analysis.source.text]);
  for (const { times } of analysis.sites) {
    for (const [reading] of times.values())
      if (reading) texts.add(programSource(reading.request.invocation.source).text);
  }
  const errexit = hasErrexit([...texts]);
  // The trap is to see the request fail, not the fetch before it as well.
  const found = { name: freeName([...texts]), errexit, trapsErrors: !errexit && trapsFailures([...texts]) };
  manners.set(analysis, found);
  return found;
}

/** How sure it is that the request does the same with a token; undefined where nothing can be said. */
function certainty({
  times,
  otherHosts,
  runsOthers,
}: Site): { readonly reading: Reading; readonly safety: Rewrite['safety'] } | undefined {
  const readings = [...times.values()].flat();
  const reading = readings.find(({ header }) => header.state === 'none' || header.state === 'broken') ?? readings[0];
  if (!reading) return undefined;
  const { request } = reading;
  const { client, invocation, urls, mayHideHeaders } = request;
  if (isSplitAgain(invocation.wrappers)) return undefined;
  // The service gives no token through a proxy.
  if (request.parsed && hasOption(request.parsed, 'proxy', 'preproxy', 'socks5', 'socks5-hostname')) return undefined;
  const runsArguments = /\$\{?[@*\d]/.test(invocation.command.word.text);
  // A header must not reach any other command.
  if (runsOthers) return undefined;
  // A token must not reach any other host.
  if (otherHosts || (client !== 'curl' && client !== 'wget') || !isEditable(invocation.source)) return undefined;
  if (readings.some((other) => other.endpoint.origin !== reading.endpoint.origin && other.endpoint.kind === 'token'))
    return undefined;
  const known = new Set(readings.map(({ request: { urlField } }) => urlField.word));
  if (urls.some(({ word }) => !known.has(word)) && reading.header.broken !== 'unquoted') return undefined;
  if (headerEdits(reading, 'TOKEN') === undefined) return undefined;
  const wrapped = invocation.wrappers.some(
    (wrapper) => !TRANSPARENT.has(wrapper) && !(wrapper === 'xargs' && keepsHeader(invocation)),
  );
  const bare = client === 'wget' && !mayHaveCurl(surroundingsOf(invocation));
  // Whoever asks for the status alone and speaks of IMDSv1 may want to know whether it is answered.
  const asksForV1 = request.prints === 'http-code' && /imds[ _-]?v1/i.test(invocation.source.text);
  return {
    reading,
    // What runs its arguments is there for others too, if not in this file.
    safety:
      asksForV1 || wrapped || runsArguments || (mayHideHeaders && reading.header.broken !== 'unquoted') || bare
        ? 'suggestion'
        : 'safe',
  };
}

/**
 * `xargs` runs what the shell made of its arguments: the header is the same for each, unless what it replaces could be in one (a token is base64, RFC 4648,
 * section 4). Without a place for them its lines come behind, and may be other hosts.
 */
function keepsHeader({ source, node, command }: Invocation): boolean {
  const options = source.text.slice(node.pos, command.word.pos);
  const places = [...options.matchAll(/\s-(?:I\s{0,20}|i|-replace=?)(\S{0,40})/g)];
  return places.length > 0 && places.every(([, place = '']) => place === '' || /[{}%@^~#]/.test(place));
}

/** The program that makes the request, with the command around it that runs it: the image of `docker run IMAGE sh -c '...'`. */
function surroundingsOf({ source }: Invocation): string {
  const { parent, role } = source;
  if (role !== 'process' || !parent) return source.text;
  const { start } = source.map.toHost({ start: 0, end: source.text.length });
  return `${parent.text.slice(parent.text.lastIndexOf('\n', start - 1) + 1, start)}${source.text}`;
}

/** Alpine and BusyBox have no curl unless somebody installs it, and their wget cannot PUT. */
function mayHaveCurl(text: string): boolean {
  return /\bcurl\b/.test(text) || !/\bapk\b|\bbusybox\b|\balpine\b|^#!\s*\/bin\/ash/im.test(text);
}

/** GNU wget from 1.15 on can PUT; Debian and Ubuntu have had that since 2014, Amazon Linux 2 has not. */
function prefersWget(text: string): boolean {
  return (
    /\bwget\b(?:(?!\bwget\b)[^\n])*--method[= ]/.test(text) ||
    (!/\bcurl\b/.test(text) && /\bapt(?:-get)?\s+(?:-\S{1,100}\s+){0,20}(?:install|update|upgrade)/.test(text))
  );
}

type Scope = FunctionDefinition | ParsedScript;

function bodyOf(scope: Scope): SyntaxNode {
  return scope.type === 'Function' ? scope.body : scope;
}

/** Targets by the innermost function that they are in: a variable set elsewhere may not be set when it is called. */
function scopesOf(
  script: ParsedScript,
  program: Source,
  targets: readonly Target[],
): ReadonlyMap<Scope, readonly Target[]> {
  const functions = functionsOf(script);
  const scopes = new Map<Scope, Target[]>();
  for (const target of targets) {
    const position = target.positions.get(program) ?? 0;
    const scope = functions.findLast(({ pos, end }) => pos <= position && position < end) ?? script;
    const members = scopes.get(scope);
    if (members) members.push(target);
    else scopes.set(scope, [target]);
  }
  return scopes;
}

const functionsByScript = new WeakMap<ParsedScript, readonly FunctionDefinition[]>();

function functionsOf(script: ParsedScript): readonly FunctionDefinition[] {
  const known = functionsByScript.get(script);
  if (known) return known;
  const functions: FunctionDefinition[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Function') functions.push(node);
    if (node.type !== 'Word') forEachChild(node, visit);
  };
  visit(script);
  functionsByScript.set(script, functions);
  return functions;
}

/** A variable that holds a token whenever the request is made, and holds a fresh one in a loop that goes on. */
function reusable(target: Target, scope: Scope, program: Source): string | undefined {
  const { site, reading } = target;
  const meant = meantVariable(reading);
  const readings = [...site.times.values()].flat();
  const names = [...(meant === undefined ? [] : [meant]), ...reading.tokens.keys()];
  if (names.length === 0) return undefined;
  const loop = longLoopAround(target, scope, program);
  return names.find((name) => {
    if (!readings.every(({ tokens }) => tokens.has(name))) return false;
    if (!loop) return true;
    const set = reading.tokens.get(name);
    return set?.source === program && loop.pos <= set.range.start && set.range.end <= loop.end;
  });
}

function longLoopAround(target: Target, scope: Scope, program: Source): SyntaxNode | undefined {
  const position = target.positions.get(program);
  if (position === undefined) return undefined;
  const paths = pathsTo([target]);
  let found: SyntaxNode | undefined;
  const visit = (node: SyntaxNode): void => {
    if (position < node.pos || position >= node.end) return;
    if (isLongLoop(node, paths, program)) found = node;
    if (node.type !== 'Word') forEachChild(node, visit);
  };
  visit(bodyOf(scope));
  return found;
}

/** The lifetime asked for: the user's, or all that there is where commands that take their time stand before the last use. */
function ttlFor(fetch: Fetch, targets: readonly Target[], ttlSeconds: number): number {
  const last = Math.max(...targets.map(({ positions }) => positions.get(fetch.source) ?? 0));
  return last > fetch.position && mayTakeLong(fetch.source.text.slice(fetch.position, last))
    ? TTL_SECONDS.max
    : ttlSeconds;
}

interface Manner {
  readonly name: string;
  readonly ttl: number;
  readonly scope: Scope;
  readonly script: ShellAnalysis;
  readonly errexit: boolean;
  readonly trapsErrors: boolean;
}

function fetchEdits(
  fetch: Fetch,
  { name, ttl, scope, script, errexit, trapsErrors }: Manner,
): readonly TextEdit[] | undefined {
  const [target] = fetch.serves;
  if (!target) return undefined;
  const { source, position, end, form } = fetch;
  const { request, endpoint } = target.reading;
  const useWget = request.client === 'wget' && prefersWget(script.source.text);
  const asked = tokenCommand(request, endpoint.origin, ttl, useWget);
  const command = fetch.serves.every(isSilenced) ? `${asked.replace(' -sSf', ' -sf')} 2>/dev/null` : asked;
  const backticks = source.role !== 'substitution' && prefersBackticks(script.source.text);
  const assignment = `${name}=${backticks ? `\`${command}\`` : `$(${command})`}`;
  const statement = (fetch.tolerant && errexit) || trapsErrors ? `${assignment} || true` : assignment;
  const insert = (at: number, newText: string): TextEdit => ({ range: { start: at, end: at }, newText });
  if (form === 'and') return [insert(position, `${assignment} && `)];
  if (form === 'and-group') return [insert(position, `{ ${assignment} && `), insert(end, `; }`)];
  if (form === 'group') return [insert(position, `{ ${statement}; `), insert(end, `; }`)];
  const local =
    scope.type === 'Function' && source.role !== 'substitution' && declaresLocals(scope, source, script)
      ? `local ${name}`
      : undefined;
  if (startsLine(source, position)) {
    const indent = indentationAt(source.text, position);
    const lines = local ? [local, statement] : [statement];
    return [insert(position, lines.map((line) => `${line}\n${indent}`).join(''))];
  }
  return [insert(position, `${local ? `${local}; ` : ''}${statement}; `)];
}

/** True where the request's errors are thrown away: what fails before it is to be as quiet. */
function isSilenced({ site: { node }, source }: Target): boolean {
  const text = source.text.slice(node.pos, node.end);
  return /(?:2>|&>|>&)[ \t]{0,9}\/dev\/null|>[ \t]{0,9}\/dev\/null[ \t]{1,9}2>&1/.test(text);
}

/** `local` is in every shell that scripts run in, but not in POSIX: only where the script is Bash's or has it already. */
function declaresLocals(scope: FunctionDefinition, source: Source, { source: { text } }: ShellAnalysis): boolean {
  if (scope.body.type === 'Subshell') return false;
  return /^#!.*\bbash\b/.test(text) || /(?:^|[\s;{])local\s/.test(source.text.slice(scope.pos, scope.end));
}

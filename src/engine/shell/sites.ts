/** Every request that a shell program makes to the metadata service, gathered from all the ways in which it is reached. */
import { endpointOf, type Endpoint } from '../imds/endpoint';
import { isForOtherCloud, isOfOtherCloud, tokenHeader, type TokenHeader } from '../imds/token';
import { tokenRequestProblem } from '../imds/token-request';
import type { TokenRequestProblem } from '../program/program';
import type { Place } from '../program/source';
import { evidenceOf, isLiteral, isToken, type Text } from '../program/value';
import type { ShellHeader, ShellRequest } from './http/client';
import { isFallbackFor } from './evidence';
import type { Machine } from './machine';
import type { RequestSeen } from './observer';
import { proxyOf, type ProxyUse } from './proxy';
import type { Command } from './syntax';
import { isSplitAgain } from './wrappers';

/** One way in which a request may be made: one reading of its words, in one context. */
export interface Reading {
  readonly request: ShellRequest;
  readonly endpoint: Endpoint;
  readonly header: TokenHeader<ShellHeader>;
  readonly problem: TokenRequestProblem | undefined;
  readonly fallback: boolean;
  /** True where it is known not to be made this time. */
  readonly dead: boolean;
  /** True where the header is there only if a token was had. */
  readonly optional: boolean;
  /** Variables that hold a token and nothing else here, with where it was fetched. */
  readonly tokens: ReadonlyMap<string, Place | undefined>;
  readonly proxy: ProxyUse | undefined;
}

/** All readings of one request of one command. */
export interface Site {
  readonly node: Command;
  readonly part: number;
  /** Readings by the time at which the command ran: alternatives of one time belong together. */
  readonly times: Map<number, Reading[]>;
  /** True where the same command may also ask something else than EC2's metadata service. */
  otherHosts: boolean;
  /** True where the same command may also run something that requests nothing: `"$@"`. */
  runsOthers: boolean;
}

export interface SiteCollector {
  readonly sites: readonly Site[];
  see(request: ShellRequest, machine: Machine): RequestSeen;
  /** A command that requests nothing this time. */
  otherwise(node: Command): void;
}

export function siteCollector(mentionsToken: boolean): SiteCollector {
  const sites: Site[] = [];
  const byNode = new Map<Command, Map<number, Site>>();
  const others = new Set<Command>();
  const siteOf = (request: ShellRequest): Site => {
    const { node } = request.invocation;
    const parts = byNode.get(node) ?? new Map<number, Site>();
    byNode.set(node, parts);
    const known = parts.get(request.part);
    if (known) return known;
    const runsOthers = others.has(node);
    const site: Site = { node, part: request.part, times: new Map(), otherHosts: false, runsOthers };
    parts.set(request.part, site);
    sites.push(site);
    return site;
  };
  const see = (request: ShellRequest, machine: Machine): RequestSeen => {
    const { calls, uncalled } = machine.context;
    if (isOfOtherCloud(uncalled ?? '') || calls.some(({ name }) => isOfOtherCloud(name))) return 'other';
    const endpoint = isForOtherCloud(request.headers) ? undefined : endpointOf(request.url);
    if (!endpoint && isStrayToken(request)) return 'other';
    const site = siteOf(request);
    if (!endpoint) {
      site.otherHosts = true;
      return 'other';
    }
    const asks = endpoint.kind === 'token';
    const writes = request.method !== undefined && !['GET', 'HEAD'].includes(request.method);
    if (writes && !asks) return 'other';
    const hidden = request.mayHideHeaders && (mentionsToken || hintsAtToken(request));
    const header = withUnquoted(request, asReadAgain(request, tokenHeader(request.headers, hidden)));
    const reading: Reading = {
      request,
      endpoint,
      header,
      problem: asks ? tokenRequestProblem(request, endpoint) : undefined,
      fallback: isFallbackFor(machine.context.fallback, endpoint.path) || hasOptionalToken(request),
      dead: machine.context.dead,
      optional: hasOptionalToken(request),
      tokens: heldTokens(machine),
      proxy: proxyOf(request, machine),
    };
    const time = machine.budget.steps;
    const readings = site.times.get(time);
    if (readings) readings.push(reading);
    else site.times.set(time, [reading]);
    if (asks) return 'asks-for-token';
    return header.state === 'sent' || header.state === 'maybe' ? 'sends-token' : 'other';
  };
  const otherwise = (node: Command): void => {
    others.add(node);
    for (const site of byNode.get(node)?.values() ?? []) site.runsOthers = true;
  };
  return { sites, see, otherwise };
}

/** `${TOKEN:+-H "X-aws-ec2-metadata-token: $TOKEN"}`: a header for when there is a token, and none for when there is not. */
function hasOptionalToken({ invocation: { node, source } }: ShellRequest): boolean {
  return /\$\{\w{1,100}:?\+[^${}]*metadata-token/i.test(source.text.slice(node.pos, node.end));
}

/** What is left of a header without quotes is taken for a URL, but is none. */
function isStrayToken({ urlField: { text, loose }, headers }: ShellRequest): boolean {
  return loose && tokenHeader(headers, false).broken === 'empty' && text.every((part) => !isLiteral(part));
}

/** An option in a variable that is set elsewhere may be a header, if its name says so. */
function hintsAtToken(request: ShellRequest): boolean {
  return (request.parsed?.loose ?? []).some(({ text }) =>
    text.some((part) => !isLiteral(part) && /tok|head|hdr|auth|imds|v2/i.test(part.name ?? '')),
  );
}

/** `ssh web curl -H "'X-aws-ec2-metadata-token: $TOKEN'"`: another shell removes the quotes, or puts the token in. */
function asReadAgain({ invocation }: ShellRequest, header: TokenHeader<ShellHeader>): TokenHeader<ShellHeader> {
  const isOfQuotes = header.broken === 'quoted' || header.broken === 'unexpanded';
  return isOfQuotes && isSplitAgain(invocation.wrappers) ? { state: 'maybe' } : header;
}

/** `-H X-aws-ec2-metadata-token: $TOKEN` without quotes: the header is empty and the token is taken for a URL. */
function withUnquoted(request: ShellRequest, header: TokenHeader<ShellHeader>): TokenHeader<ShellHeader> {
  if (header.broken !== 'empty') return header;
  const stray = request.urls.some(
    ({ text, loose }) => loose && (evidenceOf([text])?.evidence === 'token' || /tok/i.test(holeName(text))),
  );
  return stray ? { ...header, broken: 'unquoted' } : header;
}

function holeName(text: Text): string {
  return text.map((part) => (isLiteral(part) ? '' : (part.name ?? ''))).join('');
}

const NO_TOKENS: ReadonlyMap<string, Place | undefined> = new Map<string, Place | undefined>();

function heldTokens(machine: Machine): ReadonlyMap<string, Place | undefined> {
  if (!machine.knowsTokens) return NO_TOKENS;
  const tokens = new Map<string, Place | undefined>();
  for (const [name, { value, set }] of machine.state.variables) if (isToken(value)) tokens.set(name, set);
  return tokens;
}

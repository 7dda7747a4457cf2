/** Every request that a PowerShell program makes to the metadata service, gathered from all the ways in which it is reached. */
import { endpointOf, type Endpoint } from '../imds/endpoint';
import { isForOtherCloud, tokenHeader, type TokenHeader } from '../imds/token';
import { tokenRequestProblem } from '../imds/token-request';
import type { TokenRequestProblem } from '../program/program';
import { isLiteral, isToken } from '../program/value';
import { isFallbackFor } from '../shell/evidence';
import type { Range } from '../text/range';
import { UNKNOWN_DATUM, type Datum } from './interpret/datum';
import type { Machine } from './interpret/machine';
import type { PowerShellHeader, PowerShellRequest } from './interpret/request';
import type { Node } from './syntax/parse';

/** One way in which a request may be made. */
export interface Reading {
  readonly request: PowerShellRequest;
  readonly endpoint: Endpoint;
  readonly header: TokenHeader<PowerShellHeader>;
  readonly problem: TokenRequestProblem | undefined;
  readonly fallback: boolean;
  /** Variables that hold a token and nothing else, with where they were set. */
  readonly tokens: ReadonlyMap<string, Range | undefined>;
  /** The call by which the function that makes it was given the address. */
  readonly via: Range | undefined;
}

/** All readings of one command or call. */
export interface Site {
  readonly node: Node;
  /** Alternatives of one time belong together. */
  readonly times: Reading[][];
  /** True where it may also ask something else than EC2's metadata service. */
  otherHosts: boolean;
}

/** What is seen of a program's requests. */
export interface Sites {
  readonly sites: Map<Node, Site>;
  /** Objects whose headers reach another host than the metadata service. */
  readonly shared: Set<number>;
  see(readings: readonly PowerShellRequest[], machine: Machine): Datum;
}

function objectOf({ form }: PowerShellRequest): number | undefined {
  return form.kind === 'cmdlet' ? form.table : form.kind === 'object' ? form.id : undefined;
}

function heldTokens({ state }: Machine): ReadonlyMap<string, Range | undefined> {
  const tokens = new Map<string, Range | undefined>();
  for (const [name, datum] of state.variables) {
    const isReady = datum.every(
      (each) => (each.kind === 'text' || (each.kind === 'answer' && each.raw === undefined)) && isToken([each.text]),
    );
    if (isReady) tokens.set(name, state.sets.get(name));
  }
  return tokens;
}

function givenBy({ url }: PowerShellRequest, { context }: Machine): Range | undefined {
  const via = url.find(isLiteral)?.via;
  return via && context.places.includes(via) ? via.range : undefined;
}

export function siteCollector(): Sites {
  const sites = new Map<Node, Site>();
  const shared = new Set<number>();
  const see = (requests: readonly PowerShellRequest[], machine: Machine): Datum => {
    const [first] = requests;
    if (!first) return UNKNOWN_DATUM;
    const site = sites.get(first.node) ?? { node: first.node, times: [], otherHosts: false };
    sites.set(first.node, site);
    const readings: Reading[] = [];
    let tokens: Reading['tokens'] | undefined;
    for (const request of requests) {
      const endpoint = isForOtherCloud(request.headers) ? undefined : endpointOf(request.url);
      if (!endpoint) {
        site.otherHosts = true;
        const id = objectOf(request);
        if (id !== undefined) shared.add(id);
        continue;
      }
      const asks = endpoint.kind === 'token';
      const writes = request.method !== undefined && !['GET', 'HEAD'].includes(request.method);
      if (writes && !asks) continue;
      tokens ??= heldTokens(machine);
      readings.push({
        request,
        endpoint,
        header: tokenHeader(request.headers, request.mayHideHeaders),
        problem: asks ? tokenRequestProblem(request, endpoint) : undefined,
        fallback: isFallbackFor(machine.context.fallback, endpoint.path),
        tokens,
        via: givenBy(request, machine),
      });
    }
    if (readings.length > 0) site.times.push(readings);
    return answerTo(readings, first.node, machine);
  };
  return { sites, shared, see };
}

/** What a request gives: a token, or what tells whether there was one. */
function answerTo(readings: readonly Reading[], node: Node, machine: Machine): Datum {
  const place = { source: machine.source, range: node };
  const [first] = readings;
  if (!first) return UNKNOWN_DATUM;
  const { path, kind } = first.endpoint;
  if (kind === 'token') {
    machine.seen.push({ says: 'asks-for-token', path });
    return [{ kind: 'answer', text: [{ hole: 'token', evidence: 'token', place }] }];
  }
  const sends = readings.some(({ header }) => header.state === 'sent' || header.state === 'maybe');
  machine.seen.push({ says: sends ? 'sends-token' : 'other', path });
  return [
    {
      kind: 'answer',
      text: [sends ? { hole: 'unknown', evidence: 'token', path, place } : { hole: 'unknown', place }],
    },
  ];
}

/** A shell program as rules see it. */
import type { MetadataRequest, Program, TokenUse } from '../program/program';
import { inScript, type Place, type Source } from '../program/source';
import { isLiteral } from '../program/value';
import type { Range } from '../text/range';
import { architecturesIn } from './architectures';
import { embeddedDocuments } from './embedded';
import type { Language } from '../program/language';
import { analyseShell, type ShellAnalysis } from './analyse';
import { calledResources } from './aws-cli/resources';
import { permissionChanges } from './permissions/changes';
import { deleteFallback } from './rewrite/fallback';
import { planTokens } from './rewrite/plan';
import { bypassProxy } from './rewrite/proxy-edit';
import { repairTokenRequest } from './rewrite/token-request';
import type { Reading, Site } from './sites';

export const shell: Language = {
  understand: ({ text, placeholders, oneLine }) => {
    const analysis = analyseShell(text, placeholders, oneLine);
    return { program: programOf(analysis), documents: embeddedDocuments(analysis) };
  },
};

function programOf(analysis: ShellAnalysis): Program {
  const siteOf = new Map<MetadataRequest, Site>();
  for (const site of analysis.sites) for (const request of requestsOf(site)) siteOf.set(request, site);
  const requests = [...siteOf.keys()].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  const plans = new Map<string, ReturnType<typeof planTokens>>();
  return {
    language: 'shell',
    text: analysis.source.text,
    architectures: () => architecturesIn(analysis.source.text),
    requests,
    permissions: permissionChanges(analysis),
    resources: (way) => calledResources(analysis, way),
    mentionsOtherClouds:
      /metadata\.google|computeMetadata|Metadata-Flavor|\/metadata\/instance|api-version=|\/openstack\/|\/opc\//i.test(
        analysis.source.text,
      ),
    rewriter: {
      sendToken: (chosen, ttl) => {
        const sites = [...new Set(chosen.map((request) => siteOf.get(request)))].filter((site) => site !== undefined);
        const key = `${String(ttl)}:${sites.map((site) => analysis.sites.indexOf(site)).join()}`;
        if (!plans.has(key)) plans.set(key, planTokens(analysis, sites, ttl));
        return plans.get(key);
      },
      repairTokenRequest: (request, ttl) => repairTokenRequest(siteOf.get(request), ttl),
      bypassProxy: (request) => bypassProxy(siteOf.get(request)),
      deleteFallback: (request) => deleteFallback(analysis, siteOf.get(request)),
    },
  };
}

/** One request for each place that has to be shown: the command, or every call that hands it an address. */
function requestsOf(site: Site): readonly MetadataRequest[] {
  const byPlace = new Map<string, { range: Range; times: Reading[][] }>();
  const alive = [...site.times.values()].filter((readings) => readings.some(({ dead }) => !dead));
  // What no call reaches is looked at all the same: somebody else may call it. What is asked for at a call is asked by nobody else.
  for (const readings of alive.length > 0 ? alive : site.times.values()) {
    const [first] = readings;
    if (!first || (alive.length === 0 && callOf(first))) continue;
    const range = shown(first);
    const key = `${String(range.start)}:${String(range.end)}`;
    const entry = byPlace.get(key);
    if (entry) entry.times.push(readings);
    else byPlace.set(key, { range, times: [readings] });
  }
  return [...byPlace.values()].map(({ range, times }) => requestAt(range, times));
}

function shown(reading: Reading): Range {
  const { node, source } = reading.request.invocation;
  const end = Math.max(node.pos + 1, ...[node.name?.end ?? 0, ...node.args.map((arg) => arg.end)]);
  const start = node.name && node.prefix.length > 0 ? node.name.pos : node.pos;
  const place: Place = callOf(reading) ?? viaOf(source) ?? { source, range: { start, end } };
  return inScript(place);
}

/** The address is the first known piece of the URL: where that came in by a call that goes on, the call is what to look at. */
function callOf({ request }: Reading): Place | undefined {
  const via = request.url.find(isLiteral)?.via;
  return request.invocation.context.calls.some(({ place }) => place === via) ? via : undefined;
}

/** The call by which the text came in that the request is made in. */
function viaOf(source: Source): Place | undefined {
  for (let at: Source | undefined = source; at; at = at.parent) if (at.via) return at.via;
  return undefined;
}

function requestAt(range: Range, times: readonly (readonly Reading[])[]): MetadataRequest {
  // What is wrong at some time is wrong; of the readings of one time the best one counts, since which of them is meant is not known.
  const verdicts = times.map(bestReading);
  const reading =
    verdicts.find(({ header }) => header.state === 'none') ??
    verdicts.find(({ header }) => header.state === 'broken') ??
    verdicts[0];
  if (!reading) throw new Error('a site has at least one reading');
  const all = times.flat();
  const { request, endpoint, tokens, proxy } = reading;
  const [held] = tokens;
  const address = request.url.find(isLiteral)?.set;
  const option = reading.header.header?.option;
  const { source } = request.invocation;
  const token: TokenUse =
    reading.header.state === 'broken' && reading.header.broken && endpoint.kind !== 'token'
      ? {
          state: 'broken',
          why: reading.header.broken,
          header: option
            ? inScript({ source, range: { start: option.field.word.pos, end: option.field.word.end } })
            : range,
        }
      : { state: reading.header.state === 'none' ? 'none' : 'sent' };
  const problems = times.map((readings) => readings.every(({ problem }) => problem !== undefined));
  return {
    range,
    endpoint,
    client: request.client,
    token,
    problem: problems.every(Boolean) ? reading.problem : undefined,
    fallback: all.every(({ fallback }) => fallback) || isNamedV1(all),
    ...(all.every(isInContainer) ? { inContainer: true } : {}),
    address: address && inScript(address),
    held: held && { name: held[0], set: held[1] && inScript(held[1]) },
    proxy:
      all.every((other) => other.proxy) && proxy
        ? { name: proxy.name, set: proxy.set && inScript(proxy.set) }
        : undefined,
  };
}

/** Commands that run others in a container of the same host. */
const CONTAINERS = new Set(['docker', 'podman', 'nerdctl', 'ctr', 'crictl', 'kubectl', 'rkt']);

/** In a network of its own, one hop further away: a container that has the host's is on the host as far as requests go. */
function isInContainer({ request: { invocation } }: Reading): boolean {
  const { node, source, wrappers } = invocation;
  if (!wrappers.some((wrapper) => CONTAINERS.has(wrapper))) return false;
  return !/--net(?:work)?[= ]["']?host\b/.test(source.text.slice(node.pos, node.end));
}

function bestReading(readings: readonly Reading[]): Reading {
  const without = readings.find(({ optional, header }) => optional && header.state === 'none');
  if (without) return without;
  const rank = { sent: 0, maybe: 1, none: 3, broken: 2 } as const;
  return readings.reduce((best, next) => (rank[next.header.state] < rank[best.header.state] ? next : best));
}

/** A function called `..._v1` beside another way is kept on purpose. */
function isNamedV1(readings: readonly Reading[]): boolean {
  return readings.every(({ request }) => {
    const { calls } = request.invocation.context;
    return calls.some(({ name }) => /(?:^|[_-])(?:imds)?_?v1(?:$|[_-])/i.test(name));
  });
}

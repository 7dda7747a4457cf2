/** A PowerShell program as rules see it. */
import type { Language } from '../program/language';
import type { MetadataRequest, Program, TokenUse } from '../program/program';
import { isLiteral } from '../program/value';
import { contains, type Range } from '../text/range';
import { analysePowerShell, type Analysis } from './analyse';
import { embeddedDocuments } from './files';
import { deleteFallback } from './rewrite/fallback';
import { planTokens } from './rewrite/plan';
import { repairTokenRequest } from './rewrite/token-request';
import type { Reading, Site } from './sites';

/** Without any of these a program makes no request to the metadata service, so it need not be parsed. */
const METADATA = /169\.254|fd00:0?ec2|instance-data|2852039166|0xa9fea9fe|0251\.|[\ue000-\uf8ff]/i;
const OTHER_CLOUDS =
  /metadata\.google|computeMetadata|Metadata-Flavor|\/metadata\/instance|api-version=|\/openstack\/|\/opc\//i;

export const powershell: Language = {
  understand: ({ text, placeholders, oneLine }, { grammars }) => {
    const analysis = METADATA.test(text) ? analysePowerShell(text, grammars, placeholders) : undefined;
    return { program: programOf(text, analysis, oneLine ?? false), documents: embeddedDocuments(analysis, text) };
  },
};

function programOf(text: string, analysis: Analysis | undefined, oneLine: boolean): Program {
  const siteOf = new Map<MetadataRequest, Site>();
  for (const site of analysis?.sites ?? []) for (const request of requestsOf(site)) siteOf.set(request, site);
  const requests = [...siteOf.keys()].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  return {
    language: 'powershell',
    text,
    requests,
    permissions: [],
    mentionsOtherClouds: OTHER_CLOUDS.test(text),
    rewriter: {
      sendToken: (chosen, ttl) => {
        const sites = [...new Set(chosen.map((request) => siteOf.get(request)))].filter((site) => site !== undefined);
        return analysis && planTokens(analysis, sites, ttl, oneLine);
      },
      repairTokenRequest: (request, ttl) => analysis && repairTokenRequest(analysis, siteOf.get(request), ttl),
      bypassProxy: () => undefined,
      deleteFallback: (request) => analysis && deleteFallback(analysis, siteOf.get(request)),
    },
  };
}

/** One request for each place that has to be shown: the command, or every call that hands it an address. */
function requestsOf(site: Site): readonly MetadataRequest[] {
  const byPlace = new Map<string, { readonly range: Range; readonly times: (readonly Reading[])[] }>();
  for (const readings of site.times) {
    const range = shown(readings, site);
    const key = `${String(range.start)}:${String(range.end)}`;
    const entry = byPlace.get(key);
    if (entry) entry.times.push(readings);
    else byPlace.set(key, { range, times: [readings] });
  }
  return [...byPlace.values()].map(({ range, times }) => requestAt(range, times));
}

/** Where the address came in by a call, the call is what to look at. */
function shown([reading]: readonly Reading[], { node }: Site): Range {
  const via = reading?.via;
  if (via && !contains(node, via)) return via;
  // A request that is made first and sent later is where it is made.
  const form = reading?.request.form;
  const isMade = form?.kind === 'object' && form.objectKind === 'WebRequest';
  const { start, end } = isMade ? form.made : node;
  return { start, end };
}

function requestAt(range: Range, times: readonly (readonly Reading[])[]): MetadataRequest {
  // What is wrong at some time is wrong; of the readings of one time the best one counts, since which of them is meant is not known.
  const verdicts = times.map(bestReading);
  const reading =
    verdicts.find(({ header }) => header.state === 'none') ??
    verdicts.find(({ header }) => header.state === 'broken') ??
    verdicts[0];
  if (!reading) throw new Error('a site has at least one reading');
  const { request, endpoint, header, tokens } = reading;
  const [held] = tokens;
  const entry = header.header?.entry;
  const option = header.header?.option?.field.word;
  const at = entry ? entry.nameRange : option && { start: option.pos, end: option.end };
  const token: TokenUse =
    header.state === 'broken' && header.broken && endpoint.kind !== 'token'
      ? { state: 'broken', why: header.broken, header: at ?? range }
      : { state: header.state === 'none' ? 'none' : 'sent' };
  const address = request.url.find(isLiteral)?.set?.range;
  return {
    range,
    endpoint,
    client: request.client,
    token,
    problem: times.every((readings) => readings.every(({ problem }) => problem)) ? reading.problem : undefined,
    fallback: times.flat().every(({ fallback }) => fallback),
    address,
    held: held && { name: `$${held[0]}`, set: held[1] },
    proxy: undefined,
  };
}

function bestReading(readings: readonly Reading[]): Reading {
  const rank = { sent: 0, maybe: 1, none: 3, broken: 2 } as const;
  return readings.reduce((best, next) => (rank[next.header.state] < rank[best.header.state] ? next : best));
}

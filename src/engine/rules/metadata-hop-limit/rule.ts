import { integer, possibilities, text, type Datum } from '../../ec2/datum';
import { launchChain, launches } from '../../ec2/graph';
import type { AccountDefaults, LaunchSettings } from '../../ec2/model';
import type { MetadataRequest } from '../../program/program';
import { effectiveOption, whenAnswering } from '../imdsv1-allowed/rule';
import {
  programsIn,
  type ResourceContext,
  type ResourceFinding,
  type ResourceFix,
  type ResourceRule,
} from '../resource-rule';
import { rulePage } from '../rule';

/** One hop for the instance, one more for a container on it (EC2 User Guide, "Use IMDSv2", considerations). */
const ENOUGH = 2;

const SET = `Set the hop limit to ${String(ENOUGH)}`;

/** The limit counts for answers to token requests only: without a token a container is answered, or refused at once. */
function needsToken({ inContainer, endpoint, token }: MetadataRequest): boolean {
  return inContainer === true && (endpoint.kind === 'token' || token.state === 'sent');
}

function setLimit(launch: LaunchSettings, limit: Datum | undefined): readonly ResourceFix[] {
  const { edit } = launch;
  if (!edit) return [];
  return [
    {
      title: SET,
      safety: 'suggestion',
      edits: () =>
        (limit ? edit.replace(limit, ENOUGH) : undefined) ?? edit.set(['metadataOptions', 'hopLimit'], ENOUGH),
    },
  ];
}

/** The limit that the account gives to every launch that names none. */
function defaultFinding({ metadataOptions, address, silenced, edit }: AccountDefaults): ResourceFinding | undefined {
  const { hopLimit, httpEndpoint } = metadataOptions ?? {};
  const high = tooHigh(hopLimit);
  if (!high || text(httpEndpoint) === 'disabled') return undefined;
  const fixes: readonly ResourceFix[] = edit
    ? [{ title: SET, safety: 'suggestion', edits: () => edit.replace(high, ENOUGH) }]
    : [];
  return { resource: address, silenced, range: high.range, message: describe(high), fixes };
}

function tooHigh(limit: Datum | undefined): Datum | undefined {
  return possibilities(limit).find(({ datum }) => (integer(datum) ?? 0) > ENOUGH)?.datum;
}

function describe(limit: Datum): string {
  return `Token answers may travel ${String(integer(limit))} hops; ${String(ENOUGH)} are enough for containers. Each further hop lets them reach further machines.`;
}

function findingOf(launch: LaunchSettings, context: ResourceContext): ResourceFinding | undefined {
  const common = { resource: launch.address, silenced: launch.silenced };
  const chain = launchChain(launch, context.graph);
  if (whenAnswering(chain).length === 0) return undefined;
  const high = tooHigh(launch.metadataOptions.hopLimit);
  if (high) return { ...common, range: high.range, message: describe(high), fixes: setLimit(launch, high) };
  const limit = effectiveOption(chain, 'hopLimit');
  if (!limit || !possibilities(limit).every(({ datum }) => integer(datum) === 1)) return undefined;
  for (const owned of programsIn(chain, context)) {
    const request = owned.program.requests.find(needsToken);
    if (!request) continue;
    return {
      ...common,
      range: limit.range,
      message:
        'With a hop limit of 1 no token reaches a container, and the user data asks for metadata in one: the request hangs.',
      related: [{ range: owned.toDocument(request.range), message: 'This runs in a container.' }],
      fixes: setLimit(launch, limit),
    };
  }
  return undefined;
}

export const metadataHopLimit: ResourceRule = {
  meta: {
    id: 'metadata-hop-limit',
    title: 'Metadata hop limit',
    description:
      'The hop limit of token answers is higher than containers need, so that they may leave the instance; or it is 1 where its own user data asks for metadata in a container, which then gets no answer.',
    severity: 'information',
    fix: 'suggestion',
    url: rulePage('metadata-hop-limit'),
  },
  check: (context) => [
    ...launches(context.graph).flatMap((launch) => findingOf(launch, context) ?? []),
    ...context.graph.of('account-defaults').flatMap((defaults) => defaultFinding(defaults) ?? []),
  ],
};

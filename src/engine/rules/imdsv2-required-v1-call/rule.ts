import { mayBeUnknown, possibilities, text } from '../../ec2/datum';
import { launchChain, launches } from '../../ec2/graph';
import { effectiveOption, whenAnswering } from '../imdsv1-allowed/rule';
import {
  programsIn,
  type OwnedProgram,
  type ResourceContext,
  type ResourceFinding,
  type ResourceRule,
} from '../resource-rule';
import { rulePage } from '../rule';
import type { MetadataRequest } from '../../program/program';
import type { LaunchSettings } from '../../ec2/model';

function tokenlessCalls({ program }: OwnedProgram): readonly MetadataRequest[] {
  return program.requests.filter(
    ({ token, endpoint, fallback }) => token.state === 'none' && endpoint.kind !== 'token' && !fallback,
  );
}

function findingOf(launch: LaunchSettings, context: ResourceContext): ResourceFinding | undefined {
  const chain = launchChain(launch, context.graph);
  const tokens = effectiveOption(chain, 'httpTokens');
  const known = possibilities(tokens);
  if (!tokens || mayBeUnknown(tokens) || !known.every(({ datum }) => text(datum)?.toLowerCase() === 'required'))
    return undefined;
  if (whenAnswering(chain).length === 0) return undefined;
  const calling = programsIn(chain, context)
    .map((owned) => ({ owned, calls: tokenlessCalls(owned) }))
    .filter(({ calls }) => calls.length > 0);
  if (calling.length === 0) return undefined;
  const related = calling.flatMap(({ owned, calls }) =>
    calls.map(({ range, client }) => ({
      range: owned.toDocument(range),
      message: `${client} sends no token here: it will get 401.`,
    })),
  );
  const count = related.length === 1 ? 'a call' : `${String(related.length)} calls`;
  return {
    range: tokens.range,
    message: `Tokens are required here, but the user data still has ${count} to the metadata service without one. It gets 401 when the instance boots.`,
    resource: launch.address,
    related,
    silenced: launch.silenced,
    fixes: [
      {
        title: 'Fetch a token in the user data and send it',
        safety: 'safe',
        edits: () => {
          const edits = calling.map(({ owned, calls }) =>
            owned.editsInDocument(owned.program.rewriter.sendToken(calls, context.settings.tokenTtlSeconds)),
          );
          return edits.every((each) => each !== undefined) ? edits.flat() : undefined;
        },
      },
    ],
  };
}

export const imdsv2RequiredV1Call: ResourceRule = {
  meta: {
    id: 'imdsv2-required-v1-call',
    title: 'User data calls IMDSv1 where tokens are required',
    description:
      'Tokens are required on this instance, and its own user data still asks the metadata service without one. The call gets 401, and the script goes on with an empty answer or stops.',
    severity: 'error',
    fix: 'safe',
    url: rulePage('imdsv2-required-v1-call'),
  },
  check: (context) => launches(context.graph).flatMap((launch) => findingOf(launch, context) ?? []),
};

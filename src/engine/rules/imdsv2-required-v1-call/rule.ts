import { mayBeUnknown, possibilities, text } from '../../ec2/datum';
import { launchChain, launches } from '../../ec2/graph';
import { effectiveOption, whenAnswering } from '../imdsv1-allowed/rule';
import {
  allProgramsIn,
  type ResourceContext,
  type ResourceFinding,
  type ResourceFix,
  type ResourceRule,
} from '../resource-rule';
import { rulePage } from '../rule';
import { callingPrograms, filesOf, sendTokens, whereTheyAre, type CallingProgram } from '../tokenless-calls';
import type { LaunchSettings } from '../../ec2/model';
import type { Settings } from '../../settings';

function findingOf(launch: LaunchSettings, context: ResourceContext): ResourceFinding | undefined {
  const chain = launchChain(launch, context.graph);
  const tokens = effectiveOption(chain, 'httpTokens');
  const known = possibilities(tokens);
  if (!tokens || mayBeUnknown(tokens) || !known.every(({ datum }) => text(datum)?.toLowerCase() === 'required'))
    return undefined;
  if (whenAnswering(chain).length === 0) return undefined;
  const calling = callingPrograms(allProgramsIn(chain, context));
  if (calling.length === 0) return undefined;
  const related = calling.flatMap(({ owned, calls }) =>
    calls.map(({ range, client }) => ({
      ...(owned.uri === undefined ? {} : { uri: owned.uri }),
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
    fixes: () => sendingFix(calling, context.settings),
  };
}

function sendingFix(calling: readonly CallingProgram[], settings: Settings): readonly ResourceFix[] {
  const spread = sendTokens(calling, settings);
  if (!spread) return [];
  const { safety, here, elsewhere } = spread;
  const [file] = filesOf(calling);
  if (file === undefined) {
    return [{ title: 'Fetch a token in the user data and send it', safety, edits: () => here }];
  }
  return [
    {
      title: `Fetch a token in ${whereTheyAre(calling)} and send it`,
      safety: 'suggestion',
      edits: () => here,
      elsewhere: () => elsewhere,
    },
  ];
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

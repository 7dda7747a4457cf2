import { isPossible, mayBeUnknown, possibilities, text, type Datum, type Possibility } from '../../ec2/datum';
import { launchChain, launches, withoutIndex, type LaunchChain } from '../../ec2/graph';
import type { AccountDefaults, Image, LaunchSettings, MetadataOptions } from '../../ec2/model';
import { describeConditions } from '../exposure-findings';
import type { TextEdit } from '../../text/range';
import {
  allProgramsIn,
  setOrReplace,
  type OwnedProgram,
  type ResourceContext,
  type ResourceFinding,
  type ResourceFix,
  type ResourceRule,
} from '../resource-rule';
import { rulePage } from '../rule';
import { callingPrograms, combine, countCalls, filesOf, sendTokens, whereTheyAre } from '../tokenless-calls';

/** The nearest that is set of one of the metadata options. */
export function effectiveOption(chain: LaunchChain, name: Exclude<keyof MetadataOptions, 'range'>): Datum | undefined {
  const own = chain.settings.map(({ metadataOptions }) => metadataOptions[name]).find((option) => option !== undefined);
  return own ?? chain.defaults?.metadataOptions?.[name];
}

/** Amazon Linux 2023 images bring required tokens (EC2 User Guide, "Configure the Instance Metadata Service options"). */
const BRINGS_REQUIRED = /al2023|amazon-linux-2023|amzn2023/i;

function imageBringsRequired({ image, settings }: LaunchChain): boolean {
  if (image && text(image.imdsSupport) === 'v2.0') return true;
  return settings.some(({ imageId, imageNames }) =>
    [imageId, ...imageNames].some((name) => BRINGS_REQUIRED.test(text(name) ?? '')),
  );
}

/** What the launch runs; user data of a resource that is there several times is that of all of them. */
function programsOf(chain: LaunchChain, context: ResourceContext): readonly OwnedProgram[] {
  const settings = chain.settings.map((each) => ({ ...each, address: withoutIndex(each.address) }));
  const own = allProgramsIn(chain, context);
  return own.length > 0 ? own : allProgramsIn({ ...chain, settings }, context);
}

/** Best first: what breaks nothing, then what does and says so. */
function requireTokens(
  { edit }: LaunchSettings,
  chain: LaunchChain,
  context: ResourceContext,
  optional?: Datum,
): readonly ResourceFix[] {
  if (!edit) return [];
  const TITLE = 'Require tokens (IMDSv2)';
  const require = (): readonly TextEdit[] | undefined =>
    setOrReplace(edit, ['metadataOptions', 'httpTokens'], 'required', optional);
  const calling = callingPrograms(programsOf(chain, context));
  if (calling.length === 0) return [{ title: TITLE, safety: 'suggestion', edits: require }];
  const count = countCalls(calling);
  const places = count === 1 ? '1 place' : `${String(count)} places`;
  const files = filesOf(calling).length === 0 ? '' : ` (${whereTheyAre(calling)})`;
  const alone: ResourceFix = {
    title: `${TITLE}, though its script still calls IMDSv1 in ${places}${files}`,
    safety: 'suggestion',
    edits: require,
  };
  const sending = sendTokens(calling, context.settings);
  if (sending?.safety !== 'safe') return [alone];
  const { here, elsewhere } = sending;
  const both: ResourceFix = {
    title: `${TITLE} and send one in ${whereTheyAre(calling)}`,
    safety: 'suggestion',
    edits: () => {
      const required = require();
      return required && combine(required, here);
    },
    ...(elsewhere.length > 0 ? { elsewhere: () => elsewhere } : {}),
  };
  return [both, alone];
}

/** When the metadata service answers at all: never where it is turned off, and nobody knows where that is not known. */
export function whenAnswering(chain: LaunchChain): readonly Possibility[] {
  const endpoint = effectiveOption(chain, 'httpEndpoint');
  return mayBeUnknown(endpoint) ? [] : possibilities(endpoint).filter(({ datum }) => text(datum) !== 'disabled');
}

function finding(launch: LaunchSettings, context: ResourceContext): ResourceFinding | undefined {
  const chain = launchChain(launch, context.graph);
  const answering = whenAnswering(chain);
  const own = launch.metadataOptions.httpTokens;
  const known = possibilities(own).filter(({ when }) =>
    answering.some((answer) => isPossible([...when, ...answer.when])),
  );
  const common = { resource: launch.address, silenced: launch.silenced };
  const optional = known.find(({ datum }) => text(datum)?.toLowerCase() === 'optional');
  if (optional?.datum) {
    const { datum, when } = optional;
    return {
      ...common,
      range: datum.range,
      message: `IMDSv1 is allowed here: tokens are optional${describeConditions(when)}.`,
      fixes: () => requireTokens(launch, chain, context, datum),
    };
  }
  const leftOut = known.find(({ datum }) => datum === undefined);
  if (!leftOut || inherits(chain)) return undefined;
  return {
    ...common,
    range: own?.range ?? launch.metadataOptions.range ?? launch.head,
    severity: 'information',
    message: `Nothing here requires tokens${describeConditions(leftOut.when)}, so IMDSv1 is allowed unless the AMI or the account's default for the region requires IMDSv2.`,
    fixes: () => requireTokens(launch, chain, context),
  };
}

/** True where something else decides: the launch template, the account's default, the image. */
function inherits(chain: LaunchChain): boolean {
  if (chain.leadsElsewhere || chain.settings.length > 1) return true;
  const byAccount = chain.defaults?.metadataOptions?.httpTokens;
  if (possibilities(byAccount).some(({ datum }) => datum !== undefined && text(datum) !== 'no-preference')) return true;
  return imageBringsRequired(chain);
}

/** The account's default for the region, which counts for every launch that says nothing. */
function defaultFinding({ metadataOptions, address, silenced, edit }: AccountDefaults): ResourceFinding | undefined {
  const { httpTokens, httpEndpoint } = metadataOptions ?? {};
  const optional = possibilities(httpTokens).find(({ datum }) => text(datum) === 'optional');
  if (!optional?.datum || text(httpEndpoint) === 'disabled') return undefined;
  const { datum, when } = optional;
  return {
    resource: address,
    silenced,
    range: datum.range,
    message: `IMDSv1 is allowed for every instance of the region that does not say otherwise: tokens are optional by default${describeConditions(when)}.`,
    fixes: edit
      ? [
          {
            title: 'Require tokens (IMDSv2) by default',
            safety: 'suggestion',
            edits: () => edit.replace(datum, 'required'),
          },
        ]
      : [],
  };
}

/** An image that has no more than its file says (EC2 User Guide, "Configure the AMI"). */
function imageFinding({ isRegistered, imdsSupport, ...image }: Image): ResourceFinding | undefined {
  const leftOut = possibilities(imdsSupport).find(({ datum }) => datum === undefined);
  if (!leftOut || !isRegistered) return undefined;
  const { address, silenced, head, edit } = image;
  return {
    resource: address,
    silenced,
    range: imdsSupport?.range ?? head,
    severity: 'information',
    message: `Nothing here has instances of this image require tokens${describeConditions(leftOut.when)}, so they allow IMDSv1 unless their launch or the account's default for the region requires IMDSv2.`,
    fixes: edit
      ? [
          {
            title: 'Require tokens (IMDSv2) of its instances by default',
            safety: 'suggestion',
            edits: () => edit.set(['imdsSupport'], 'v2.0'),
          },
        ]
      : [],
  };
}

export const imdsv1Allowed: ResourceRule = {
  meta: {
    id: 'imdsv1-allowed',
    title: 'IMDSv1 is allowed',
    description:
      'An instance, launch template, launch configuration, image or account default that does not require tokens for instance metadata. Whoever can make the instance send a request, through a hole in what it runs, reads the credentials of its role.',
    severity: 'warning',
    fix: 'suggestion',
    url: rulePage('imdsv1-allowed'),
  },
  check: (context) => [
    ...launches(context.graph).flatMap((launch) => finding(launch, context) ?? []),
    ...context.graph.of('account-defaults').flatMap((defaults) => defaultFinding(defaults) ?? []),
    ...context.graph.of('image').flatMap((image) => imageFinding(image) ?? []),
  ],
};

import { possibilities, text, type Datum } from '../../ec2/datum';
import { launchChain, launches, type LaunchChain } from '../../ec2/graph';
import type { LaunchSettings, MetadataOptions } from '../../ec2/model';
import { describeConditions } from '../exposure-findings';
import type { ResourceContext, ResourceFinding, ResourceFix, ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';

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

/** True where a call without a token is left in the user data. */
function callsV1(launch: LaunchSettings, context: ResourceContext): boolean {
  return context
    .programsOf(launch.address)
    .some(({ program }) =>
      program.requests.some(
        ({ token, endpoint, fallback }) => token.state === 'none' && endpoint.kind !== 'token' && !fallback,
      ),
    );
}

function requireTokens(launch: LaunchSettings, context: ResourceContext): readonly ResourceFix[] {
  const { edit } = launch;
  if (!edit) return [];
  const warning = callsV1(launch, context) ? ' (its user data still calls IMDSv1: fix that first)' : '';
  return [
    {
      title: `Require tokens (IMDSv2)${warning}`,
      safety: 'suggestion',
      edits: () => edit.set(['metadataOptions', 'httpTokens'], 'required'),
    },
  ];
}

function finding(launch: LaunchSettings, context: ResourceContext): ResourceFinding | undefined {
  const chain = launchChain(launch, context.graph);
  const common = { resource: launch.address, silenced: launch.silenced, fixes: requireTokens(launch, context) };
  if (possibilities(effectiveOption(chain, 'httpEndpoint')).some(({ datum }) => text(datum) === 'disabled'))
    return undefined;
  const own = launch.metadataOptions.httpTokens;
  const optional = possibilities(own).find(({ datum }) => text(datum)?.toLowerCase() === 'optional');
  if (optional?.datum) {
    return {
      ...common,
      range: optional.datum.range,
      message: `IMDSv1 is allowed here: tokens are optional${describeConditions(optional.when)}.`,
    };
  }
  if (own !== undefined || inherits(chain)) return undefined;
  return {
    ...common,
    range: launch.metadataOptions.range ?? launch.head,
    severity: 'information',
    message:
      "Nothing here requires tokens, so IMDSv1 is allowed unless the AMI or the account's default for the region requires IMDSv2.",
  };
}

/** True where something else decides: the launch template, the account's default, the image. */
function inherits(chain: LaunchChain): boolean {
  if (chain.leadsElsewhere || chain.settings.length > 1) return true;
  if (chain.defaults?.metadataOptions?.httpTokens) return true;
  return imageBringsRequired(chain);
}

export const imdsv1Allowed: ResourceRule = {
  meta: {
    id: 'imdsv1-allowed',
    title: 'IMDSv1 is allowed',
    description:
      'An instance, launch template or launch configuration that does not require tokens for instance metadata. Whoever can make the instance send a request, through a hole in what it runs, reads the credentials of its role.',
    severity: 'warning',
    fix: 'suggestion',
    url: rulePage('imdsv1-allowed'),
  },
  check: (context) => launches(context.graph).flatMap((launch) => finding(launch, context) ?? []),
};

// What the proxy answers in moto's place, each with the document of AWS that it follows. All else is moto's own answer.
import { imdsSupport } from './images.mjs';
import { launchTemplateVersions, pagedTemplates } from './launch-templates.mjs';
import { metadataDefaults } from './metadata-defaults.mjs';
import { errorReply, ec2Reply } from './reply.mjs';
import { metadataOptions } from './metadata-options.mjs';
import { metrics } from './metrics.mjs';
import { paged } from './paging.mjs';
import { securityGroups } from './security-groups.mjs';

/** @typedef {import('./call.mjs').Call} Call */
/** @typedef {import('./proxy.mjs').Rule} Rule */

/**
 * @typedef {object} Answer
 * @property {string} what moto lacks
 * @property {string} document of AWS
 * @property {() => Rule} make a rule with a memory of its own
 */

const EC2 = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/';
const STS = 'https://docs.aws.amazon.com/STS/latest/APIReference/';

/** @param {string} action @param {string} set @param {number} [least] @returns {Answer} */
function pages(action, set, least = 5) {
  return {
    what: `${action}: pages, and the limits of MaxResults`,
    document: `${EC2}API_${action}.html`,
    make: () => paged({ action, set, least, most: 1000 }),
  };
}

/** @type {readonly Answer[]} */
export const ANSWERS = [
  // One instance makes one reservation here, so that counting either is the same.
  pages('DescribeInstances', 'reservationSet'),
  pages('DescribeNetworkInterfaces', 'networkInterfaceSet'),
  pages('DescribeSecurityGroups', 'securityGroupInfo'),
  pages('DescribeVolumes', 'volumeSet', 1),
  {
    what: 'ModifyInstanceMetadataOptions: options not sent keep their value, values are checked, DryRun changes nothing, pending for two looks, refused on a terminated instance',
    document: `${EC2}API_ModifyInstanceMetadataOptions.html`,
    make: metadataOptions,
  },
  {
    what: 'PutMetricData and GetMetricData: namespaces, 500 queries and 100,800 points a request, pages; sums only',
    document: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html',
    make: metrics,
  },
  {
    what: 'GetInstanceMetadataDefaults, ModifyInstanceMetadataDefaults: HttpTokensEnforced and all; values are checked, DryRun changes nothing',
    document: `${EC2}API_ModifyInstanceMetadataDefaults.html`,
    make: metadataDefaults,
  },
  {
    what: 'DescribeLaunchTemplates: pages, and all of them',
    document: `${EC2}API_DescribeLaunchTemplates.html`,
    make: () => pagedTemplates({ action: 'DescribeLaunchTemplates', set: 'launchTemplates' }),
  },
  {
    what: 'DescribeLaunchTemplateVersions: pages, and all of them',
    document: `${EC2}API_DescribeLaunchTemplateVersions.html`,
    make: () => pagedTemplates({ action: 'DescribeLaunchTemplateVersions', set: 'launchTemplateVersionSet' }),
  },
  {
    what: 'CreateLaunchTemplateVersion: SourceVersion is inherited, what is given takes its place, devices from snapshots are not; DeleteLaunchTemplateVersions',
    document: `${EC2}API_CreateLaunchTemplateVersion.html`,
    make: launchTemplateVersions,
  },
  {
    what: 'ModifyImageAttribute, RegisterImage, DescribeImages: ImdsSupport is kept and shown, and cannot be taken back',
    document: `${EC2}API_ModifyImageAttribute.html`,
    make: imdsSupport,
  },
  {
    what: 'DeleteSecurityGroup: refused for the default group, and while a network interface has it or a rule of another group names it; ModifyNetworkInterfaceAttribute: the groups of its instance follow, and groups that are not there are refused',
    document: `${EC2}API_DeleteSecurityGroup.html`,
    make: securityGroups,
  },
  {
    what: 'GetEbsDefaultKmsKeyId: the key that AWS manages',
    document: `${EC2}API_GetEbsDefaultKmsKeyId.html`,
    make: () => fixed('GetEbsDefaultKmsKeyId', '<kmsKeyId>alias/aws/ebs</kmsKeyId>'),
  },
  {
    what: 'GetSnapshotBlockPublicAccessState: unblocked, as in an account that was never told otherwise',
    document: `${EC2}API_GetSnapshotBlockPublicAccessState.html`,
    make: () => fixed('GetSnapshotBlockPublicAccessState', '<state>unblocked</state><managedBy>account</managedBy>'),
  },
  {
    what: 'DescribeInstanceConnectEndpoints: none',
    document: `${EC2}API_DescribeInstanceConnectEndpoints.html`,
    make: () => fixed('DescribeInstanceConnectEndpoints', '<instanceConnectEndpointSet/>'),
  },
  {
    what: 'AssumeRole and GetSessionToken: a code of an MFA device may be wrong (000000 is), and a role may want one (BreakGlass does)',
    document: `${STS}API_AssumeRole.html`,
    make: () => mfa,
  },
  {
    what: 'AssumeRole: of a role that is not there (its name begins with Missing)',
    document: `${STS}API_AssumeRole.html`,
    make: () => missingRole,
  },
];

/** The rules, each with a fresh memory. @returns {Rule[]} */
export function standingAnswers() {
  return ANSWERS.map(({ make }) => make());
}

/** @param {string} action @param {string} content @returns {Rule} */
function fixed(action, content) {
  return (call) => (call.action === action ? ec2Reply(action, content) : undefined);
}

/** @type {Rule} */
function mfa(call) {
  const role = call.parameters.get('RoleArn') ?? '';
  if (call.action !== 'GetSessionToken' && call.action !== 'AssumeRole') return undefined;
  const code = call.parameters.get('TokenCode');
  if (code === null && !role.endsWith('/BreakGlass')) return undefined;
  if (code !== null && /^\d{6}$/.test(code) && code !== '000000') return undefined;
  const message =
    code === null
      ? `User: arn:aws:iam::${call.account}:user/anna is not authorized to perform: sts:AssumeRole on resource: ${role}`
      : 'MultiFactorAuthentication failed with invalid MFA one time pass code. ';
  return errorReply(call, { status: 403, code: 'AccessDenied', message });
}

/** @type {Rule} */
function missingRole(call) {
  const role = call.parameters.get('RoleArn') ?? '';
  if (call.action !== 'AssumeRole' || !role.includes(':role/Missing')) return undefined;
  const message = `User: arn:aws:iam::${call.account}:user/anna is not authorized to perform: sts:AssumeRole on resource: ${role}`;
  return errorReply(call, { status: 403, code: 'AccessDenied', message });
}

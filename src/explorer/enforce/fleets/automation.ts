/**
 * Starts AWS's own runbook `AWSSupport-ConfigureEC2Metadata` on many instances: the input of `aws ssm start-automation-execution` (Systems Manager API
 * Reference, StartAutomationExecution; Automation runbook reference, AWSSupport-ConfigureEC2Metadata).
 */
import { l10n } from '../../l10n';
import { quoted, toText, type FleetDocument } from './document';

export type FleetTarget =
  | { readonly by: 'tag'; readonly key: string; readonly values: readonly string[] }
  | { readonly by: 'resource-group'; readonly name: string }
  | { readonly by: 'ids'; readonly ids: readonly string[] };

/** Other accounts and regions than the one that it is started in. */
export interface FleetLocations {
  /** Twelve digits each, or organizational units: `ou-ab12-11111111`. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** The role that each account has for it. */
  readonly executionRole: string;
  /** How many accounts and regions at once: a number, or a percentage. */
  readonly maxConcurrency: string;
  readonly maxErrors: string;
}

export interface AutomationChoice {
  readonly target: FleetTarget;
  /** How many instances at once: `10`, `10%`. */
  readonly maxConcurrency: string;
  /** After how many failures it stops: `0`, `5%`. */
  readonly maxErrors: string;
  /** 1 to 64; undefined leaves each instance's as it is. */
  readonly hopLimit: number | undefined;
  /** An ARN; undefined runs it as the caller. */
  readonly assumeRole: string | undefined;
  readonly locations: FleetLocations | undefined;
}

export const DOCUMENT = 'AWSSupport-ConfigureEC2Metadata';
/** What AWS names the role in its own templates. */
export const EXECUTION_ROLE = 'AWS-SystemsManager-AutomationExecutionRole';

/** Why a text will not do; undefined where it will. The shapes of the API's model. */
export const WRONG = {
  concurrency: (text: string): string | undefined =>
    text.length <= 7 && /^([1-9]\d*|[1-9]\d?%|100%)$/.test(text)
      ? undefined
      : l10n.t('A number from 1, or a percentage from 1% to 100%'),
  errors: (text: string): string | undefined =>
    text.length <= 7 && /^(\d|[1-9]\d+|\d%|[1-9]\d%|100%)$/.test(text)
      ? undefined
      : l10n.t('A number from 0, or a percentage from 0% to 100%'),
  tagKey: (text: string): string | undefined =>
    text.length >= 1 && text.length <= 128 && /^[\p{L}\p{Z}\p{N}_.:/=\-@]*$/u.test(text)
      ? undefined
      : l10n.t('Up to 128 letters, digits, spaces and _ . : / = - @'),
  values: (texts: readonly string[]): string | undefined =>
    texts.length >= 1 && texts.length <= 50 && texts.every((text) => text !== '')
      ? undefined
      : l10n.t('One to 50 values'),
  accounts: (texts: readonly string[]): string | undefined =>
    texts.length >= 1 &&
    texts.length <= 50 &&
    texts.every((text) => /^(\d{12}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})$/.test(text))
      ? undefined
      : l10n.t('One to 50 accounts of twelve digits, or organizational units'),
  regions: (texts: readonly string[]): string | undefined =>
    texts.length >= 1 && texts.length <= 50 && texts.every((text) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(text))
      ? undefined
      : l10n.t('One to 50 regions'),
  role: (text: string): string | undefined =>
    /^[\w+=,.@/-]{1,64}$/.test(text) ? undefined : l10n.t('The name of a role'),
  roleArn: (text: string): string | undefined =>
    /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(text) ? undefined : l10n.t('The ARN of a role'),
  hopLimit: (text: string): string | undefined =>
    /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= 64
      ? undefined
      : l10n.t('A whole number from 1 to 64'),
} as const;

function targetsOf(target: FleetTarget): { readonly Key: string; readonly Values: readonly string[] } {
  switch (target.by) {
    case 'tag':
      return { Key: `tag:${target.key}`, Values: target.values };
    case 'resource-group':
      return { Key: 'ResourceGroup', Values: [target.name] };
    case 'ids':
      return { Key: 'ParameterValues', Values: target.ids };
  }
}

/** @throws Error for a choice that the API would refuse */
export function automationInput(choice: AutomationChoice) {
  assertFits(choice);
  const { target, maxConcurrency, maxErrors, hopLimit, assumeRole, locations } = choice;
  return {
    DocumentName: DOCUMENT,
    Parameters: {
      EnforceIMDSv2: ['required'],
      // 0 keeps the hop limit of each instance.
      HttpPutResponseHopLimit: [String(hopLimit ?? 0)],
      MetadataAccess: ['enabled'],
      ...(assumeRole === undefined ? {} : { AutomationAssumeRole: [assumeRole] }),
    },
    TargetParameterName: 'InstanceId',
    Targets: [targetsOf(target)],
    MaxConcurrency: maxConcurrency,
    MaxErrors: maxErrors,
    ...(locations === undefined
      ? {}
      : {
          TargetLocations: [
            {
              Accounts: locations.accounts,
              Regions: locations.regions,
              ExecutionRoleName: locations.executionRole,
              TargetLocationMaxConcurrency: locations.maxConcurrency,
              TargetLocationMaxErrors: locations.maxErrors,
            },
          ],
        }),
  };
}

function assertFits({ target, maxConcurrency, maxErrors, hopLimit, assumeRole, locations }: AutomationChoice): void {
  const wrong = [
    WRONG.concurrency(maxConcurrency),
    WRONG.errors(maxErrors),
    hopLimit === undefined ? undefined : WRONG.hopLimit(String(hopLimit)),
    assumeRole === undefined ? undefined : WRONG.roleArn(assumeRole),
    ...wrongTarget(target),
    ...(locations === undefined
      ? []
      : [
          WRONG.accounts(locations.accounts),
          WRONG.regions(locations.regions),
          WRONG.role(locations.executionRole),
          WRONG.concurrency(locations.maxConcurrency),
          WRONG.errors(locations.maxErrors),
        ]),
  ].filter((each) => each !== undefined);
  if (wrong.length > 0) throw new Error(wrong.join('; '));
}

function wrongTarget(target: FleetTarget): readonly (string | undefined)[] {
  switch (target.by) {
    case 'tag':
      return [WRONG.tagKey(target.key), WRONG.values(target.values)];
    case 'resource-group':
      return [WRONG.values([target.name])];
    case 'ids':
      return [WRONG.values(target.ids)];
  }
}

export function automationDocument(
  choice: AutomationChoice,
  where: { readonly profile: string; readonly account: string; readonly region: string },
): FleetDocument {
  const who = `--profile ${quoted(where.profile) ?? 'PROFILE'} --region ${where.region}`;
  return {
    fileName: 'start-automation.json',
    text: toText(automationInput(choice)),
    meaning: meaningOf(choice, where),
    commands: [`aws ssm start-automation-execution ${who} --cli-input-json "file://FILE"`],
  };
}

function meaningOf(choice: AutomationChoice, where: { readonly account: string; readonly region: string }): string {
  const { target, maxConcurrency, maxErrors, hopLimit, assumeRole, locations } = choice;
  const places =
    locations === undefined
      ? l10n.t('in {0} of account {1}', where.region, where.account)
      : l10n.t('in {0}, in each of {1}', locations.regions.join(', '), locations.accounts.join(', '));
  const lines = [
    `# ${l10n.t('Requires IMDSv2 on instances, by Systems Manager Automation')}`,
    '',
    l10n.t(
      'Nothing has been sent. This starts AWS’s runbook {0}, which changes each instance and looks at it again.',
      `\`${DOCUMENT}\``,
    ),
    '',
    `- ${l10n.t('**Which instances:** {0}, {1}', targetInWords(target), places)}`,
    `- ${l10n.t('**What changes:** tokens are required. {0}', hopsInWords(hopLimit))}`,
    `- ${l10n.t('**How many at once:** {0}. It bears {1} failures and stops at one more; what is under way then goes on.', maxConcurrency, maxErrors)}`,
    ...(locations === undefined
      ? []
      : [
          `- ${l10n.t('**Accounts and regions at once:** {0}. It bears {1} of them failing and stops at one more.', locations.maxConcurrency, locations.maxErrors)}`,
          `- ${l10n.t('**In each account** the role {0} does it, which must be there and trust the account that starts it, {1}.', `\`${locations.executionRole}\``, where.account)}`,
        ]),
    `- ${assumeRole === undefined ? l10n.t('**Who:** the caller, who needs ec2:DescribeInstances, ec2:ModifyInstanceMetadataOptions, ssm:StartAutomationExecution and ssm:GetAutomationExecution.') : l10n.t('**Who:** {0}, which needs ec2:DescribeInstances, ec2:ModifyInstanceMetadataOptions, ssm:StartAutomationExecution and ssm:GetAutomationExecution.', `\`${assumeRole}\``)}`,
    '',
    `## ${l10n.t('Before you start it')}`,
    '',
    `- ${l10n.t('The runbook looks at no evidence: an instance that still makes calls without a token breaks. Look at the verdicts first, by “Require IMDSv2 on Many…”.')}`,
    `- ${l10n.t('MetadataAccess is `enabled`, as the runbook has no way to leave it: an instance whose metadata service is switched off may get it switched on. Leave such instances out.')}`,
    `- ${l10n.t('EC2 Warden keeps no log of it and has no undo for it: Automation keeps its own record. To go back, start it with EnforceIMDSv2 `optional`.')}`,
  ];
  return `${lines.join('\n')}\n`;
}

function targetInWords(target: FleetTarget): string {
  switch (target.by) {
    case 'tag':
      return l10n.t(
        'those with the tag {0} = {1}',
        `\`${target.key}\``,
        target.values.map((value) => `\`${value}\``).join(', '),
      );
    case 'resource-group':
      return l10n.t('those of the resource group {0}', `\`${target.name}\``);
    case 'ids':
      return target.ids.map((id) => `\`${id}\``).join(', ');
  }
}

function hopsInWords(hopLimit: number | undefined): string {
  return hopLimit === undefined
    ? l10n.t('The hop limit of each stays as it is.')
    : l10n.t('The hop limit becomes {0} on all of them.', hopLimit);
}

import { PLAN_VERDICTS, PLAN_VERSION } from '../../src/aws/metadata-options/plan/plan';
import { ACCOUNT_ID, INSTANCE_ID, REGION_NAME, UTC_TIME } from '../../src/aws/metadata-options/plan/read-plan';

/** The JSON schema of plans, for completion and checks by editors: made of the same facts that plans are read by. */
export function planSchema(): object {
  const text = (pattern: RegExp, description: string): object => ({
    type: 'string',
    pattern: pattern.source,
    description,
  });
  const options = (description: string, least: number): object => ({
    type: 'object',
    description,
    additionalProperties: false,
    ...(least > 0 ? { minProperties: least } : {}),
    properties: {
      tokens: { enum: ['optional', 'required'], description: 'Whether a request needs a token: required is IMDSv2.' },
      endpoint: { enum: ['enabled', 'disabled'], description: 'Whether the metadata service answers at all.' },
      hopLimit: {
        type: 'integer',
        minimum: 1,
        maximum: 64,
        description: 'How many network hops an answer to a request for a token survives; containers need 2.',
      },
      ipv6: { enum: ['enabled', 'disabled'], description: 'Whether it answers on its IPv6 address.' },
      instanceTags: { enum: ['enabled', 'disabled'], description: 'Whether the tags of the instance are in it.' },
    },
  });
  const change = {
    type: 'object',
    additionalProperties: false,
    required: ['instance', 'account', 'region', 'before', 'set', 'verdict'],
    properties: {
      instance: text(INSTANCE_ID, 'The id of the instance.'),
      name: { type: 'string', description: 'Its name, for people.' },
      account: text(ACCOUNT_ID, 'The account of the plan.'),
      region: text(REGION_NAME, 'One of the regions of the plan.'),
      before: options('The options as they were when the plan was made.', 0),
      set: options('The options as they are to be. What is left out stays as it is.', 1),
      verdict: { enum: PLAN_VERDICTS, description: 'What the evidence said when the plan was made.' },
      reasons: { type: 'array', items: { type: 'string' }, description: 'What led to the verdict, for people.' },
    },
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'EC2 Warden plan',
    description: 'Which instances of one account are to get which metadata options: see docs/plans.md.',
    type: 'object',
    additionalProperties: false,
    required: ['version', 'createdAt', 'account', 'regions', 'changes'],
    properties: {
      version: { const: PLAN_VERSION, description: 'The version of this format.' },
      createdAt: text(UTC_TIME, 'When the plan was made, in UTC.'),
      account: text(ACCOUNT_ID, 'The one account that the plan is of.'),
      regions: { type: 'array', items: text(REGION_NAME, 'A region.'), description: 'All regions of its changes.' },
      changes: { type: 'array', items: change, description: 'One for each instance.' },
    },
  };
}

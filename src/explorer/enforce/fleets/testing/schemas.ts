/** The documented shapes of what is written, as JSON schemas of our own. */

const assigned = (schema: object): object => ({
  type: 'object',
  required: ['@@assign'],
  additionalProperties: false,
  properties: { '@@assign': schema },
});

/**
 * Organizations User Guide, "Declarative policy syntax and examples", instance metadata defaults. `http_tokens_enforced` is newer than the stored page: its values are
 * those of EC2's `HttpTokensEnforced`.
 */
export const DECLARATIVE_POLICY = {
  type: 'object',
  required: ['ec2_attributes'],
  additionalProperties: false,
  properties: {
    ec2_attributes: {
      type: 'object',
      required: ['instance_metadata_defaults'],
      additionalProperties: false,
      properties: {
        exception_message: assigned({ type: 'string', minLength: 1 }),
        instance_metadata_defaults: {
          type: 'object',
          minProperties: 1,
          additionalProperties: false,
          properties: {
            http_tokens: assigned({ enum: ['no_preference', 'required', 'optional'] }),
            http_put_response_hop_limit: assigned({ type: 'string', pattern: '^(-1|[1-9]|[1-5][0-9]|6[0-4])$' }),
            http_endpoint: assigned({ enum: ['no_preference', 'enabled', 'disabled'] }),
            instance_metadata_tags: assigned({ enum: ['no_preference', 'enabled', 'disabled'] }),
            http_tokens_enforced: assigned({ enum: ['no_preference', 'enabled', 'disabled'] }),
          },
        },
      },
    },
  },
};

const texts = (item: object, most: number, least = 0): object => ({
  type: 'array',
  minItems: least,
  maxItems: most,
  items: item,
});
const CONCURRENCY = { type: 'string', minLength: 1, maxLength: 7, pattern: '^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$' };
const ERRORS = { type: 'string', minLength: 1, maxLength: 7, pattern: '^([1-9][0-9]*|[0]|[1-9][0-9]%|[0-9]%|100%)$' };

/** Systems Manager API Reference, StartAutomationExecution, with the parameters that AWSSupport-ConfigureEC2Metadata declares. */
export const START_AUTOMATION = {
  type: 'object',
  required: ['DocumentName', 'Parameters', 'TargetParameterName', 'Targets', 'MaxConcurrency', 'MaxErrors'],
  additionalProperties: false,
  properties: {
    DocumentName: { const: 'AWSSupport-ConfigureEC2Metadata' },
    Parameters: {
      type: 'object',
      additionalProperties: false,
      properties: {
        EnforceIMDSv2: { const: ['required'] },
        MetadataAccess: { enum: [['enabled'], ['disabled']] },
        HttpPutResponseHopLimit: texts({ type: 'string', pattern: '^([0-9]|[1-5][0-9]|6[0-4])$' }, 1, 1),
        AutomationAssumeRole: texts(
          { type: 'string', pattern: '^arn:[^:]+:iam::[0-9]{12}:role/.+$', maxLength: 512 },
          1,
          1,
        ),
      },
    },
    TargetParameterName: { const: 'InstanceId' },
    Targets: texts(
      {
        type: 'object',
        required: ['Key', 'Values'],
        additionalProperties: false,
        properties: {
          Key: { type: 'string', minLength: 1, maxLength: 163, pattern: '^[\\p{L}\\p{Z}\\p{N}_.:/=\\-@]*$' },
          Values: texts({ type: 'string', minLength: 1 }, 50, 1),
        },
      },
      1,
      1,
    ),
    MaxConcurrency: CONCURRENCY,
    MaxErrors: ERRORS,
    TargetLocations: texts(
      {
        type: 'object',
        required: ['Accounts', 'Regions', 'ExecutionRoleName'],
        additionalProperties: false,
        properties: {
          Accounts: texts({ type: 'string' }, 50, 1),
          Regions: texts({ type: 'string' }, 50, 1),
          ExecutionRoleName: { type: 'string', minLength: 1, maxLength: 64, pattern: '^[\\w+=,.@/-]+$' },
          TargetLocationMaxConcurrency: CONCURRENCY,
          TargetLocationMaxErrors: ERRORS,
        },
      },
      100,
      1,
    ),
  },
};

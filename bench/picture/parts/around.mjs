// What stands around instances: roles, functions, stacks, buckets, alarms.
import { NO_VALUE, attribute, equals, findInMap, join, not, ref, sub, when } from './functions.mjs';
import { allow, resource, tagged, trust } from './resource.mjs';

/** @typedef {import('./resource.mjs').MakePart} MakePart */

const ARTIFACTS = sub('arn:${AWS::Partition}:s3:::${ArtifactBucket}');

/** What roles of instances are allowed. */
const STATEMENTS = [
  allow(['s3:ListBucket', 's3:GetBucketLocation'], ARTIFACTS),
  allow(['s3:GetObject'], [sub('arn:${AWS::Partition}:s3:::${ArtifactBucket}/*'), ARTIFACTS]),
  allow(['ec2:DescribeInstances', 'ec2:DescribeTags', 'ec2:DescribeVolumes'], '*'),
  allow(
    ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
    sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/service/*'),
  ),
  allow(['cloudformation:DescribeStackResource', 'cloudformation:SignalResource'], ref('AWS::StackId')),
  allow(['sns:Publish'], [ref('NotificationTopic')]),
  allow(
    ['ssm:GetParameter', 'ssm:GetParametersByPath'],
    [
      sub('arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/${Environment}/*'),
      join('', ['arn:aws:ssm:', ref('AWS::Region'), ':', ref('AWS::AccountId'), ':parameter/shared/*']),
    ],
  ),
  {
    ...allow(['ec2:AttachVolume', 'ec2:DetachVolume'], '*'),
    Condition: { StringEquals: { 'aws:RequestedRegion': ref('AWS::Region') } },
  },
  allow(['cloudwatch:PutMetricData'], '*'),
];

/** @param {import('./resource.mjs').Vary} vary */
const policyOf = ({ some }) => ({ Version: '2012-10-17', Statement: some(STATEMENTS, 1, 5) });

/** @type {MakePart} */
export const role = (n, vary) => ({
  Resources: {
    [`Instance${n}Role`]: resource('AWS::IAM::Role', {
      ...Object.fromEntries(
        vary.some(
          /** @type {[string, unknown][]} */ ([
            ['Path', '/'],
            ['RoleName', sub(`\${AWS::StackName}-instance-${n}`)],
            ['Tags', tagged(`role-${n}`, vary)],
          ]),
          0,
          2,
        ),
      ),
      AssumeRolePolicyDocument: trust('ec2.amazonaws.com'),
      ManagedPolicyArns: vary.some(
        [
          sub('arn:${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore'),
          'arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy',
          sub('arn:${AWS::Partition}:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly'),
          'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess',
        ],
        1,
        4,
      ),
      Policies: vary.some(['ReadArtifacts', 'WriteLogs', 'Describe', 'Configure'], 1, 3).map((name) => ({
        PolicyName: name,
        PolicyDocument: policyOf(vary),
      })),
    }),
    [`Instance${n}Profile`]: resource('AWS::IAM::InstanceProfile', { Path: '/', Roles: [ref(`Instance${n}Role`)] }),
  },
});

/** @type {MakePart} */
export const policy = (n, vary) => ({
  Resources: {
    [`Policy${n}`]: resource('AWS::IAM::Policy', {
      PolicyName: sub(`\${AWS::StackName}-policy-${n}`),
      PolicyDocument: policyOf(vary),
      Roles: [sub('${AWS::StackName}-role')],
    }),
  },
});

/** What is handed on to functions and nested stacks. @type {readonly (readonly [string, unknown])[]} */
const GIVEN = [
  ['VpcId', ref('VpcId')],
  ['SubnetIds', join(',', ref('SubnetIds'))],
  ['InstanceType', ref('InstanceType')],
  ['Environment', ref('Environment')],
  ['KeyName', ref('KeyName')],
  ['SshLocation', ref('SshLocation')],
  ['ArtifactBucket', ref('ArtifactBucket')],
  ['BucketName', ref('ArtifactBucket')],
  ['NotificationTopic', when('HasTopic', ref('NotificationTopic'), '')],
  ['TopicArn', ref('NotificationTopic')],
  ['AlarmPrefix', sub('${AWS::StackName}-${Environment}')],
  ['StackName', ref('AWS::StackName')],
  ['Region', ref('AWS::Region')],
  ['AccountId', ref('AWS::AccountId')],
  ['ImageId', findInMap('RegionImages', ref('AWS::Region'), 'HVM64')],
  ['MinSize', findInMap('StageSizes', ref('Environment'), 'Minimum')],
  ['MaxSize', findInMap('StageSizes', ref('Environment'), 'Maximum')],
  ['LogLevel', when('IsProduction', 'warn', 'debug')],
  ['TemplateVersion', '1.4.0'],
  ['DomainName', sub('${Environment}.example.com')],
];

const HANDLER = `import json
import logging

import boto3

logger = logging.getLogger()
logger.setLevel(logging.INFO)


def handler(event, context):
    logger.info(json.dumps(event))
    client = boto3.client("ec2")
    pages = client.get_paginator("describe_instances").paginate()
    stopped = [
        instance["InstanceId"]
        for page in pages
        for reservation in page["Reservations"]
        for instance in reservation["Instances"]
        if instance["State"]["Name"] == "stopped"
    ]
    return {"stopped": stopped}
`;

/** @type {MakePart} */
export const watcher = (n, vary, language) => ({
  Parameters: {
    [`Watcher${n}Schedule`]: {
      Description: 'How often the function runs, as a schedule expression of EventBridge.',
      Type: 'String',
      Default: 'rate(1 hour)',
    },
  },
  Resources: {
    [`Watcher${n}Role`]: resource('AWS::IAM::Role', {
      AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
      ManagedPolicyArns: [sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole')],
      Policies: [
        {
          PolicyName: 'Describe',
          PolicyDocument: policyOf(vary),
        },
      ],
    }),
    [`Watcher${n}Function`]: resource('AWS::Lambda::Function', {
      Description: 'Says which instances are stopped',
      Handler: 'index.handler',
      Runtime: 'python3.12',
      Timeout: 60,
      Role: attribute(`Watcher${n}Role`, 'Arn'),
      Environment: { Variables: Object.fromEntries(vary.some(GIVEN, 1, 6)) },
      Code: { ZipFile: language === 'yaml' ? HANDLER : join('\n', HANDLER.trimEnd().split('\n')) },
    }),
    [`Watcher${n}Rule`]: resource('AWS::Events::Rule', {
      Description: 'Starts the function now and then, and when an instance stops',
      ScheduleExpression: ref(`Watcher${n}Schedule`),
      EventPattern: {
        source: ['aws.ec2'],
        'detail-type': ['EC2 Instance State-change Notification'],
        detail: { state: ['stopped', 'stopping', 'terminated'] },
      },
      State: when('IsProduction', 'ENABLED', 'DISABLED'),
      Targets: [{ Id: 'watcher', Arn: attribute(`Watcher${n}Function`, 'Arn') }],
    }),
    [`Watcher${n}Permission`]: resource('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: ref(`Watcher${n}Function`),
      Principal: 'events.amazonaws.com',
      SourceArn: attribute(`Watcher${n}Rule`, 'Arn'),
    }),
  },
});

/** @type {MakePart} */
export const nested = (n, vary) => ({
  Parameters: {
    [`Nested${n}TemplatePath`]: {
      Description: 'Where the nested template lies in the bucket.',
      Type: 'String',
      Default: `templates/service-${n}.yaml`,
    },
  },
  Resources: {
    [`Nested${n}Stack`]: resource('AWS::CloudFormation::Stack', {
      TemplateURL: sub(`https://\${ArtifactBucket}.s3.\${AWS::Region}.\${AWS::URLSuffix}/\${Nested${n}TemplatePath}`),
      TimeoutInMinutes: 30,
      Parameters: Object.fromEntries(vary.some(GIVEN, 3, 14)),
      Tags: tagged(`nested-${n}`, vary),
    }),
  },
});

/** @type {MakePart} */
export const storage = (n) => ({
  Conditions: { [`Storage${n}IsShort`]: not(equals(ref('Environment'), 'production')) },
  Resources: {
    [`Storage${n}Bucket`]: resource(
      'AWS::S3::Bucket',
      {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: {
          Rules: [{ Id: 'expire', Status: 'Enabled', ExpirationInDays: when(`Storage${n}IsShort`, 7, 90) }],
        },
      },
      { DeletionPolicy: 'Retain' },
    ),
    [`Storage${n}BucketPolicy`]: resource('AWS::S3::BucketPolicy', {
      Bucket: ref(`Storage${n}Bucket`),
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'OnlyEncrypted',
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: join('', [attribute(`Storage${n}Bucket`, 'Arn'), '/*']),
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    }),
    [`Storage${n}Secret`]: resource('AWS::SecretsManager::Secret', {
      Description: 'What the service signs in to its database with',
      GenerateSecretString: {
        SecretStringTemplate: '{"username": "service"}',
        GenerateStringKey: 'password',
        PasswordLength: 32,
      },
    }),
    [`Storage${n}Endpoint`]: resource('AWS::EC2::VPCEndpoint', {
      VpcId: ref('VpcId'),
      ServiceName: sub('com.amazonaws.${AWS::Region}.secretsmanager'),
      VpcEndpointType: 'Interface',
      SubnetIds: ref('SubnetIds'),
      PrivateDnsEnabled: true,
    }),
  },
});

/** @type {MakePart} */
export const alarm = (n, vary) => ({
  Parameters: {
    [`Alarm${n}Threshold`]: {
      Description: 'Above this many errors in a minute the alarm is raised.',
      Type: 'Number',
      Default: 5,
    },
  },
  Resources: {
    [`Alarm${n}`]: resource('AWS::CloudWatch::Alarm', {
      AlarmDescription: 'The service answers with errors',
      MetricName: 'HTTPCode_Target_5XX_Count',
      Namespace: 'AWS/ApplicationELB',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: ref(`Alarm${n}Threshold`),
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      ActionsEnabled: true,
      AlarmActions: when('HasTopic', [ref('NotificationTopic')], NO_VALUE),
      OKActions: when('HasTopic', [ref('NotificationTopic')], NO_VALUE),
      Dimensions: vary.some(
        [
          { Name: 'LoadBalancer', Value: sub('app/${AWS::StackName}/${Environment}') },
          { Name: 'AvailabilityZone', Value: sub('${AWS::Region}a') },
          { Name: 'TargetGroup', Value: ref('AWS::StackName') },
        ],
        1,
        3,
      ),
    }),
  },
});

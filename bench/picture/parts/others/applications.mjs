// Applications: interfaces, functions, containers, builds and what scales them.
import { NO_VALUE, findInMap, join, ref, sub, when } from '../functions.mjs';
import { ACCOUNT_ROLE, FIRST_SUBNET, BOTH_SUBNETS, SERVICE_ARN, TABLE_NAME } from './names.mjs';
import { tagged } from '../resource.mjs';

/** Properties by the type of the resource. @type {import('../others.mjs').PropertiesOf} */
export const APPLICATIONS = {
  'AWS::CloudFormation::WaitCondition': () => ({
    Handle: sub('${AWS::StackName}-handle'),
    Timeout: '900',
    Count: findInMap('StageSizes', ref('Environment'), 'Minimum'),
  }),
  'AWS::SSM::Parameter': (n) => ({
    Name: sub(`/\${Environment}/service-${n}`),
    Type: 'String',
    Value: ref('InstanceType'),
    Tier: when('IsProduction', 'Advanced', 'Standard'),
  }),
  'AWS::ApiGateway::RestApi': (n) => ({
    Name: sub(`\${AWS::StackName}-api-${n}`),
    EndpointConfiguration: { Types: ['REGIONAL'] },
    Policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 'execute-api:Invoke',
          Resource: sub('arn:aws:execute-api:${AWS::Region}:*:*/*'),
        },
      ],
    },
  }),
  'AWS::ApiGateway::Stage': () => ({
    StageName: ref('Environment'),
    RestApiId: sub('${AWS::StackName}-api'),
    DeploymentId: sub('${AWS::StackName}-deployment'),
    Variables: { stage: ref('Environment'), topic: ref('NotificationTopic') },
    MethodSettings: [
      {
        ResourcePath: '/*',
        HttpMethod: '*',
        LoggingLevel: when('IsProduction', 'ERROR', 'INFO'),
        MetricsEnabled: true,
      },
    ],
    AccessLogSetting: {
      DestinationArn: sub('arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:api'),
      Format: '$context.requestId',
    },
  }),
  'AWS::Serverless::Function': (n) => ({
    Handler: 'index.handler',
    Runtime: 'nodejs20.x',
    CodeUri: { Bucket: ref('ArtifactBucket'), Key: sub(`service-${n}.zip`) },
    MemorySize: 256,
    Environment: { Variables: { STAGE: ref('Environment'), TABLE: TABLE_NAME } },
    Events: {
      Api: { Type: 'Api', Properties: { Path: `/part-${n}`, Method: 'get', RestApiId: sub('${AWS::StackName}-api') } },
    },
    Policies: [{ DynamoDBCrudPolicy: { TableName: TABLE_NAME } }],
    VpcConfig: { SubnetIds: ref('SubnetIds'), SecurityGroupIds: [sub('${AWS::StackName}-function')] },
  }),
  'AWS::SSM::Document': (n) => ({
    DocumentType: 'Command',
    Content: {
      schemaVersion: '2.2',
      description: `Updates part ${n}`,
      parameters: { commands: { type: 'StringList', default: ['yum -y update'] } },
      mainSteps: [
        {
          action: 'aws:runShellScript',
          name: 'update',
          inputs: {
            timeoutSeconds: '600',
            runCommand: [
              'set -e',
              sub('aws s3 sync s3://${ArtifactBucket}/service /opt/service'),
              'systemctl restart service',
            ],
          },
        },
      ],
    },
  }),
  'AWS::ServiceDiscovery::Service': (n) => ({
    Name: `part-${n}`,
    DnsConfig: { NamespaceId: sub('${AWS::StackName}-namespace'), DnsRecords: [{ TTL: 60, Type: 'A' }] },
    HealthCheckCustomConfig: { FailureThreshold: 1 },
  }),
  'AWS::CodeBuild::Project': (n, vary) => ({
    Name: sub(`\${AWS::StackName}-build-${n}`),
    ServiceRole: ACCOUNT_ROLE,
    Artifacts: { Type: 'S3', Location: ref('ArtifactBucket'), Path: ref('Environment') },
    Source: { Type: 'GITHUB', Location: 'https://git.example.com/service.git' },
    Environment: {
      Type: 'LINUX_CONTAINER',
      ComputeType: when('IsProduction', 'BUILD_GENERAL1_MEDIUM', 'BUILD_GENERAL1_SMALL'),
      Image: 'aws/codebuild/standard:7.0',
      EnvironmentVariables: [
        { Name: 'STAGE', Value: ref('Environment') },
        { Name: 'BUCKET', Value: ref('ArtifactBucket') },
        { Name: 'REGION', Value: ref('AWS::Region') },
      ],
    },
    VpcConfig: { VpcId: ref('VpcId'), Subnets: ref('SubnetIds'), SecurityGroupIds: [sub('${AWS::StackName}-build')] },
    Tags: tagged(`build-${n}`, vary),
  }),
  'AWS::CodePipeline::Pipeline': () => ({
    RoleArn: ACCOUNT_ROLE,
    ArtifactStore: { Type: 'S3', Location: ref('ArtifactBucket') },
    Stages: [
      {
        Name: 'Source',
        Actions: [
          {
            Name: 'Source',
            ActionTypeId: { Category: 'Source', Owner: 'AWS', Provider: 'S3', Version: '1' },
            Configuration: { S3Bucket: ref('ArtifactBucket'), S3ObjectKey: 'source.zip' },
          },
        ],
      },
      {
        Name: 'Deploy',
        Actions: [
          {
            Name: 'Deploy',
            ActionTypeId: { Category: 'Deploy', Owner: 'AWS', Provider: 'CloudFormation', Version: '1' },
            Configuration: {
              StackName: sub('${AWS::StackName}-deployed'),
              RoleArn: ACCOUNT_ROLE,
              ActionMode: 'CREATE_UPDATE',
            },
          },
        ],
      },
    ],
  }),
  'AWS::EKS::Cluster': (n) => ({
    Name: sub(`\${AWS::StackName}-cluster-${n}`),
    RoleArn: ACCOUNT_ROLE,
    ResourcesVpcConfig: {
      SubnetIds: BOTH_SUBNETS,
      SecurityGroupIds: [sub('${AWS::StackName}-control')],
      EndpointPublicAccess: when('IsProduction', false, true),
    },
    EncryptionConfig: [
      { Provider: { KeyArn: sub('arn:aws:kms:${AWS::Region}:${AWS::AccountId}:alias/eks') }, Resources: ['secrets'] },
    ],
  }),
  'AWS::Batch::ComputeEnvironment': () => ({
    Type: 'MANAGED',
    ServiceRole: ACCOUNT_ROLE,
    ComputeResources: {
      Type: 'EC2',
      MinvCpus: 0,
      MaxvCpus: when('IsProduction', 256, 16),
      InstanceTypes: [ref('InstanceType')],
      Subnets: ref('SubnetIds'),
      SecurityGroupIds: [sub('${AWS::StackName}-batch')],
      InstanceRole: sub('${AWS::StackName}-batch'),
      Ec2KeyPair: when('HasKey', ref('KeyName'), NO_VALUE),
    },
  }),
  'AWS::Batch::JobQueue': () => ({
    Priority: 1,
    State: when('IsProduction', 'ENABLED', 'DISABLED'),
    ComputeEnvironmentOrder: [{ Order: 1, ComputeEnvironment: sub('${AWS::StackName}-environment') }],
  }),
  'AWS::IoT::TopicRule': () => ({
    TopicRulePayload: {
      Sql: 'SELECT * FROM readings',
      RuleDisabled: false,
      Actions: [
        { DynamoDBv2: { RoleArn: ACCOUNT_ROLE, PutItem: { TableName: TABLE_NAME } } },
        { Sns: { RoleArn: ACCOUNT_ROLE, TargetArn: ref('NotificationTopic') } },
      ],
    },
  }),
  'AWS::AutoScaling::LifecycleHook': () => ({
    AutoScalingGroupName: sub('${AWS::StackName}-fleet'),
    LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
    HeartbeatTimeout: 300,
    NotificationTargetARN: ref('NotificationTopic'),
    RoleARN: ACCOUNT_ROLE,
  }),
  'AWS::AutoScaling::ScheduledAction': () => ({
    AutoScalingGroupName: sub('${AWS::StackName}-fleet'),
    MinSize: findInMap('StageSizes', ref('Environment'), 'Minimum'),
    MaxSize: findInMap('StageSizes', ref('Environment'), 'Maximum'),
    Recurrence: '0 7 * * MON-FRI',
  }),
  'AWS::ApplicationAutoScaling::ScalableTarget': () => ({
    MinCapacity: findInMap('StageSizes', ref('Environment'), 'Minimum'),
    MaxCapacity: findInMap('StageSizes', ref('Environment'), 'Maximum'),
    ResourceId: join('/', ['service', sub('${AWS::StackName}-cluster'), ref('AWS::StackName')]),
    RoleARN: ACCOUNT_ROLE,
    ScalableDimension: 'ecs:service:DesiredCount',
    ServiceNamespace: 'ecs',
  }),
  'AWS::ApplicationAutoScaling::ScalingPolicy': () => ({
    PolicyName: sub('${AWS::StackName}-cpu'),
    PolicyType: 'TargetTrackingScaling',
    ScalingTargetId: sub('${AWS::StackName}-target'),
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: when('IsProduction', 50, 80),
      PredefinedMetricSpecification: {
        PredefinedMetricType: 'ECSServiceAverageCPUUtilization',
        ResourceLabel: ref('AWS::StackName'),
      },
    },
  }),
  'AWS::ECS::Cluster': (n, vary) => ({
    ClusterName: sub(`\${AWS::StackName}-cluster-${n}`),
    Configuration: { ExecuteCommandConfiguration: { KmsKeyId: sub('alias/${AWS::StackName}'), Logging: 'DEFAULT' } },
    Tags: tagged(`cluster-${n}`, vary),
  }),
  'AWS::StepFunctions::StateMachine': () => ({
    RoleArn: ACCOUNT_ROLE,
    DefinitionString: sub(
      '{"StartAt": "Run", "States": {"Run": {"Type": "Task", "Resource": "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:service", "End": true}}}',
    ),
    LoggingConfiguration: {
      Destinations: [
        {
          CloudWatchLogsLogGroup: {
            LogGroupArn: sub('arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:states:*'),
          },
        },
      ],
      Level: 'ALL',
    },
  }),
  'AWS::Events::EventBus': () => ({ Name: sub('${AWS::StackName}-bus') }),
  'AWS::Lambda::LayerVersion': () => ({
    LayerName: sub('${AWS::StackName}-layer'),
    CompatibleRuntimes: ['python3.12'],
    Content: { S3Bucket: ref('ArtifactBucket'), S3Key: sub('layers/${Environment}.zip') },
  }),
  'AWS::Lambda::EventSourceMapping': () => ({
    EventSourceArn: sub('arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:queue'),
    FunctionName: SERVICE_ARN,
    BatchSize: when('IsProduction', 10, 1),
    Enabled: true,
  }),
  'AWS::Lambda::Alias': () => ({ FunctionName: SERVICE_ARN, FunctionVersion: '1', Name: ref('Environment') }),
  'AWS::Cloud9::EnvironmentEC2': (n, vary) => ({
    InstanceType: ref('InstanceType'),
    SubnetId: FIRST_SUBNET,
    OwnerArn: sub('arn:aws:iam::${AWS::AccountId}:root'),
    Repositories: [
      {
        PathComponent: '/service',
        RepositoryUrl: sub('https://git-codecommit.${AWS::Region}.amazonaws.com/v1/repos/service'),
      },
    ],
    Tags: tagged(`ide-${n}`, vary),
  }),
  'Custom::Cleanup': (n) => ({
    ServiceToken: SERVICE_ARN,
    Region: ref('AWS::Region'),
    Bucket: ref('ArtifactBucket'),
    Part: n,
  }),
  'AWS::Lambda::Version': () => ({ FunctionName: SERVICE_ARN, Description: ref('Environment') }),
  'AWS::CodeCommit::Repository': (n) => ({
    RepositoryName: sub(`\${AWS::StackName}-${n}`),
    Triggers: [{ Name: 'push', DestinationArn: ref('NotificationTopic'), Events: ['all'] }],
  }),
  'AWS::ApiGateway::DomainName': () => ({
    DomainName: sub('api.${Environment}.example.com'),
    RegionalCertificateArn: sub('${AWS::StackName}-certificate'),
    EndpointConfiguration: { Types: ['REGIONAL'] },
  }),
  'AWS::ApiGateway::BasePathMapping': () => ({
    DomainName: sub('api.${Environment}.example.com'),
    RestApiId: sub('${AWS::StackName}-api'),
    Stage: ref('Environment'),
  }),
};

// Data and who may have it: stores, streams, keys, logs, policies.
import { NO_VALUE, findInMap, ref, sub, when } from '../functions.mjs';
import { ACCOUNT_ROLE, FIRST_SUBNET, BOTH_SUBNETS, SERVICE_ARN } from './names.mjs';
import { allow, tagged } from '../resource.mjs';

/** Properties by the type of the resource. @type {import('../others.mjs').PropertiesOf} */
export const DATA = {
  'AWS::SNS::Topic': (n) => ({
    TopicName: sub(`\${AWS::StackName}-topic-${n}`),
    Subscription: [{ Protocol: 'email', Endpoint: 'operators@example.com' }],
    KmsMasterKeyId: when('IsProduction', 'alias/aws/sns', NO_VALUE),
  }),
  'AWS::SQS::Queue': (n) => ({
    QueueName: sub(`\${AWS::StackName}-queue-${n}`),
    VisibilityTimeout: 300,
    RedrivePolicy: {
      deadLetterTargetArn: sub('arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:dead'),
      maxReceiveCount: 5,
    },
  }),
  'AWS::EFS::FileSystem': (n, vary) => ({
    Encrypted: true,
    PerformanceMode: 'generalPurpose',
    FileSystemTags: tagged(`files-${n}`, vary),
  }),
  'AWS::EFS::MountTarget': (n) => ({
    FileSystemId: `fs-0${n}`,
    SubnetId: FIRST_SUBNET,
    SecurityGroups: [sub('${AWS::StackName}-files')],
  }),
  'AWS::DynamoDB::Table': (n) => ({
    TableName: sub(`\${AWS::StackName}-table-${n}`),
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    ProvisionedThroughput: {
      ReadCapacityUnits: when('IsProduction', 20, 1),
      WriteCapacityUnits: when('IsProduction', 10, 1),
    },
    SSESpecification: { SSEEnabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: when('IsProduction', true, false) },
  }),
  'AWS::KMS::Key': () => ({
    Description: 'The key of the stack',
    EnableKeyRotation: true,
    KeyPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Account',
          Effect: 'Allow',
          Principal: { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') },
          Action: 'kms:*',
          Resource: '*',
        },
        {
          Sid: 'Use',
          Effect: 'Allow',
          Principal: { AWS: [ACCOUNT_ROLE] },
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Resource: '*',
        },
      ],
    },
  }),
  'AWS::KMS::Alias': (n) => ({
    AliasName: sub(`alias/\${AWS::StackName}-${n}`),
    TargetKeyId: sub('${AWS::StackName}-key'),
  }),
  'AWS::Backup::BackupVault': (n) => ({
    BackupVaultName: sub(`\${AWS::StackName}-vault-${n}`),
    EncryptionKeyArn: sub('arn:aws:kms:${AWS::Region}:${AWS::AccountId}:alias/backup'),
    BackupVaultTags: { Environment: ref('Environment') },
  }),
  'AWS::Backup::BackupPlan': () => ({
    BackupPlan: {
      BackupPlanName: sub('${AWS::StackName}-plan'),
      BackupPlanRule: [
        {
          RuleName: 'daily',
          TargetBackupVault: sub('${AWS::StackName}-vault'),
          ScheduleExpression: 'cron(0 2 * * ? *)',
          Lifecycle: { DeleteAfterDays: when('IsProduction', 90, 7) },
        },
      ],
    },
  }),
  'AWS::Backup::BackupSelection': () => ({
    BackupPlanId: sub('${AWS::StackName}-plan'),
    BackupSelection: {
      SelectionName: ref('AWS::StackName'),
      IamRoleArn: ACCOUNT_ROLE,
      ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'Environment', ConditionValue: ref('Environment') }],
    },
  }),
  'AWS::KinesisFirehose::DeliveryStream': () => ({
    DeliveryStreamType: 'DirectPut',
    ExtendedS3DestinationConfiguration: {
      BucketARN: sub('arn:aws:s3:::${ArtifactBucket}'),
      RoleARN: ACCOUNT_ROLE,
      Prefix: sub('${Environment}/'),
      BufferingHints: { IntervalInSeconds: 300, SizeInMBs: 5 },
      CloudWatchLoggingOptions: {
        Enabled: true,
        LogGroupName: sub('/firehose/${AWS::StackName}'),
        LogStreamName: ref('Environment'),
      },
    },
  }),
  'AWS::Config::ConfigRule': (n) => ({
    ConfigRuleName: sub(`\${AWS::StackName}-rule-${n}`),
    InputParameters: { tag1Key: 'Environment', tag1Value: ref('Environment') },
    Scope: { ComplianceResourceTypes: ['AWS::EC2::Instance', 'AWS::EC2::Volume'] },
    Source: {
      Owner: 'CUSTOM_LAMBDA',
      SourceIdentifier: SERVICE_ARN,
      SourceDetails: [{ EventSource: 'aws.config', MessageType: 'ConfigurationItemChangeNotification' }],
    },
  }),
  'AWS::CloudTrail::Trail': () => ({
    S3BucketName: ref('ArtifactBucket'),
    S3KeyPrefix: ref('Environment'),
    SnsTopicName: ref('NotificationTopic'),
    IsLogging: true,
    IsMultiRegionTrail: when('IsProduction', true, false),
    EventSelectors: [
      {
        ReadWriteType: 'All',
        DataResources: [{ Type: 'AWS::S3::Object', Values: [sub('arn:aws:s3:::${ArtifactBucket}/')] }],
      },
    ],
  }),
  'AWS::IAM::ManagedPolicy': () => ({
    Description: 'What the stages share',
    Path: '/',
    Roles: [ref('AWS::StackName')],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        allow(['s3:GetObject'], sub('arn:aws:s3:::${ArtifactBucket}/*')),
        allow(['sts:AssumeRole'], ACCOUNT_ROLE),
      ],
    },
  }),
  'AWS::IAM::User': (n) => ({
    UserName: sub(`\${AWS::StackName}-user-${n}`),
    Groups: [sub('${Environment}-deployers')],
    Policies: [
      {
        PolicyName: 'deploy',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [allow(['s3:PutObject'], sub('arn:aws:s3:::${ArtifactBucket}/*'))],
        },
      },
    ],
  }),
  'AWS::IAM::Group': () => ({
    GroupName: sub('${AWS::StackName}-operators'),
    ManagedPolicyArns: [sub('arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess')],
  }),
  'AWS::ElastiCache::CacheCluster': () => ({
    Engine: 'redis',
    CacheNodeType: when('IsProduction', 'cache.m5.large', 'cache.t3.micro'),
    NumCacheNodes: 1,
    CacheSubnetGroupName: sub('${AWS::StackName}-cache'),
    VpcSecurityGroupIds: [sub('${AWS::StackName}-cache')],
  }),
  'AWS::ElastiCache::SubnetGroup': () => ({ Description: 'Subnets of the cache', SubnetIds: ref('SubnetIds') }),
  'AWS::RDS::DBCluster': () => ({
    Engine: 'aurora-postgresql',
    MasterUsername: sub('{{resolve:secretsmanager:${AWS::StackName}:SecretString:username}}'),
    MasterUserPassword: sub('{{resolve:secretsmanager:${AWS::StackName}:SecretString:password}}'),
    StorageEncrypted: true,
    KmsKeyId: sub('alias/${AWS::StackName}'),
    DBSubnetGroupName: sub('${AWS::StackName}-subnets'),
    VpcSecurityGroupIds: [sub('${AWS::StackName}-database')],
    ScalingConfiguration: {
      MinCapacity: findInMap('StageSizes', ref('Environment'), 'Minimum'),
      MaxCapacity: findInMap('StageSizes', ref('Environment'), 'Maximum'),
    },
  }),
  'AWS::Glue::Table': () => ({
    CatalogId: ref('AWS::AccountId'),
    DatabaseName: sub('${AWS::StackName}_logs'),
    TableInput: {
      Name: 'records',
      TableType: 'EXTERNAL_TABLE',
      StorageDescriptor: {
        Location: sub('s3://${ArtifactBucket}/${Environment}/'),
        Columns: [
          { Name: 'time', Type: 'timestamp' },
          { Name: 'message', Type: 'string' },
        ],
      },
    },
  }),
  'AWS::Athena::WorkGroup': () => ({
    Name: sub('${AWS::StackName}-queries'),
    WorkGroupConfiguration: {
      ResultConfiguration: {
        OutputLocation: sub('s3://${ArtifactBucket}/athena/'),
        EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: sub('alias/${AWS::StackName}') },
      },
    },
  }),
  'AWS::EMR::Cluster': (n, vary) => ({
    Name: sub(`\${AWS::StackName}-emr-${n}`),
    ReleaseLabel: 'emr-7.1.0',
    JobFlowRole: sub('${AWS::StackName}-emr'),
    ServiceRole: ACCOUNT_ROLE,
    LogUri: sub('s3://${ArtifactBucket}/emr/'),
    Instances: {
      Ec2KeyName: when('HasKey', ref('KeyName'), NO_VALUE),
      Ec2SubnetId: FIRST_SUBNET,
      MasterInstanceGroup: { InstanceCount: 1, InstanceType: ref('InstanceType') },
      CoreInstanceGroup: {
        InstanceCount: findInMap('StageSizes', ref('Environment'), 'Maximum'),
        InstanceType: ref('InstanceType'),
      },
    },
    Tags: tagged(`emr-${n}`, vary),
  }),
  'AWS::Logs::MetricFilter': () => ({
    LogGroupName: sub('/service/${AWS::StackName}'),
    FilterPattern: 'ERROR',
    MetricTransformations: [
      { MetricName: sub('${Environment}-errors'), MetricNamespace: ref('AWS::StackName'), MetricValue: '1' },
    ],
  }),
  'AWS::FSx::FileSystem': (n, vary) => ({
    FileSystemType: 'LUSTRE',
    StorageCapacity: 1200,
    SubnetIds: [FIRST_SUBNET],
    SecurityGroupIds: [sub('${AWS::StackName}-fsx')],
    LustreConfiguration: {
      ImportPath: sub('s3://${ArtifactBucket}/import'),
      DeploymentType: when('IsProduction', 'PERSISTENT_2', 'SCRATCH_2'),
    },
    Tags: tagged(`fsx-${n}`, vary),
  }),
  'AWS::SNS::Subscription': () => ({ TopicArn: ref('NotificationTopic'), Protocol: 'lambda', Endpoint: SERVICE_ARN }),
  'AWS::IAM::ServiceLinkedRole': () => ({
    AWSServiceName: 'autoscaling.amazonaws.com',
    CustomSuffix: ref('Environment'),
  }),
  'AWS::SageMaker::NotebookInstance': (n, vary) => ({
    InstanceType: 'ml.t3.medium',
    RoleArn: ACCOUNT_ROLE,
    SubnetId: FIRST_SUBNET,
    SecurityGroupIds: [sub('${AWS::StackName}-notebook')],
    KmsKeyId: sub('alias/${AWS::StackName}'),
    Tags: tagged(`notebook-${n}`, vary),
  }),
  'AWS::MSK::Cluster': () => ({
    ClusterName: ref('AWS::StackName'),
    KafkaVersion: '3.6.0',
    NumberOfBrokerNodes: 2,
    BrokerNodeGroupInfo: {
      ClientSubnets: BOTH_SUBNETS,
      InstanceType: 'kafka.m5.large',
      SecurityGroups: [sub('${AWS::StackName}-kafka')],
      StorageInfo: { EBSStorageInfo: { VolumeSize: when('IsProduction', 1000, 100) } },
    },
    EncryptionInfo: { EncryptionAtRest: { DataVolumeKMSKeyId: sub('alias/${AWS::StackName}') } },
  }),
  'AWS::OpenSearchService::Domain': () => ({
    DomainName: ref('AWS::StackName'),
    EngineVersion: 'OpenSearch_2.13',
    ClusterConfig: {
      InstanceType: 'm6g.large.search',
      InstanceCount: findInMap('StageSizes', ref('Environment'), 'Minimum'),
      ZoneAwarenessEnabled: when('IsProduction', true, false),
    },
    VPCOptions: { SubnetIds: [FIRST_SUBNET], SecurityGroupIds: [sub('${AWS::StackName}-search')] },
    AccessPolicies: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: ACCOUNT_ROLE },
          Action: 'es:*',
          Resource: sub('arn:aws:es:${AWS::Region}:${AWS::AccountId}:domain/${AWS::StackName}/*'),
        },
      ],
    },
  }),
};

// A database, and a service in containers behind a load balancer.
import { attribute, ref, sub, when } from './functions.mjs';
import { resource, tagged } from './resource.mjs';

/** @typedef {import('./resource.mjs').MakePart} MakePart */

/** @type {MakePart} */
export const database = (n, vary) => ({
  Parameters: {
    [`Database${n}Class`]: {
      Description: 'The class of the database instance.',
      Type: 'String',
      Default: 'db.t3.medium',
      AllowedValues: ['db.t3.medium', 'db.m5.large', 'db.r5.large'],
    },
    [`Database${n}User`]: {
      Description: 'The name of the administrator of the database.',
      Type: 'String',
      NoEcho: true,
      MinLength: 1,
      MaxLength: 16,
      AllowedPattern: '[a-zA-Z][a-zA-Z0-9]*',
      ConstraintDescription: 'must begin with a letter and contain only letters and digits.',
    },
    [`Database${n}Password`]: {
      Description: 'The password of the administrator of the database.',
      Type: 'String',
      NoEcho: true,
      MinLength: 8,
      MaxLength: 41,
    },
  },
  Resources: {
    [`Database${n}SubnetGroup`]: resource('AWS::RDS::DBSubnetGroup', {
      DBSubnetGroupDescription: 'The subnets of the database',
      SubnetIds: ref('SubnetIds'),
    }),
    [`Database${n}`]: resource(
      'AWS::RDS::DBInstance',
      {
        Engine: 'postgres',
        EngineVersion: '16.3',
        DBInstanceClass: ref(`Database${n}Class`),
        DBName: 'service',
        AllocatedStorage: '100',
        StorageType: 'gp3',
        StorageEncrypted: true,
        MultiAZ: when('IsProduction', true, false),
        MasterUsername: ref(`Database${n}User`),
        MasterUserPassword: ref(`Database${n}Password`),
        DBSubnetGroupName: ref(`Database${n}SubnetGroup`),
        BackupRetentionPeriod: when('IsProduction', 14, 1),
        PreferredBackupWindow: '02:00-03:00',
        PreferredMaintenanceWindow: 'sun:03:00-sun:04:00',
        AutoMinorVersionUpgrade: true,
        CopyTagsToSnapshot: true,
        DeletionProtection: when('IsProduction', true, false),
        PubliclyAccessible: false,
        Tags: tagged(sub(`\${AWS::StackName}-database-${n}`), vary),
      },
      { DeletionPolicy: 'Snapshot' },
    ),
  },
  Outputs: {
    [`Database${n}Endpoint`]: {
      Description: 'Where the database is reached.',
      Value: attribute(`Database${n}`, 'Endpoint.Address'),
      Export: { Name: sub(`\${AWS::StackName}-database-${n}`) },
    },
  },
});

/** @type {MakePart} */
export const service = (n, vary) => ({
  Parameters: {
    [`Service${n}Image`]: {
      Description: 'The image of the container that the service runs.',
      Type: 'String',
      Default: `registry.example.com/service-${n}:latest`,
    },
    [`Service${n}Count`]: { Description: 'How many tasks run.', Type: 'Number', Default: 2 },
  },
  Resources: {
    [`Service${n}Logs`]: resource('AWS::Logs::LogGroup', {
      LogGroupName: sub(`/service/\${AWS::StackName}/${n}`),
      RetentionInDays: when('IsProduction', 365, 14),
    }),
    [`Service${n}Task`]: resource('AWS::ECS::TaskDefinition', {
      Family: sub(`\${AWS::StackName}-service-${n}`),
      Cpu: '512',
      Memory: '1024',
      NetworkMode: 'awsvpc',
      RequiresCompatibilities: ['FARGATE'],
      ContainerDefinitions: [
        {
          Name: 'service',
          Image: ref(`Service${n}Image`),
          Essential: true,
          PortMappings: [{ ContainerPort: 8080, Protocol: 'tcp' }],
          Environment: vary.some(
            [
              { Name: 'STAGE', Value: ref('Environment') },
              { Name: 'REGION', Value: ref('AWS::Region') },
              { Name: 'LOG_LEVEL', Value: when('IsProduction', 'warn', 'debug') },
              { Name: 'BUCKET', Value: ref('ArtifactBucket') },
              { Name: 'TOPIC', Value: ref('NotificationTopic') },
              { Name: 'PORT', Value: '8080' },
              { Name: 'DOMAIN', Value: sub('${Environment}.example.com') },
            ],
            2,
            7,
          ),
          HealthCheck: {
            Command: ['CMD-SHELL', 'wget --quiet --tries=1 --spider http://localhost:8080/health || exit 1'],
            Interval: 30,
            Retries: 3,
            StartPeriod: 60,
            Timeout: 5,
          },
          LogConfiguration: {
            LogDriver: 'awslogs',
            Options: {
              'awslogs-group': ref(`Service${n}Logs`),
              'awslogs-region': ref('AWS::Region'),
              'awslogs-stream-prefix': 'service',
            },
          },
        },
      ],
    }),
    [`Service${n}Balancer`]: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Scheme: 'internet-facing',
      Type: 'application',
      Subnets: ref('SubnetIds'),
      LoadBalancerAttributes: [
        { Key: 'idle_timeout.timeout_seconds', Value: '60' },
        { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
      ],
      Tags: tagged(sub(`\${AWS::StackName}-balancer-${n}`), vary),
    }),
    [`Service${n}Targets`]: resource('AWS::ElasticLoadBalancingV2::TargetGroup', {
      VpcId: ref('VpcId'),
      Port: 8080,
      Protocol: 'HTTP',
      TargetType: 'ip',
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 15,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 5,
      Matcher: { HttpCode: '200-299' },
      TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
    }),
    [`Service${n}Listener`]: resource('AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref(`Service${n}Balancer`),
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: ref(`Service${n}Targets`) }],
    }),
    [`Service${n}`]: resource(
      'AWS::ECS::Service',
      {
        Cluster: sub('${AWS::StackName}-cluster'),
        DesiredCount: ref(`Service${n}Count`),
        LaunchType: 'FARGATE',
        TaskDefinition: ref(`Service${n}Task`),
        HealthCheckGracePeriodSeconds: 120,
        DeploymentConfiguration: { MaximumPercent: 200, MinimumHealthyPercent: 100 },
        NetworkConfiguration: {
          AwsvpcConfiguration: { AssignPublicIp: 'DISABLED', Subnets: ref('SubnetIds') },
        },
        LoadBalancers: [{ ContainerName: 'service', ContainerPort: 8080, TargetGroupArn: ref(`Service${n}Targets`) }],
      },
      { DependsOn: `Service${n}Listener` },
    ),
  },
  Outputs: {
    [`Service${n}Address`]: {
      Description: 'Where the service is reached.',
      Value: sub(`http://\${Service${n}Balancer.DNSName}`),
    },
  },
});

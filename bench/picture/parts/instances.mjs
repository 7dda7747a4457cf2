// Instances, and fleets of them that scale.
import { NO_VALUE, attribute, equals, findInMap, ref, select, sub, when } from './functions.mjs';
import { resource, scriptOf, tagged, tcp } from './resource.mjs';

/** @typedef {import('./resource.mjs').MakePart} MakePart */

/** What cfn-init does on an instance. @param {string} logical its name @param {number} n */
const initOf = (logical, n) => ({
  'AWS::CloudFormation::Init': {
    configSets: { default: ['install', 'configure', 'start'] },
    install: { packages: { yum: { nginx: [], jq: [], 'amazon-cloudwatch-agent': [] } } },
    configure: {
      files: {
        '/etc/cfn/cfn-hup.conf': {
          content: sub('[main]\nstack=${AWS::StackId}\nregion=${AWS::Region}\ninterval=5\n'),
          mode: '000400',
          owner: 'root',
          group: 'root',
        },
        '/etc/cfn/hooks.d/cfn-auto-reloader.conf': {
          content: sub(
            [
              '[cfn-auto-reloader-hook]',
              'triggers=post.update',
              `path=Resources.${logical}.Metadata.AWS::CloudFormation::Init`,
              `action=/opt/aws/bin/cfn-init -v --stack \${AWS::StackName} --resource ${logical} --region \${AWS::Region}`,
              'runas=root',
              '',
            ].join('\n'),
          ),
          mode: '000400',
          owner: 'root',
          group: 'root',
        },
        [`/etc/nginx/conf.d/service-${n}.conf`]: {
          content: `server {\n  listen 80;\n  location / {\n    proxy_pass http://127.0.0.1:${8000 + n};\n  }\n}\n`,
          mode: '000644',
          owner: 'root',
          group: 'root',
        },
      },
      commands: {
        '01_directory': { command: `mkdir -p /opt/service-${n}/releases` },
        '02_release': {
          command: sub(
            `aws s3 cp s3://\${ArtifactBucket}/service-${n}.tar.gz - | tar -xz -C /opt/service-${n}/releases`,
          ),
          cwd: `/opt/service-${n}`,
        },
      },
    },
    start: {
      services: {
        sysvinit: {
          nginx: { enabled: 'true', ensureRunning: 'true' },
          'cfn-hup': {
            enabled: 'true',
            ensureRunning: 'true',
            files: ['/etc/cfn/cfn-hup.conf', '/etc/cfn/hooks.d/cfn-auto-reloader.conf'],
          },
        },
      },
    },
  },
});

/** @param {number} n @param {boolean} byTemplate */
const launchOf = (n, byTemplate) =>
  byTemplate
    ? {
        LaunchTemplate: {
          LaunchTemplateId: ref(`Fleet${n}Launch`),
          Version: attribute(`Fleet${n}Launch`, 'LatestVersionNumber'),
        },
      }
    : { LaunchConfigurationName: ref(`Fleet${n}Launch`) };

/**
 * @param {number} n
 * @param {boolean} byTemplate
 * @param {import('./resource.mjs').Vary} vary
 * @param {import('./resource.mjs').Language} language
 */
function launched(n, byTemplate, vary, language) {
  const common = {
    ImageId: findInMap('RegionImages', ref('AWS::Region'), 'HVM64'),
    InstanceType: ref('InstanceType'),
    KeyName: when('HasKey', ref('KeyName'), NO_VALUE),
    BlockDeviceMappings: vary.some(['/dev/xvda', '/dev/xvdb', '/dev/xvdc'], 1, 3).map((device) => ({
      DeviceName: device,
      Ebs: { VolumeSize: ref(`Fleet${n}Volume`), VolumeType: 'gp3', Encrypted: n % 2 === 0, DeleteOnTermination: true },
    })),
    UserData: scriptOf(85, vary.seed * 31 + n, language),
  };
  const more = { Metadata: initOf(`Fleet${n}Launch`, n) };
  return {
    [`Fleet${n}Launch`]: byTemplate
      ? resource(
          'AWS::EC2::LaunchTemplate',
          {
            LaunchTemplateData: {
              ...common,
              MetadataOptions: { HttpTokens: n % 2 === 0 ? 'required' : 'optional', HttpEndpoint: 'enabled' },
              Monitoring: { Enabled: true },
              TagSpecifications: [{ ResourceType: 'instance', Tags: tagged(`fleet-${n}`, vary) }],
            },
          },
          more,
        )
      : resource('AWS::AutoScaling::LaunchConfiguration', { ...common, AssociatePublicIpAddress: n % 2 === 0 }, more),
  };
}

/** Of five fleets two have a launch template, the others a launch configuration. @type {MakePart} */
export const fleet = (n, vary, language) => {
  const byTemplate = vary.some([true, true, false, false, false], 1, 1)[0] ?? false;
  return {
    Parameters: {
      [`Fleet${n}Volume`]: {
        Description: 'The size of the root volume in GiB.',
        Type: 'Number',
        Default: 50,
        MinValue: 8,
        MaxValue: 1000,
      },
      [`Fleet${n}HealthCheckGrace`]: {
        Description: 'Seconds that an instance gets to start before its health counts.',
        Type: 'Number',
        Default: 300,
      },
    },
    Resources: {
      ...launched(n, byTemplate, vary, language),
      [`Fleet${n}Group`]: resource(
        'AWS::AutoScaling::AutoScalingGroup',
        {
          VPCZoneIdentifier: ref('SubnetIds'),
          ...launchOf(n, byTemplate),
          MinSize: findInMap('StageSizes', ref('Environment'), 'Minimum'),
          MaxSize: findInMap('StageSizes', ref('Environment'), 'Maximum'),
          HealthCheckType: 'EC2',
          HealthCheckGracePeriod: ref(`Fleet${n}HealthCheckGrace`),
          TerminationPolicies: ['OldestInstance', 'Default'],
          MetricsCollection: [{ Granularity: '1Minute', Metrics: ['GroupInServiceInstances', 'GroupTotalInstances'] }],
          Tags: [
            { Key: 'Name', Value: sub(`\${AWS::StackName}-fleet-${n}`), PropagateAtLaunch: true },
            { Key: 'Environment', Value: ref('Environment'), PropagateAtLaunch: true },
          ],
        },
        {
          UpdatePolicy: { AutoScalingRollingUpdate: { MinInstancesInService: 1, MaxBatchSize: 1, PauseTime: 'PT15M' } },
        },
      ),
      ...scaling(n, 'Up', 1, 80, 'GreaterThanThreshold'),
      ...scaling(n, 'Down', -1, 20, 'LessThanThreshold'),
    },
  };
};

/** @param {number} n @param {string} way @param {number} by @param {number} threshold @param {string} operator */
const scaling = (n, way, by, threshold, operator) => ({
  [`Fleet${n}Scale${way}`]: resource('AWS::AutoScaling::ScalingPolicy', {
    AdjustmentType: 'ChangeInCapacity',
    AutoScalingGroupName: ref(`Fleet${n}Group`),
    Cooldown: '60',
    ScalingAdjustment: by,
  }),
  [`Fleet${n}Alarm${way}`]: resource('AWS::CloudWatch::Alarm', {
    AlarmDescription: `The processor of the fleet is for ten minutes beyond ${threshold} percent`,
    MetricName: 'CPUUtilization',
    Namespace: 'AWS/EC2',
    Statistic: 'Average',
    Period: 300,
    EvaluationPeriods: 2,
    Threshold: threshold,
    ComparisonOperator: operator,
    AlarmActions: [ref(`Fleet${n}Scale${way}`)],
    Dimensions: [{ Name: 'AutoScalingGroupName', Value: ref(`Fleet${n}Group`) }],
  }),
});

/** @type {MakePart} */
export const host = (n, vary, language) => ({
  Parameters: {
    [`Host${n}ImageId`]: {
      Description: 'The image of the host, as AWS publishes it.',
      Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
      Default: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
    },
    [`Host${n}Address`]: {
      Description: 'Whether the host gets a fixed public address.',
      Type: 'String',
      Default: 'false',
      AllowedValues: ['true', 'false'],
    },
  },
  Conditions: { [`Host${n}HasAddress`]: equals(ref(`Host${n}Address`), 'true') },
  Resources: {
    [`Host${n}SecurityGroup`]: resource('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Allows SSH to the host',
      VpcId: ref('VpcId'),
      SecurityGroupIngress: [tcp(22, ref('SshLocation'), 'SSH')],
    }),
    [`Host${n}Interface`]: resource('AWS::EC2::NetworkInterface', {
      Description: 'The first interface of the host',
      SubnetId: select(0, ref('SubnetIds')),
      GroupSet: [ref(`Host${n}SecurityGroup`)],
      SourceDestCheck: true,
      Tags: tagged(`host-${n}`, vary),
    }),
    [`Host${n}`]: resource(
      'AWS::EC2::Instance',
      {
        ImageId: ref(`Host${n}ImageId`),
        InstanceType: ref('InstanceType'),
        KeyName: when('HasKey', ref('KeyName'), NO_VALUE),
        NetworkInterfaces: [{ DeviceIndex: '0', NetworkInterfaceId: ref(`Host${n}Interface`) }],
        Tags: tagged(sub(`\${AWS::StackName}-host-${n}`), vary),
        UserData: scriptOf(70, vary.seed * 37 + n, language),
      },
      { Metadata: initOf(`Host${n}`, n) },
    ),
    [`Host${n}ElasticIp`]: resource('AWS::EC2::EIP', { Domain: 'vpc' }, { Condition: `Host${n}HasAddress` }),
    [`Host${n}ElasticIpAssociation`]: resource(
      'AWS::EC2::EIPAssociation',
      { AllocationId: attribute(`Host${n}ElasticIp`, 'AllocationId'), NetworkInterfaceId: ref(`Host${n}Interface`) },
      { Condition: `Host${n}HasAddress` },
    ),
  },
  Outputs: {
    [`Host${n}PrivateIp`]: {
      Description: 'The private address of the host.',
      Value: attribute(`Host${n}`, 'PrivateIp'),
    },
  },
});

// What the parts of a template of CloudFormation have in common: declared where a part uses it.
import { equals, not, ref } from './parts/functions.mjs';

export const SHARED_PARAMETERS = {
  Environment: {
    Description: 'The stage that this stack is for. It becomes part of the names of its resources.',
    Type: 'String',
    Default: 'staging',
    AllowedValues: ['development', 'staging', 'production'],
  },
  VpcId: { Description: 'The VPC in which the resources are made.', Type: 'AWS::EC2::VPC::Id' },
  SubnetIds: {
    Description: 'Subnets in at least two availability zones of the VPC.',
    Type: 'List<AWS::EC2::Subnet::Id>',
  },
  KeyName: {
    Description: 'Name of an existing EC2 key pair for SSH. Leave it empty to allow no SSH.',
    Type: 'String',
    Default: '',
  },
  InstanceType: {
    Description: 'The type of the instances.',
    Type: 'String',
    Default: 't3.small',
    AllowedValues: ['t3.micro', 't3.small', 't3.medium', 'm5.large', 'm5.xlarge', 'c5.large'],
    ConstraintDescription: 'must be a type of instance that is listed.',
  },
  SshLocation: {
    Description: 'The addresses from which SSH is allowed.',
    Type: 'String',
    MinLength: 9,
    MaxLength: 18,
    Default: '10.0.0.0/8',
    AllowedPattern: String.raw`(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})/(\d{1,2})`,
    ConstraintDescription: 'must be a CIDR range of the form x.x.x.x/x.',
  },
  ArtifactBucket: {
    Description: 'The bucket that holds what is deployed.',
    Type: 'String',
    Default: 'example-artifacts',
  },
  NotificationTopic: { Description: 'ARN of the topic that alarms are sent to.', Type: 'String', Default: '' },
};

const REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'eu-west-1',
  'eu-central-1',
  'ap-southeast-1',
  'ap-northeast-1',
];

export const MAPPINGS = {
  RegionImages: Object.fromEntries(
    REGIONS.map((region, index) => [region, { HVM64: `ami-0${(0x1a2b3c4d5e6f + index * 7919).toString(16)}` }]),
  ),
  Costs: { development: { Center: '4711' }, staging: { Center: '4712' }, production: { Center: '4713' } },
  StageSizes: {
    development: { Minimum: 1, Maximum: 1 },
    staging: { Minimum: 1, Maximum: 2 },
    production: { Minimum: 2, Maximum: 8 },
  },
};

export const CONDITIONS = {
  HasKey: not(equals(ref('KeyName'), '')),
  IsProduction: equals(ref('Environment'), 'production'),
  HasTopic: not(equals(ref('NotificationTopic'), '')),
};

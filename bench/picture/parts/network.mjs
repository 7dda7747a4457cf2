// Networks, security groups and access lists.
import { attribute, ref, select, sub, when } from './functions.mjs';
import { resource, tagged, tcp } from './resource.mjs';

/** @typedef {import('./resource.mjs').MakePart} MakePart */

/** @type {MakePart} */
export const network = (n, vary) => ({
  Parameters: {
    [`Network${n}Cidr`]: {
      Description: 'The address range of the VPC.',
      Type: 'String',
      Default: `10.${n}.0.0/16`,
      AllowedPattern: String.raw`^(\d{1,3}\.){3}\d{1,3}/\d{1,2}$`,
    },
    [`Network${n}Public1`]: { Description: 'The first public subnet.', Type: 'String', Default: `10.${n}.0.0/24` },
    [`Network${n}Public2`]: { Description: 'The second public subnet.', Type: 'String', Default: `10.${n}.1.0/24` },
  },
  Resources: {
    [`Vpc${n}`]: resource('AWS::EC2::VPC', {
      CidrBlock: ref(`Network${n}Cidr`),
      EnableDnsSupport: true,
      EnableDnsHostnames: true,
      Tags: tagged(sub('${AWS::StackName}-vpc'), vary),
    }),
    [`InternetGateway${n}`]: resource('AWS::EC2::InternetGateway', {
      Tags: tagged(sub('${AWS::StackName}-gateway'), vary),
    }),
    [`GatewayAttachment${n}`]: resource('AWS::EC2::VPCGatewayAttachment', {
      VpcId: ref(`Vpc${n}`),
      InternetGatewayId: ref(`InternetGateway${n}`),
    }),
    [`PublicRoutes${n}`]: resource('AWS::EC2::RouteTable', {
      VpcId: ref(`Vpc${n}`),
      Tags: tagged(sub('${AWS::StackName}-public'), vary),
    }),
    [`PublicRoute${n}`]: resource(
      'AWS::EC2::Route',
      {
        RouteTableId: ref(`PublicRoutes${n}`),
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: ref(`InternetGateway${n}`),
      },
      { DependsOn: `GatewayAttachment${n}` },
    ),
    ...Object.fromEntries(
      vary.some([1, 2], 1, 2).flatMap((zone) => [
        [
          `PublicSubnet${n}Zone${zone}`,
          resource('AWS::EC2::Subnet', {
            VpcId: ref(`Vpc${n}`),
            AvailabilityZone: select(zone - 1, { 'Fn::GetAZs': '' }),
            CidrBlock: ref(`Network${n}Public${zone}`),
            MapPublicIpOnLaunch: true,
            Tags: tagged(sub(`\${AWS::StackName}-public-${zone}`), vary),
          }),
        ],
        [
          `PublicSubnet${n}Zone${zone}Routes`,
          resource('AWS::EC2::SubnetRouteTableAssociation', {
            SubnetId: ref(`PublicSubnet${n}Zone${zone}`),
            RouteTableId: ref(`PublicRoutes${n}`),
          }),
        ],
      ]),
    ),
  },
  Outputs: {
    [`Vpc${n}Id`]: {
      Description: 'The VPC.',
      Value: ref(`Vpc${n}`),
      Export: { Name: sub(`\${AWS::StackName}-vpc-${n}`) },
    },
  },
});

/** @type {MakePart} */
export const group = (n, vary) => ({
  Parameters: {
    [`Group${n}Port`]: {
      Description: 'The port on which the service listens.',
      Type: 'Number',
      Default: 8000 + n,
      MinValue: 1024,
      MaxValue: 65535,
    },
  },
  Resources: {
    [`Web${n}SecurityGroup`]: resource('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Allows the traffic of the service, and SSH from where it is administered',
      VpcId: ref('VpcId'),
      SecurityGroupIngress: vary.some(
        [
          tcp(80, '0.0.0.0/0', 'HTTP'),
          tcp(443, '0.0.0.0/0', 'HTTPS'),
          tcp(22, n % 3 === 0 ? '0.0.0.0/0' : ref('SshLocation'), 'SSH'),
          { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: sub('${AWS::StackName}-clients') },
          {
            IpProtocol: 'tcp',
            FromPort: ref(`Group${n}Port`),
            ToPort: ref(`Group${n}Port`),
            CidrIp: ref('SshLocation'),
          },
          {
            IpProtocol: 'icmp',
            FromPort: 8,
            ToPort: -1,
            CidrIp: when('IsProduction', '10.0.0.0/8', ref('SshLocation')),
          },
        ],
        1,
        5,
      ),
      SecurityGroupEgress: [{ IpProtocol: -1, CidrIp: '0.0.0.0/0' }],
      Tags: tagged(sub(`\${AWS::StackName}-web-${n}`), vary),
    }),
    [`Web${n}Ingress`]: resource('AWS::EC2::SecurityGroupIngress', {
      GroupId: attribute(`Web${n}SecurityGroup`, 'GroupId'),
      IpProtocol: 'tcp',
      FromPort: ref(`Group${n}Port`),
      ToPort: ref(`Group${n}Port`),
      SourceSecurityGroupId: attribute(`Web${n}SecurityGroup`, 'GroupId'),
    }),
  },
});

/** @type {MakePart} */
export const accessList = (n, vary) => ({
  Resources: {
    [`AccessList${n}`]: resource('AWS::EC2::NetworkAcl', { VpcId: ref('VpcId'), Tags: tagged(`acl-${n}`, vary) }),
    ...Object.fromEntries(
      [80, 443].map((port) => [
        `AccessList${n}Port${port}`,
        resource('AWS::EC2::NetworkAclEntry', {
          NetworkAclId: ref(`AccessList${n}`),
          RuleNumber: 100 + port,
          Protocol: 6,
          RuleAction: 'allow',
          CidrBlock: '0.0.0.0/0',
          PortRange: { From: port, To: port },
        }),
      ]),
    ),
  },
});

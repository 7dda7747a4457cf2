// Networks and what stands at their edge: names, certificates, balancers, volumes.
import { findInMap, join, ref, select, sub, when } from '../functions.mjs';
import { ACCOUNT_ROLE, FIRST_SUBNET, BOTH_SUBNETS } from './names.mjs';
import { tagged } from '../resource.mjs';

/** Properties by the type of the resource. @type {import('../others.mjs').PropertiesOf} */
export const EDGE = {
  'AWS::EC2::NatGateway': (n, vary) => ({
    AllocationId: sub('${AWS::StackName}-address'),
    SubnetId: FIRST_SUBNET,
    Tags: tagged(`nat-${n}`, vary),
  }),
  'AWS::ElasticLoadBalancing::LoadBalancer': (n) => ({
    Subnets: ref('SubnetIds'),
    CrossZone: true,
    SecurityGroups: [sub('${AWS::StackName}-balancer')],
    Listeners: [{ LoadBalancerPort: '80', InstancePort: String(8000 + n), Protocol: 'HTTP', PolicyNames: [] }],
    HealthCheck: {
      Target: sub('HTTP:8080/${Environment}/health'),
      HealthyThreshold: '3',
      UnhealthyThreshold: '5',
      Interval: '30',
      Timeout: '5',
    },
    AccessLoggingPolicy: {
      Enabled: true,
      EmitInterval: 5,
      S3BucketName: ref('ArtifactBucket'),
      S3BucketPrefix: sub('${AWS::StackName}/elb'),
    },
  }),
  'AWS::Route53::RecordSet': (n) => ({
    HostedZoneName: sub('${Environment}.example.com.'),
    Name: sub(`host-${n}.\${Environment}.example.com.`),
    Type: 'A',
    AliasTarget: {
      DNSName: sub('${AWS::StackName}.elb.${AWS::Region}.amazonaws.com'),
      HostedZoneId: findInMap('Costs', ref('Environment'), 'Center'),
    },
  }),
  'AWS::Route53::RecordSetGroup': () => ({
    HostedZoneName: 'example.com.',
    RecordSets: [
      {
        Name: sub('a.${Environment}.example.com.'),
        Type: 'CNAME',
        TTL: '300',
        ResourceRecords: [sub('${AWS::StackName}.example.com')],
      },
      {
        Name: sub('b.${Environment}.example.com.'),
        Type: 'CNAME',
        TTL: '300',
        ResourceRecords: [ref('AWS::StackName')],
      },
    ],
  }),
  'AWS::ApiGatewayV2::Integration': () => ({
    ApiId: sub('${AWS::StackName}-api'),
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: sub('arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/service/invocations'),
    CredentialsArn: ACCOUNT_ROLE,
    RequestParameters: { 'overwrite:header.stage': ref('Environment') },
  }),
  'AWS::ApiGatewayV2::Route': (n) => ({
    ApiId: sub('${AWS::StackName}-api'),
    RouteKey: `GET /part-${n}`,
    Target: join('/', ['integrations', ref('AWS::StackName')]),
  }),
  'AWS::ElasticLoadBalancingV2::ListenerRule': (n) => ({
    ListenerArn: sub('${AWS::StackName}-listener'),
    Priority: n + 1,
    Conditions: [
      {
        Field: 'host-header',
        HostHeaderConfig: { Values: [sub('${Environment}.example.com'), sub('www.${Environment}.example.com')] },
      },
    ],
    Actions: [
      {
        Type: 'forward',
        ForwardConfig: { TargetGroups: [{ TargetGroupArn: sub('${AWS::StackName}-targets'), Weight: 1 }] },
      },
    ],
  }),
  'AWS::ElasticLoadBalancingV2::ListenerCertificate': () => ({
    ListenerArn: sub('${AWS::StackName}-listener'),
    Certificates: [{ CertificateArn: sub('${AWS::StackName}-certificate') }],
  }),
  'AWS::CloudFront::Distribution': () => ({
    DistributionConfig: {
      Enabled: true,
      Comment: ref('AWS::StackName'),
      Aliases: [sub('${Environment}.example.com')],
      Origins: [
        {
          Id: 'files',
          DomainName: sub('${ArtifactBucket}.s3.amazonaws.com'),
          S3OriginConfig: { OriginAccessIdentity: sub('origin-access-identity/cloudfront/${AWS::StackName}') },
        },
      ],
      DefaultCacheBehavior: {
        TargetOriginId: 'files',
        ViewerProtocolPolicy: 'redirect-to-https',
        ForwardedValues: { QueryString: false },
        DefaultTTL: when('IsProduction', 86400, 60),
      },
      ViewerCertificate: { AcmCertificateArn: sub('${AWS::StackName}-certificate'), SslSupportMethod: 'sni-only' },
      Logging: { Bucket: sub('${ArtifactBucket}.s3.amazonaws.com'), Prefix: ref('Environment') },
    },
  }),
  'AWS::GlobalAccelerator::EndpointGroup': () => ({
    ListenerArn: sub('${AWS::StackName}-listener'),
    EndpointGroupRegion: ref('AWS::Region'),
    EndpointConfigurations: [{ EndpointId: sub('${AWS::StackName}-balancer'), Weight: 100 }],
  }),
  'AWS::EC2::Volume': (n, vary) => ({
    AvailabilityZone: select(0, { 'Fn::GetAZs': ref('AWS::Region') }),
    Size: when('IsProduction', 500, 50),
    Encrypted: n % 2 === 0,
    KmsKeyId: sub('alias/${AWS::StackName}'),
    Tags: tagged(`volume-${n}`, vary),
  }),
  'AWS::EC2::VolumeAttachment': () => ({
    Device: '/dev/sdf',
    InstanceId: sub('${AWS::StackName}-host'),
    VolumeId: sub('${AWS::StackName}-volume'),
  }),
  'AWS::EC2::DHCPOptions': (n, vary) => ({
    DomainName: sub('${AWS::Region}.compute.internal'),
    DomainNameServers: ['AmazonProvidedDNS', ref('SshLocation')],
    NtpServers: [ref('SshLocation')],
    Tags: tagged(`dhcp-${n}`, vary),
  }),
  'AWS::EC2::FlowLog': () => ({
    ResourceId: ref('VpcId'),
    ResourceType: 'VPC',
    TrafficType: 'ALL',
    LogGroupName: sub('/vpc/${AWS::StackName}'),
    DeliverLogsPermissionArn: ACCOUNT_ROLE,
  }),
  'AWS::EC2::TransitGatewayAttachment': (n, vary) => ({
    TransitGatewayId: 'tgw-0123456789abcdef0',
    VpcId: ref('VpcId'),
    SubnetIds: BOTH_SUBNETS,
    Tags: tagged(`transit-${n}`, vary),
  }),
  'AWS::EC2::VPCPeeringConnection': (n, vary) => ({
    VpcId: ref('VpcId'),
    PeerVpcId: 'vpc-0123456789abcdef0',
    PeerRoleArn: ACCOUNT_ROLE,
    PeerOwnerId: ref('AWS::AccountId'),
    PeerRegion: ref('AWS::Region'),
    Tags: tagged(`peer-${n}`, vary),
  }),
  'AWS::EC2::SecurityGroupEgress': () => ({
    GroupId: sub('${AWS::StackName}-service'),
    IpProtocol: 'tcp',
    FromPort: 443,
    ToPort: 443,
    CidrIp: when('IsProduction', '10.0.0.0/8', '0.0.0.0/0'),
  }),
  'AWS::CertificateManager::Certificate': () => ({
    DomainName: sub('${Environment}.example.com'),
    SubjectAlternativeNames: [sub('*.${Environment}.example.com')],
    ValidationMethod: 'DNS',
    DomainValidationOptions: [
      { DomainName: sub('${Environment}.example.com'), HostedZoneId: sub('${AWS::StackName}-zone') },
    ],
  }),
  'AWS::DirectoryService::MicrosoftAD': () => ({
    Name: sub('${Environment}.example.com'),
    ShortName: 'example',
    Edition: when('IsProduction', 'Enterprise', 'Standard'),
    Password: sub('{{resolve:ssm-secure:/${Environment}/directory:1}}'),
    VpcSettings: { VpcId: ref('VpcId'), SubnetIds: BOTH_SUBNETS },
  }),
  'AWS::WAFv2::WebACLAssociation': () => ({
    ResourceArn: sub('${AWS::StackName}-balancer'),
    WebACLArn: sub('arn:aws:wafv2:${AWS::Region}:${AWS::AccountId}:regional/webacl/service'),
  }),
};

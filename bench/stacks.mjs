// Templates of many kinds of resources, made by us in the proportions that 100 public ones have: the same seed always gives the same template.
// Where templates.mjs has what a linter of EC2 is busiest with, these have what surrounds it: networks, roles with policies, scaling, alarms.
import { TYPICAL, userData } from './user-data.mjs';

/**
 * Something that stands for a number: a part that is put into a template.
 * @typedef {(n: number, seed: number) => string} Part
 */

/** @param {string} text @param {number} columns */
const indented = (text, columns) => text.replace(/^(?=.)/gm, ' '.repeat(columns));

/** @param {number} n @param {number} seed */
const script = (n, seed) => userData(45, seed * 31 + n, TYPICAL).trimEnd();

/** @type {readonly Part[]} */
const YAML_PARTS = [
  (n) => `Vpc${n}:
  Type: AWS::EC2::VPC
  Properties: { CidrBlock: !FindInMap [Networks, !Ref Environment, Cidr], EnableDnsSupport: true, EnableDnsHostnames: true }
Gateway${n}:
  Type: AWS::EC2::InternetGateway
Attachment${n}:
  Type: AWS::EC2::VPCGatewayAttachment
  Properties: { VpcId: !Ref Vpc${n}, InternetGatewayId: !Ref Gateway${n} }
Routes${n}:
  Type: AWS::EC2::RouteTable
  Properties:
    VpcId: !Ref Vpc${n}
    Tags: [{ Key: Name, Value: !Sub "\${AWS::StackName}-public-${n}" }]
DefaultRoute${n}:
  Type: AWS::EC2::Route
  DependsOn: Attachment${n}
  Properties: { RouteTableId: !Ref Routes${n}, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway${n} }
${[0, 1]
  .map(
    (zone) => `Subnet${n}Zone${zone}:
  Type: AWS::EC2::Subnet
  Properties:
    VpcId: !Ref Vpc${n}
    AvailabilityZone: !Select [${zone}, !GetAZs ""]
    CidrBlock: !Select [${zone}, !Cidr [!GetAtt Vpc${n}.CidrBlock, 4, 8]]
    MapPublicIpOnLaunch: true
Association${n}Zone${zone}:
  Type: AWS::EC2::SubnetRouteTableAssociation
  Properties: { SubnetId: !Ref Subnet${n}Zone${zone}, RouteTableId: !Ref Routes${n} }`,
  )
  .join('\n')}`,
  (n) => `Web${n}Group:
  Type: AWS::EC2::SecurityGroup
  Properties:
    GroupDescription: !Join [" ", [Web tier of, !Ref AWS::StackName]]
    VpcId: !Ref VpcId
    SecurityGroupIngress:
      - { IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0 }
      - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }
      - IpProtocol: tcp
        FromPort: 22
        ToPort: 22
        CidrIp: !Ref SshFrom
Peers${n}:
  Type: AWS::EC2::SecurityGroupIngress
  Properties:
    GroupId: !GetAtt Web${n}Group.GroupId
    IpProtocol: -1
    SourceSecurityGroupId: !GetAtt Web${n}Group.GroupId
Data${n}Group:
  Type: AWS::EC2::SecurityGroup
  Properties:
    GroupDescription: Databases
    VpcId: !Ref VpcId
    SecurityGroupIngress:
      - { IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref Web${n}Group }`,
  (n) => `Role${n}:
  Type: AWS::IAM::Role
  Properties:
    AssumeRolePolicyDocument:
      Version: "2012-10-17"
      Statement:
        - { Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: "sts:AssumeRole" }
    ManagedPolicyArns:
      - !Sub "arn:\${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"
    Policies:
      - PolicyName: artifacts
        PolicyDocument:
          Version: "2012-10-17"
          Statement:
            - Effect: Allow
              Action: ["s3:GetObject", "s3:ListBucket"]
              Resource: [!Sub "arn:aws:s3:::\${Bucket}", !Sub "arn:aws:s3:::\${Bucket}/*"]
            - Effect: Allow
              Action: ["ec2:Describe*", "autoscaling:Describe*", "cloudwatch:PutMetricData"]
              Resource: "*"
Profile${n}:
  Type: AWS::IAM::InstanceProfile
  Properties: { Roles: [!Ref Role${n}] }`,
  (n, seed) => `Config${n}:
  Type: AWS::AutoScaling::LaunchConfiguration
  Properties:
    ImageId: !FindInMap [Images, !Ref AWS::Region, Id]
    InstanceType: !Ref InstanceType
    KeyName: !If [HasKey, !Ref KeyName, !Ref AWS::NoValue]
    SecurityGroups: [!Ref SharedGroup]
    BlockDeviceMappings:
      - DeviceName: /dev/xvda
        Ebs: { VolumeSize: 50, VolumeType: gp3, Encrypted: ${n % 2 === 0} }
    UserData:
      Fn::Base64: !Sub |
${indented(script(n, seed).replaceAll('${', '${!'), 8)}
Fleet${n}:
  Type: AWS::AutoScaling::AutoScalingGroup
  Properties:
    LaunchConfigurationName: !Ref Config${n}
    MinSize: "1"
    MaxSize: !If [IsProduction, "8", "2"]
    VPCZoneIdentifier: !Ref Subnets
    Tags: [{ Key: Name, Value: !Sub "\${AWS::StackName}-${n}", PropagateAtLaunch: true }]
Out${n}:
  Type: AWS::AutoScaling::ScalingPolicy
  Properties: { AdjustmentType: ChangeInCapacity, AutoScalingGroupName: !Ref Fleet${n}, Cooldown: "60", ScalingAdjustment: 1 }
Busy${n}:
  Type: AWS::CloudWatch::Alarm
  Properties:
    AlarmDescription: Processor
    MetricName: CPUUtilization
    Namespace: AWS/EC2
    Statistic: Average
    Period: 300
    EvaluationPeriods: 2
    Threshold: 80
    ComparisonOperator: GreaterThanThreshold
    AlarmActions: [!Ref Out${n}]
    Dimensions: [{ Name: AutoScalingGroupName, Value: !Ref Fleet${n} }]`,
  (n, seed) => `Host${n}:
  Type: AWS::EC2::Instance
  Properties:
    ImageId: !FindInMap [Images, !Ref AWS::Region, Id]
    InstanceType: !Ref InstanceType
    SubnetId: !Select [0, !Ref Subnets]
    SecurityGroupIds: [!Ref SharedGroup]
    UserData:
      Fn::Base64: !Sub |
${indented(script(n, seed).replaceAll('${', '${!'), 8)}
Address${n}:
  Type: AWS::EC2::EIP
  Properties: { Domain: vpc, InstanceId: !Ref Host${n} }
Logs${n}:
  Type: AWS::Logs::LogGroup
  Properties: { RetentionInDays: 30 }`,
  (n) => `Balancer${n}:
  Type: AWS::ElasticLoadBalancingV2::LoadBalancer
  Properties: { Scheme: internet-facing, Subnets: !Ref Subnets, SecurityGroups: [!Ref SharedGroup] }
Targets${n}:
  Type: AWS::ElasticLoadBalancingV2::TargetGroup
  Properties: { Port: 8080, Protocol: HTTP, VpcId: !Ref VpcId, HealthCheckPath: /health }
Listener${n}:
  Type: AWS::ElasticLoadBalancingV2::Listener
  Properties:
    LoadBalancerArn: !Ref Balancer${n}
    Port: 80
    Protocol: HTTP
    DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Targets${n} }]
Files${n}:
  Type: AWS::EFS::FileSystem
  Properties: { Encrypted: true }
Mount${n}:
  Type: AWS::EFS::MountTarget
  Properties: { FileSystemId: !Ref Files${n}, SubnetId: !Select [0, !Ref Subnets], SecurityGroups: [!Ref SharedGroup] }`,
];

const YAML_HEAD = `AWSTemplateFormatVersion: "2010-09-09"
Description: A service with its network
Parameters:
  Environment: { Type: String, Default: staging, AllowedValues: [staging, production] }
  InstanceType: { Type: String, Default: t3.small }
  KeyName: { Type: String, Default: "" }
  SshFrom: { Type: String, Default: 10.0.0.0/8 }
  VpcId: { Type: "AWS::EC2::VPC::Id" }
  Subnets: { Type: "List<AWS::EC2::Subnet::Id>" }
  Bucket: { Type: String, Default: artifacts }
Mappings:
  Networks: { staging: { Cidr: 10.1.0.0/16 }, production: { Cidr: 10.2.0.0/16 } }
  Images: { us-east-1: { Id: ami-0a }, eu-west-1: { Id: ami-0b }, eu-central-1: { Id: ami-0c } }
Conditions:
  HasKey: !Not [!Equals [!Ref KeyName, ""]]
  IsProduction: !Equals [!Ref Environment, production]
Resources:
  SharedGroup:
    Type: AWS::EC2::SecurityGroup
    Properties: { GroupDescription: Shared, VpcId: !Ref VpcId }
`;

/** @type {readonly Part[]} */
const TERRAFORM_PARTS = [
  (n) => `resource "aws_security_group" "web_${n}" {
  name   = "\${var.name}-web-${n}"
  vpc_id = var.vpc_id
  tags   = merge(local.tags, { Name = "web-${n}" })

  dynamic "ingress" {
    for_each = var.ports
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group_rule" "ssh_${n}" {
  type              = "ingress"
  from_port         = 22
  to_port           = 22
  protocol          = "tcp"
  cidr_blocks       = var.ssh_from
  security_group_id = aws_security_group.web_${n}.id
}
`,
  (n) => `data "aws_iam_policy_document" "assume_${n}" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "host_${n}" {
  name               = "\${var.name}-host-${n}"
  assume_role_policy = data.aws_iam_policy_document.assume_${n}.json
  tags               = local.tags
}

resource "aws_iam_role_policy" "host_${n}" {
  role = aws_iam_role.host_${n}.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject", "s3:ListBucket"], Resource = ["arn:aws:s3:::\${var.bucket}/*"] },
      { Effect = "Allow", Action = ["ec2:Describe*"], Resource = "*" },
    ]
  })
}

resource "aws_iam_instance_profile" "host_${n}" {
  role = aws_iam_role.host_${n}.name
}
`,
  (n, seed) => `resource "aws_launch_template" "fleet_${n}" {
  name_prefix   = "\${var.name}-${n}-"
  image_id      = data.aws_ami.linux.id
  instance_type = var.instance_type

  metadata_options {
    http_tokens = ${n % 2 === 0 ? '"required"' : '"optional"'}
  }

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size = 50
      encrypted   = true
    }
  }

  user_data = base64encode(<<-EOF_USER_DATA
${indented(
  script(n, seed).replaceAll(/[$%](?=\{)/g, (mark) => mark + mark),
  4,
)}
    EOF_USER_DATA
  )
}

resource "aws_autoscaling_group" "fleet_${n}" {
  min_size            = 1
  max_size            = var.production ? 8 : 2
  vpc_zone_identifier = var.subnets

  launch_template {
    id      = aws_launch_template.fleet_${n}.id
    version = "$Latest"
  }
}

resource "aws_autoscaling_policy" "out_${n}" {
  name                   = "out-${n}"
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
  autoscaling_group_name = aws_autoscaling_group.fleet_${n}.name
}
`,
  (n, seed) => `resource "aws_instance" "host_${n}" {
  count                  = 2
  ami                    = data.aws_ami.linux.id
  instance_type          = var.instance_type
  subnet_id              = element(var.subnets, count.index)
  tags                   = merge(local.tags, { Name = format("%s-host-%02d", var.name, count.index) })

  root_block_device {
    volume_size = 30
  }

  user_data = <<-EOF_USER_DATA
${indented(
  script(n, seed).replaceAll(/[$%](?=\{)/g, (mark) => mark + mark),
  4,
)}
  EOF_USER_DATA
}

resource "aws_eip" "host_${n}" {
  instance = aws_instance.host_${n}[0].id
}

resource "aws_ebs_volume" "data_${n}" {
  availability_zone = aws_instance.host_${n}[0].availability_zone
  size              = 100
}
`,
  (n) => `resource "aws_lb" "front_${n}" {
  name    = "\${var.name}-${n}"
  subnets = var.subnets
}

resource "aws_lb_target_group" "front_${n}" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = var.vpc_id
}

resource "aws_lb_listener" "front_${n}" {
  load_balancer_arn = aws_lb.front_${n}.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.front_${n}.arn
  }
}
`,
];

const TERRAFORM_HEAD = `variable "name" {
  default = "service"
}

variable "vpc_id" {}

variable "subnets" {
  type = list(string)
}

variable "ports" {
  type    = list(number)
  default = [80, 443]
}

variable "ssh_from" {
  type    = list(string)
  default = ["10.0.0.0/8"]
}

variable "bucket" {
  default = "artifacts"
}

variable "instance_type" {
  default = "t3.small"
}

variable "production" {
  default = false
}

locals {
  tags = {
    Service     = var.name
    Environment = var.production ? "production" : "staging"
  }
}

data "aws_ami" "linux" {
  most_recent = true
  owners      = ["amazon"]

  filter {
    name   = "name"
    values = ["al2023-ami-2023*-x86_64"]
  }
}

`;

/** @param {readonly Part[]} parts @param {number} seed @param {number} lines about as many */
function partsUpTo(parts, seed, lines) {
  let text = '';
  for (let n = 1, count = 0; count < lines; n++) {
    const part = parts[(seed + n) % parts.length]?.(n, seed) ?? '';
    text += `${part}\n`;
    count += part.split('\n').length;
  }
  return text;
}

/**
 * So many lines as 300 public templates have characters, by language: of CloudFormation 17 KB on average, from 2 to 35; of Terraform, whose variables and outputs mostly stand
 * in files of their own, 4 KB.
 */
const LINES = {
  cloudFormation: (/** @type {number} */ seed) => 60 + ((seed * 83) % 17) * 50,
  terraform: (/** @type {number} */ seed) => 20 + ((seed * 83) % 17) * 12,
};

/** A CloudFormation template in YAML. @param {number} seed */
export function stackYaml(seed) {
  const resources = partsUpTo(YAML_PARTS, seed, LINES.cloudFormation(seed));
  return `${YAML_HEAD}${indented(resources, 2)}Outputs:\n  Group: { Value: !GetAtt SharedGroup.GroupId }\n`;
}

/** A Terraform configuration. @param {number} seed */
export function stackTerraform(seed) {
  return TERRAFORM_HEAD + partsUpTo(TERRAFORM_PARTS, seed, LINES.terraform(seed));
}

/** The EC2 resources of a template. */
import type { Resource } from '../../../ec2/model';
import type { Template, TemplateResource } from '../template';
import { autoScalingGroup, instance, launchConfiguration, launchTemplate, spotFleet } from './launch';
import { elasticIp, networkInterface, subnet } from './network';
import { readingOf, type Reading } from './reading';
import { instanceProfile, role, separatePolicy } from './roles';
import { securityGroup, separateRule } from './security-groups';
import { silencersIn } from './silencers';
import { imageDistribution, imageRecipe, keyPair, volume } from './storage';

type Read = (reading: Reading) => Resource | undefined | readonly Resource[];

const KINDS: Readonly<Record<string, Read>> = {
  'AWS::EC2::Instance': instance,
  'AWS::EC2::LaunchTemplate': launchTemplate,
  'AWS::AutoScaling::LaunchConfiguration': launchConfiguration,
  'AWS::AutoScaling::AutoScalingGroup': autoScalingGroup,
  'AWS::EC2::SpotFleet': spotFleet,
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::EC2::SecurityGroupIngress': (reading) => separateRule(reading, 'ingress'),
  'AWS::EC2::SecurityGroupEgress': (reading) => separateRule(reading, 'egress'),
  'AWS::EC2::NetworkInterface': networkInterface,
  'AWS::EC2::EIP': elasticIp,
  'AWS::EC2::EIPAssociation': elasticIp,
  'AWS::EC2::Subnet': subnet,
  'AWS::EC2::Volume': volume,
  'AWS::EC2::KeyPair': keyPair,
  'AWS::ImageBuilder::ImageRecipe': imageRecipe,
  'AWS::ImageBuilder::DistributionConfiguration': imageDistribution,
  'AWS::IAM::InstanceProfile': instanceProfile,
};

const POLICIES = new Set(['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy']);

export function resourcesOf(template: Template): readonly Resource[] {
  const silencers = silencersIn(template.carrier.text);
  const read = (resource: TemplateResource): Reading => readingOf(template, resource, silencers);
  const all = [...template.resources.values()];
  const policies = all.filter(({ type }) => POLICIES.has(type)).map((resource) => separatePolicy(read(resource)));
  return all.flatMap((resource): readonly Resource[] => {
    if (resource.type === 'AWS::IAM::Role') return [role(read(resource), policies)];
    const found = KINDS[resource.type]?.(read(resource));
    if (!found) return [];
    return 'kind' in found ? [found] : found;
  });
}

/** Every EC2 resource of a configuration, each with the way to write in it where it stands in the document. */
import type { Resource } from '../../../ec2/model';
import type { Block, Body, Site } from '../../hcl/syntax';
import { addressOf, childModule, readModule, type Module } from '../module';
import { autoScalingGroup, instance, launchConfiguration, launchTemplate, spotFleet } from './launch';
import { communityModule } from './community-modules';
import * as other from './others';
import { securityGroup, separateRule } from './permissions';
import { NO_DOCUMENT } from './place';
import type { Reading } from './reading';
import { readingsOf } from './readings';
import { rolesOf } from './roles';
import { silencersElsewhere, silencersIn, type Silencers } from './silencers';

const KINDS: Readonly<Record<string, (reading: Reading) => Resource | readonly Resource[]>> = {
  aws_instance: instance,
  aws_spot_instance_request: instance,
  aws_launch_template: launchTemplate,
  aws_launch_configuration: launchConfiguration,
  aws_autoscaling_group: autoScalingGroup,
  aws_spot_fleet_request: spotFleet,
  aws_security_group: securityGroup,
  aws_default_security_group: securityGroup,
  aws_security_group_rule: separateRule,
  aws_vpc_security_group_ingress_rule: separateRule,
  aws_vpc_security_group_egress_rule: separateRule,
  aws_network_interface: other.networkInterface,
  aws_ebs_volume: other.volume,
  aws_snapshot_create_volume_permission: other.snapshotPermission,
  aws_ami: other.image,
  aws_ami_launch_permission: other.imagePermission,
  aws_key_pair: other.keyPair,
  aws_iam_instance_profile: other.profile,
  aws_eip: other.elasticIp,
  aws_eip_association: other.elasticIp,
  aws_subnet: other.subnet,
  aws_default_subnet: other.subnet,
  aws_ebs_encryption_by_default: other.ebsDefaults,
  aws_ec2_instance_metadata_defaults: other.metadataDefaults,
};

/** What reading a module once more is of the effort that a configuration is worth. */
const EFFORT_OF_CALL = 20;

export function resourcesOf(body: Body, module: Module): readonly Resource[] {
  const { uri } = body.source;
  const silencers = silencersIn(body.source.text);
  const found = inModule(module, uri, silencers, 0);
  return [...found, ...rolesOf(module, uri, silencers)];
}

/** A call of a module: where it stands in the document, and whether what is called is there by it alone. */
interface Call {
  readonly site: Site;
  readonly alone: boolean;
}

function inModule(module: Module, uri: string, silencers: Silencers, depth: number, call?: Call): readonly Resource[] {
  const found: Resource[] = [];
  let uncalled: Module | undefined;
  const called = call ? silencers : silencersElsewhere(module.configuration.bodies);
  /** The call, where nothing of the block is there without it. */
  const onlyCall = (block: Block, address: string): Site | undefined => {
    if (!call || call.alone) return call?.site;
    const { attributes } = block.body;
    if (!attributes.has('count') && !attributes.has('for_each')) return undefined;
    uncalled ??= readModule(module.folder, module.configuration);
    return readingsOf(block, address, uncalled, NO_DOCUMENT, silencers).length > 0 ? undefined : call.site;
  };
  for (const block of module.bodies.flatMap((body) => body.blocks)) {
    const address = addressOf(block);
    if (address === undefined) continue;
    // What another file of the folder declares is told of there, though a default of this document may be the reason; what a call from here leads to is told here.
    const home = depth === 0 && block.source.uri !== uri ? NO_DOCUMENT : uri;
    if (block.type === 'module') {
      const community = communityModule(block, module, home, silencers);
      if (community) found.push(...community);
      else if (depth < 3 && (depth > 0 || block.source.uri === uri)) {
        const inner = call
          ? { site: call.site, alone: onlyCall(block, address) !== undefined }
          : { site: { source: block.source, range: block.head }, alone: false };
        const { work } = module.configuration;
        for (const reading of readingsOf(block, address, module, home, silencers)) {
          // Modules that are called often and call others often are soon more than anybody waits for.
          if ((work.left -= EFFORT_OF_CALL) <= 0) break;
          const child = childModule(module, block.labels[0] ?? '', reading);
          if (child) found.push(...inModule(child, uri, called, depth + 1, inner));
        }
      }
    }
    const read = block.type === 'resource' ? KINDS[block.labels[0] ?? ''] : undefined;
    if (!read) continue;
    for (const reading of readingsOf(block, address, module, home, silencers, onlyCall(block, address))) {
      const made = read(reading);
      if (Array.isArray(made)) found.push(...(made as readonly Resource[]));
      else found.push(made as Resource);
    }
  }
  return found;
}

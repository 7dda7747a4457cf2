/** What makes an instance reachable: interfaces, addresses, subnets. */
import type { ElasticIpAssociation, NetworkInterface, Subnet } from '../../../ec2/model';
import { baseOf, property, type Reading } from './reading';

export function networkInterface(reading: Reading): NetworkInterface {
  return {
    kind: 'network-interface',
    ...baseOf(reading),
    securityGroups: property(reading, 'GroupSet'),
    subnet: property(reading, 'SubnetId'),
  };
}

/** `AWS::EC2::EIPAssociation`, and `AWS::EC2::EIP` that names its instance itself. */
export function elasticIp(reading: Reading): ElasticIpAssociation | undefined {
  const instance = property(reading, 'InstanceId');
  const networkInterfaceId = property(reading, 'NetworkInterfaceId');
  if (!instance && !networkInterfaceId) return undefined;
  return { kind: 'elastic-ip-association', ...baseOf(reading), instance, networkInterface: networkInterfaceId };
}

export function subnet(reading: Reading): Subnet {
  return { kind: 'subnet', ...baseOf(reading), mapPublicAddresses: property(reading, 'MapPublicIpOnLaunch') };
}

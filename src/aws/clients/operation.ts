/** Operations as IAM names them. */

export type ServiceName = 'ec2' | 'sts' | 'iam' | 'cloudwatch' | 'autoscaling';

/** `ec2:DescribeInstances` of `DescribeInstancesCommand`. */
export function operationName(service: ServiceName, command: string | undefined): string {
  return `${service}:${(command ?? 'Request').replace(/Command$/, '')}`;
}

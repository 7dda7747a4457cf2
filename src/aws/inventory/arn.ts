/** Names of EC2's resources (Service Authorization Reference, "Resource types defined by Amazon EC2"). */
import type { Session } from '../identity/session';
import type { RecordKind } from './records';

export function arnOf(
  { partition, region, account }: Session,
  kind: RecordKind,
  id: string,
  owner: string | undefined = account,
): string {
  return `arn:${partition}:ec2:${region}:${owner}:${kind}/${id}`;
}

/** The account that an ARN names. */
export function accountIn(arn: string): string {
  return arn.split(':')[4] ?? '';
}

/** What looks like containers, whose requests take one hop more. */
import type { InstanceRecord } from '../../../aws';
import { l10n } from '../../l10n';
import type { UserDataEvidence } from '../evidence';

/** Tags that ECS, EKS and their tools put on hosts, and programs that run containers. */
const CONTAINER_TAG =
  /^(aws:eks:|eks:|kubernetes\.io\/cluster\/|k8s\.io\/|alpha\.eksctl\.io\/|karpenter\.sh\/|aws:ecs:|AmazonECS)/;
const CONTAINER_PROGRAM =
  /\b(docker|containerd|podman|nerdctl|ECS_CLUSTER|bootstrap\.sh|nodeadm|kubelet|k3s|microk8s)\b/;

export function containersOf({ tags }: InstanceRecord, userData: UserDataEvidence): string | undefined {
  const tag = Object.keys(tags).find((key) => CONTAINER_TAG.test(key));
  if (tag !== undefined) return l10n.t('its tag {0}', tag);
  const program = userData.is === 'read' ? CONTAINER_PROGRAM.exec(userData.text)?.[0] : undefined;
  return program === undefined ? undefined : l10n.t('“{0}” in its user data', program);
}

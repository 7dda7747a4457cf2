/** Every rule, in the order of the documentation. A new rule is a folder beside this file and a line in it. */
import { architectureMismatch } from './architecture-mismatch/rule';
import { credentialsPermissions } from './credentials-permissions/rule';
import { defaultSecurityGroupOpen } from './default-security-group-open/rule';
import { ebsDefaultEncryptionOff } from './ebs-default-encryption-off/rule';
import { ebsUnencrypted } from './ebs-unencrypted/rule';
import { imagePublic } from './image-public/rule';
import { imdsThroughProxy } from './imds-through-proxy/rule';
import { imdsTokenNotSent } from './imds-token-not-sent/rule';
import { imdsTokenRequest } from './imds-token-request/rule';
import { imdsv1Allowed } from './imdsv1-allowed/rule';
import { imdsv1Call } from './imdsv1-call/rule';
import { imdsv1Fallback } from './imdsv1-fallback/rule';
import { imdsv2RequiredV1Call } from './imdsv2-required-v1-call/rule';
import { instancePublic } from './instance-public/rule';
import { instanceRoleBroad } from './instance-role-broad/rule';
import { keyPairWeak } from './key-pair-weak/rule';
import { metadataHopLimit } from './metadata-hop-limit/rule';
import { openAllPorts } from './open-all-ports/rule';
import { openManagementPort } from './open-management-port/rule';
import { openPort } from './open-port/rule';
import { secretInScript } from './secret-in-script/rule';
import { securityGroupQuota } from './security-group-quota/rule';
import { securityGroupShared } from './security-group-shared/rule';
import { securityGroupUnused } from './security-group-unused/rule';
import { snapshotPublic } from './snapshot-public/rule';
import { widePortRange } from './wide-port-range/rule';
import type { ResourceRule } from './resource-rule';
import type { ProgramRule } from './rule';

/** Rules over what programs do. */
export const PROGRAM_RULES: readonly ProgramRule[] = [
  imdsv1Call,
  imdsv1Fallback,
  imdsTokenNotSent,
  imdsTokenRequest,
  imdsThroughProxy,
  credentialsPermissions,
  secretInScript,
];

/** Rules over resources of a template, a configuration or an account. */
export const RESOURCE_RULES: readonly ResourceRule[] = [
  imdsv1Allowed,
  imdsv2RequiredV1Call,
  metadataHopLimit,
  openManagementPort,
  openAllPorts,
  openPort,
  widePortRange,
  defaultSecurityGroupOpen,
  securityGroupQuota,
  securityGroupUnused,
  securityGroupShared,
  instancePublic,
  ebsUnencrypted,
  ebsDefaultEncryptionOff,
  snapshotPublic,
  imagePublic,
  instanceRoleBroad,
  keyPairWeak,
  architectureMismatch,
];

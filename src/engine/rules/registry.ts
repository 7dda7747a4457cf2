/** Every rule, in the order of the documentation. A new rule is a folder beside this file and a line in it. */
import { credentialsPermissions } from './credentials-permissions/rule';
import { imdsThroughProxy } from './imds-through-proxy/rule';
import { imdsTokenNotSent } from './imds-token-not-sent/rule';
import { imdsTokenRequest } from './imds-token-request/rule';
import { imdsv1Call } from './imdsv1-call/rule';
import { imdsv1Fallback } from './imdsv1-fallback/rule';
import type { ProgramRule } from './rule';

export const PROGRAM_RULES: readonly ProgramRule[] = [
  imdsv1Call,
  imdsv1Fallback,
  imdsTokenNotSent,
  imdsTokenRequest,
  imdsThroughProxy,
  credentialsPermissions,
];

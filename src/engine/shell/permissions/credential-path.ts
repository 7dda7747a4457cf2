/** Which paths hold credentials: AWS CLI User Guide, "Configuration and credential file settings"; ssh(1), FILES. */

/** `folder`: what is in it has modes of its own. `files`: one file or several. `any`: a pattern that may match either. */
export type CredentialKind = 'folder' | 'files' | 'any';

export interface CredentialPath {
  readonly kind: CredentialKind;
  /** The path as people write it. */
  readonly shown: string;
}

/** Files beside keys that everybody may read. */
const PUBLIC = /(?:\.pub|known_hosts(?:\.old)?|authorized_keys2?|config|environment|rc)$/;
const PRIVATE_KEY = /(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/;
/** Certificates are public; what is called a key, or lies in somebody's home, is not. */
const CERTIFICATE =
  /(?:cert|crt|chain|bundle|(?:^|[/_.-])(?:ca|root|pub|public|dh|dhparams?)(?=[_.-]))[^/]*$|\/etc\/(?:ssl|pki)\//i;

/** Placeholders of what is not known become `*`, so that a path can still be told by its end. */
export function credentialPath(path: string): CredentialPath | undefined {
  const shown = path.replace(/\u0000/g, '*').replace(/\/{2,}/g, '/');
  const plain = shown.replace(/(?<=.)\/+$/, '').replace(/\/\.$/, '');
  const aws = /(?:^|\/)\.aws(\/.*)?$/.exec(plain);
  if (aws) return { kind: kindOf(aws[1]), shown };
  const ssh = /(?:^|\/)\.ssh(\/.*)?$/.exec(plain);
  if (ssh) return PUBLIC.test(plain) ? undefined : { kind: kindOf(ssh[1]), shown };
  if (PRIVATE_KEY.test(plain)) return { kind: 'files', shown };
  if (/[^/]\.pem$|(?:^|\/)\*\.pem$/.test(plain) && !CERTIFICATE.test(plain)) return { kind: 'files', shown };
  return undefined;
}

function kindOf(below: string | undefined): CredentialKind {
  if (below === undefined || below === '') return 'folder';
  return below.endsWith('/*') ? 'any' : 'files';
}

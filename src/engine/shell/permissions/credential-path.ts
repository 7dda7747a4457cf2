/** Which paths hold credentials: AWS CLI User Guide, "Configuration and credential file settings"; ssh(1), FILES. */

/** `folder`: what is in it has modes of its own. `files`: one file or several. `any`: a pattern that may match either. `unsure`: a name that may be either's. */
export type CredentialKind = 'folder' | 'files' | 'any' | 'unsure';

export interface CredentialPath {
  readonly kind: CredentialKind;
  /** The path as people write it. */
  readonly shown: string;
}

/** Files beside keys that everybody may read. */
const PUBLIC = /(?:[.*_]pub|known_hosts(?:\.old)?|authorized_keys2?|config|environment|rc)$/;
/** What people keep beside keys and is none. */
const NO_KEY = /\.(?:sh|bash|py|pl|rb|dat|gz|tgz|zip|txt|log|md|conf|cfg|ya?ml)$/i;
/** Programs, notes and the CLI's aliases in `~/.aws`. */
const NO_CREDENTIALS = /(?:\.(?:sh|bash|py|pl|rb|js|log|md)|\/cli\/alias)$/i;
/** Folders that AWS's tools and ssh make below their own, and drop-ins. */
const FOLDER = /(?:\/(?:cli|sso|boto|login|cache|models|amazonq|sockets)|\.d)$/;
const FILE = /(?:\.\w+|config|environment|(?:key|pair|rsa|dsa|ed25519|cred|token|secret|pass)[^/]*)$/i;
const PRIVATE_KEY = /(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/;
/** Certificates are public; what is called a key, or lies in somebody's home, is not. */
const CERTIFICATE =
  /cert|crt|chain|bundle|root_?ca|rootx\d|lets-?encrypt|(?:^|[_.-])(?:ca|crl|root|pub(?:lic)?|pub_?key|dh|dhparams?)(?=[_.-])/i;
const KEY = /(?:^|[_.-])(?:priv(?:ate)?_?)?key(?=[_.-])/i;
const PUBLIC_KEY = /(?:^|[_.-])pub/i;
const CERTIFICATES = /\/etc\/(?:ssl|pki)\//i;

/** Placeholders of what is not known become `*`, so that a path can still be told by its end. */
export function credentialPath(path: string): CredentialPath | undefined {
  const shown = path.replace(/\u0000/g, '*').replace(/\/{2,}/g, '/');
  const plain = shown.replace(/(?<=[^])\/$/, '').replace(/\/\.$/, '');
  const inAws = below(plain, '.aws');
  if (inAws !== undefined) return NO_CREDENTIALS.test(plain) ? undefined : { kind: kindOf(inAws), shown };
  const inSsh = below(plain, '.ssh');
  if (inSsh !== undefined) return PUBLIC.test(plain) || NO_KEY.test(plain) ? undefined : { kind: kindOf(inSsh), shown };
  if (PRIVATE_KEY.test(plain)) return { kind: 'files', shown };
  const file = plain.slice(plain.lastIndexOf('/') + 1);
  return isKeyFile(file) && !CERTIFICATES.test(plain) ? { kind: 'files', shown } : undefined;
}

function isKeyFile(file: string): boolean {
  if (!/.\.pem$/.test(file)) return false;
  return (KEY.test(file) && !PUBLIC_KEY.test(file)) || !CERTIFICATE.test(file);
}

/** What a path has behind its first part of the name, with the slash; undefined where it has no such part. */
function below(path: string, name: string): string | undefined {
  const [, ...parts] = `/${path}`.split('/');
  const at = parts.indexOf(name);
  return at === -1
    ? undefined
    : parts
        .slice(at + 1)
        .map((part) => `/${part}`)
        .join('');
}

function kindOf(path: string): CredentialKind {
  if (path === '' || FOLDER.test(path)) return 'folder';
  if (path.endsWith('/*')) return 'any';
  return FILE.test(path) ? 'files' : 'unsure';
}

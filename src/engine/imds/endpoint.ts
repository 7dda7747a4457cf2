/**
 * Which requests reach EC2's instance metadata service. Facts from the EC2 User Guide, "Retrieve instance metadata" and "How Instance
 * Metadata Service Version 2 works"; what other clouds serve at the same address is from their own documents.
 */
import { isLiteral, pattern, type Text } from '../program/value';

/** Lifetime of a token, in seconds (EC2 User Guide, "How IMDSv2 works"). */
export const TTL_SECONDS = { min: 1, max: 21600 } as const;

export const TOKEN_HEADER = 'X-aws-ec2-metadata-token';
export const TTL_HEADER = 'X-aws-ec2-metadata-token-ttl-seconds';
export const TOKEN_PATH = '/latest/api/token';

/** What a URL is to the metadata service. */
export interface Endpoint {
  /** Scheme, host and port as written, `http://` added where the scheme is left out: what `/latest/api/token` is appended to. */
  readonly origin: string;
  /** The path as far as it is known, `\u0000` in the place of what is not. */
  readonly path: string;
  /** `token`: where tokens are asked for. `root`: no path that only EC2 has. `data`: the rest. */
  readonly kind: 'token' | 'data' | 'root';
}

/** 169.254.169.254 as a number. */
const IPV4 = 0xa9fea9fe;

/** The address that inet_aton(3) reads: one to four numbers, decimal, octal or hexadecimal, the last of which fills what is left. */
function inetAton(host: string): number | undefined {
  const parts = host.split('.');
  if (parts.length > 4) return undefined;
  let address = 0;
  for (const [index, part] of parts.entries()) {
    if (!/^(?:0x[0-9a-f]+|[0-9]+)$/i.test(part)) return undefined;
    const value = /^0[0-9]/.test(part) ? parseInt(part, 8) : Number(part);
    const last = index === parts.length - 1;
    const size = last ? 256 ** (4 - index) : 256;
    if (!(value < size)) return undefined;
    address += last ? value : value * 256 ** (3 - index);
  }
  return address;
}

/** fd00:ec2::254 in any spelling of its zeros. */
const IPV6 = /^\[fd00:0?ec2:(?:(?:0{1,4}:)*|:)0?254\]$/i;
const NAMES = /^(?:instance-data|instance-data\.ec2\.internal)$/i;

/** `http://user@host:port/path`, the scheme left out or not. */
const URL = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^/?#@[\]]*@)?(\[[^\]/]*\]|[^:/?#[\]]*)(:\d+)?(?=[/?#]|$)([^]*)$/i;

/** Paths below which other clouds answer on the same address. */
const OTHER_CLOUDS = [
  /^\/+computeMetadata(?:\/|$)/i, // Google Compute Engine
  /^\/+metadata(?:\/|\?|$)/i, // Azure (/metadata/instance, /metadata/identity), DigitalOcean (/metadata/v1)
  /^\/+openstack(?:\/|$)/, // OpenStack
  /^\/+opc(?:\/|$)/, // Oracle Cloud Infrastructure
  /^\/+hetzner(?:\/|$)/, // Hetzner Cloud
  /^\/+v1(?:[./?]|$)/, // Vultr, DigitalOcean's and Equinix's mirrors
  /^\/+0\.1\/meta-data(?:\/|$)/, // Google's first API
  /^\/+(?:instance_identity|identity)(?:\/|\?|$)/, // IBM Cloud, Azure Arc
];

const DATED = /^\d{4}-\d{2}-\d{2}$/;
const HOLE = '\u0000';

/** What `url` is to EC2's metadata service, or undefined where it is something else or cannot be known. */
export function endpointOf(url: Text): Endpoint | undefined {
  // The host must be known: a URL that begins with something unknown is never guessed at.
  const first = url[0];
  if (!first || !isLiteral(first)) return undefined;
  const written = pattern(url, HOLE)
    .trim()
    .replace(/^["']|["']$/g, '');
  const match = URL.exec(written);
  if (!match) return undefined;
  const [, scheme, host = '', port = '', rest = ''] = match;
  if (scheme !== undefined && !/^https?$/i.test(scheme)) return undefined;
  const bare = host.replace(/\.$/, '');
  if (inetAton(bare) !== IPV4 && !IPV6.test(bare) && !NAMES.test(bare)) return undefined;
  const [path = ''] = rest.split(/[?#]/, 1);
  if (OTHER_CLOUDS.some((other) => other.test(rest))) return undefined;
  const origin = `${scheme ?? 'http'}://${host}${port}`;
  return { origin, path, kind: kindOf(path) };
}

function kindOf(path: string): Endpoint['kind'] {
  const [version = '', ...below] = path.split('/').filter((segment) => segment !== '');
  if (version === '' || version.includes(HOLE)) return /\/api\/token\/?$/.test(path) ? 'token' : 'root';
  if (below[0] === 'api' && (below[1] === 'token' || below.length === 1)) return 'token';
  if (version === 'latest' || DATED.test(version) || version === '1.0') return below.length === 0 ? 'root' : 'data';
  return 'data';
}

/** True where a token path is one that the service refuses: tokens come from `/latest` only. */
export function isDatedTokenPath(endpoint: Endpoint): boolean {
  return endpoint.kind === 'token' && /^\/+\d{4}-\d{2}-\d{2}\//.test(endpoint.path);
}

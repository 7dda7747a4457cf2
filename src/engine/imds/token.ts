/** Whether a request sends a metadata token, by its headers. EC2 User Guide, "How Instance Metadata Service Version 2 works". */
import { isLiteral, knownText, pattern, type Text } from '../program/value';
import { TOKEN_HEADER, TTL_HEADER } from './endpoint';

/** How a header that was meant to carry the token does not. */
export type BrokenToken =
  /** `X-aws-ec2-metadata-token:` with nothing behind it: curl then leaves the header out. */
  | 'empty'
  /** The name is not the one that the service reads. */
  | 'misspelt'
  /** `'... $TOKEN'` in single quotes is sent as it stands. */
  | 'unexpanded'
  /** Quotes became part of the header. */
  | 'quoted'
  /** No colon: curl sends no such header. */
  | 'no-colon'
  /** The header that asks for a token, on a request for data. */
  | 'ttl-header'
  /** `-H X-aws-ec2-metadata-token: $TOKEN`: the token is an argument of its own. */
  | 'unquoted';

export interface TokenHeader<H> {
  readonly state: 'sent' | 'maybe' | 'none' | 'broken';
  readonly broken?: BrokenToken;
  /** The header that decided. */
  readonly header?: H;
}

const NAME = TOKEN_HEADER.toLowerCase();
const TTL_NAME = TTL_HEADER.toLowerCase();
const HOLE = '\u0000';

/** Names that are meant to be the token's and are not. */
function isMisspelt(name: string): boolean {
  if (name === NAME || name === TTL_NAME) return false;
  const letters = name.replace(/[^a-z0-9]/g, '');
  if (/ttl|seconds/.test(letters)) return false;
  return /^x?aws(?:ec2|ec|e2|imds|instance)*(?:meta-?data|metdata|metadat|metdadata)?(?:session)?tokens?$/.test(
    letters,
  ) && /^x?aws/.test(letters)
    ? /meta|ec2|imds|met/.test(letters)
    : distance(name, NAME) <= 3;
}

/** Levenshtein distance, cut off above 3. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3) return 4;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 4;
}

/** What one header says of the token; undefined where it has nothing to do with it. */
function readHeader(text: Text): Omit<TokenHeader<never>, 'header'> | undefined {
  const first = text[0];
  const written = pattern(text, HOLE);
  const colon = written.search(/[:;]/);
  if (first && !isLiteral(first) && (colon === -1 || written.slice(0, colon).includes(HOLE))) {
    // A header that is not known may be the one.
    return { state: 'maybe' };
  }
  const end = colon === -1 ? written.length : colon;
  const name = written.slice(0, end).trim().toLowerCase();
  if (colon === -1) {
    const [word = ''] = name.split(/[\s=]/);
    return word === NAME
      ? { state: 'broken', broken: 'no-colon' }
      : name.includes(HOLE)
        ? { state: 'maybe' }
        : undefined;
  }
  if (name.includes(HOLE)) return { state: 'maybe' };
  const value = written.slice(colon + 1).trim();
  if (name === NAME) {
    if (value === '' || value === '""' || value === "''") return { state: 'broken', broken: 'empty' };
    const known = knownText(text);
    if (known !== undefined && /^\$(?:\{?\w+\}?|\(.*\))$/.test(value)) return { state: 'broken', broken: 'unexpanded' };
    return { state: 'sent' };
  }
  if (name === TTL_NAME) return { state: 'broken', broken: 'ttl-header' };
  if (name.replace(/["']/g, '') === NAME) return { state: 'broken', broken: 'quoted' };
  return isMisspelt(name) ? { state: 'broken', broken: 'misspelt' } : undefined;
}

/** The best that is said by any of the headers: a token that is sent makes up for a header that is not. */
export function tokenHeader<H extends { readonly text: Text }>(
  headers: readonly H[],
  mayHide: boolean,
): TokenHeader<H> {
  let result: TokenHeader<H> = { state: 'none' };
  for (const header of headers) {
    const read = readHeader(header.text);
    if (!read) continue;
    if (read.state === 'sent') return { ...read, header };
    if (read.state === 'maybe' || result.state === 'none') result = { ...read, header };
  }
  return mayHide && result.state === 'none' ? { state: 'maybe' } : result;
}

/** Other clouds want a header of their own on every request; one that has it is not meant for EC2. */
export function isForOtherCloud(headers: readonly { readonly text: Text }[]): boolean {
  return headers.some(({ text }) =>
    /^\s*(?:metadata\s*:\s*true|metadata-flavor\s*:|x-google-metadata-request\s*:|authorization\s*:\s*bearer oracle|x-aliyun-ecs-metadata|metadata-token\s*:)/i.test(
      pattern(text),
    ),
  );
}

const OTHER_CLOUD =
  /openstack|cloudstack|ovh|exoscale|tencent|qcloud|ali(?:yun|baba|cloud)|huawei|hetzner|digital_?ocean|vultr|scaleway|yandex|linode|upcloud|outscale|azure|(?:^|_)(?:oci|gce|gcp)(?:_|$)/i;

/** A function that is called after another cloud asks that one, which may have EC2's paths: OpenStack, and what is made of it. */
export function isOfOtherCloud(name: string): boolean {
  return OTHER_CLOUD.test(name) && !/aws|ec2|amazon/i.test(name);
}

/** Secrets written out in a text. Better to miss one than to cry at a placeholder. */
import { decodeBase64Text } from '../text/base64';
import { base64Words } from './base64-words';
import type { Range } from '../text/range';
import { entropyPerCharacter, isPlaceholder } from './placeholder';

export interface Secret {
  /** Where the value is. */
  readonly range: Range;
  /** What it is, in words; never the value. */
  readonly what: string;
}

interface Pattern {
  readonly what: string;
  /** Global; the first group is the value, else the whole match is. */
  readonly pattern: RegExp;
  /** True where the value is none after all. */
  readonly isNone?: (value: string) => boolean;
  /** What every match has in it; where a text has none of it, as most have, the pattern need not be looked for, which takes five times as long. */
  readonly hint?: RegExp;
}

const isRandom = (value: string): boolean => entropyPerCharacter(value) >= 3.5;

/** Values that can be told by their own look. Formats from the documents of those who issue them. */
const BY_LOOK: readonly Pattern[] = [
  {
    what: 'An AWS secret access key',
    pattern:
      /(?:secret_?(?:access_?)?key(?:_id)?|secretkey)["']?(?:\s{0,20}[=:]\s{0,20}|\s{1,40})["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
    isNone: (value) => !isRandom(value) || /^[0-9a-f]+$/.test(value),
  },
  {
    what: 'An AWS session token',
    pattern: /(?:session_?token)["']?(?:\s{0,20}[=:]\s{0,20}|\s{1,40})["']?([A-Za-z0-9/+]{100,2000}={0,2})/gi,
  },
  {
    what: 'A private key',
    pattern: /-----BEGIN (?:[A-Z]{2,9} )?PRIVATE KEY-----(?:\s|\\[nr]){0,60}([A-Za-z0-9+/=]{40,100})/g,
  },
  { what: 'A GitHub token', pattern: /\b(gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{60,255})\b/g },
  { what: 'A GitLab token', pattern: /\b(glpat-[A-Za-z0-9_-]{20,64})\b/g },
  { what: 'A Slack token', pattern: /\b(xox[abprs]-[A-Za-z0-9-]{20,200})\b/g },
  { what: 'An npm token', pattern: /\b(npm_[A-Za-z0-9]{36})\b/g },
  { what: 'A Vault token', pattern: /\b(hvs\.[A-Za-z0-9_-]{24,200})/g },
  { what: 'A Stripe key', pattern: /\b([rs]k_live_[A-Za-z0-9]{20,100})\b/g },
  {
    what: 'A presigned URL',
    pattern:
      /[?&](?:X-Amz-Signature=([0-9a-f]{64})|AWSAccessKeyId=[A-Z0-9]{16,24}&[^\s"']{0,300}?Signature=([A-Za-z0-9%/+]{20,60}))/g,
  },
];

const NAMES = String.raw`(?:[A-Za-z0-9][A-Za-z0-9_-]{0,60})?(?:passw(?:or)?d|passphrase|passwd|secret|api_?key|auth_?token|access_?token|private_?token|client_?secret|encryption_?key)`;
/** A value in quotes, or a word. */
const VALUE = `${String.raw`(?:"([^"\n]{6,200})"|'([^'\n]{6,200})'|([^\s"';&|()<>`}\`${String.raw`]{6,200}))`}`;

/** Values that are told by what they are given to. */
const BY_NAME: readonly Pattern[] = [
  {
    what: 'A password',
    pattern: new RegExp(
      String.raw`(?:^|[\s;{])(?:export\s+|local\s+|readonly\s+|\$(?:env:|global:|script:)?)?${NAMES}\s*=\s*${VALUE}`,
      'gim',
    ),
    hint: /passw|passphrase|secret|api_?key|auth_?token|access_?token|private_?token|encryption_?key/i,
  },
  {
    what: 'A password',
    pattern: new RegExp(
      String.raw`(?:^|\s)--?(?:db-?|admin-?|root-?|master-?|user-?)?(?:password|passwd|secret|api-?key|token)[= ]${VALUE}`,
      'gi',
    ),
    // Behind an option that takes no value stands the name of something.
    isNone: (value) => /^[A-Za-z_-]+$/.test(value),
  },
  {
    what: 'A password',
    pattern:
      /\b(?:mysql|mysqladmin|mysqldump|mariadb)\b[^\n|;]{0,300}?\s-p(?:'([^'\n]{6,100})'|"([^"\n]{6,100})"|([^\s'"$]{6,100}))/g,
  },
  {
    what: 'A password',
    pattern:
      /\bcurl(?:\.exe)?\b[^\n|;&]{0,300}?\s(?:-[a-zA-Z]{0,9}u|--(?:proxy-)?user)[ =]{0,3}(?:'[^':\n]{1,60}:([^'\n]{6,100})'|"[^":\n]{1,60}:([^"\n]{6,100})"|[^\s'":$]{1,60}:([^\s'"$]{6,100}))/g,
    // A word with a number is what an installation comes with, and what examples say: `weblogic:welcome1`.
    isNone: (value) => /^[a-z]+\d{1,4}$/i.test(value),
    hint: /curl/,
  },
  { what: 'A password', pattern: /\bhttps?:\/\/[^\s:/@"'$]{1,60}:([^\s:/@"'$]{6,100})@[\w.-]+/g },
  {
    what: 'A password',
    pattern: /\becho\s+(?:-e\s+)?["']?[\w.-]{1,32}:([^\s"'$:]{6,100})["']?\s*\|\s*(?:sudo\s+)?chpasswd/g,
  },
  {
    what: 'A password',
    pattern: /\becho\s+(?:-e\s+)?["']?([^\s"'$|]{6,100})["']?\s*\|\s*(?:sudo\s+)?passwd\s+--stdin/g,
  },
];

/** A secret's name in Kubernetes or Secrets Manager, given to what is called a secret: small words, each with a number at most. */
const NAME_OF_SECRET = /secret\s*=\s*["']?$/i;
const SMALL_WORDS = /^[a-z]+\d{0,2}(?:[-_./](?:[a-z]+\d{0,2}|\d{1,2}))+$/;

/** What stands around a value says that it is none: a call in code of another language, the name of a secret. */
function isOtherwise(text: string, { start, end }: Range): boolean {
  if (text.charAt(end) === '(') return true;
  return SMALL_WORDS.test(text.slice(start, end)) && NAME_OF_SECRET.test(text.slice(Math.max(0, start - 60), start));
}

function spanOf(match: RegExpExecArray): { readonly value: string; readonly range: Range } {
  const groups: readonly (string | undefined)[] = match.slice(1);
  const value = groups.find((group) => group !== undefined) ?? match[0];
  const start = match.index + match[0].lastIndexOf(value);
  return { value, range: { start, end: start + value.length } };
}

function search(text: string, patterns: readonly Pattern[], isNone: (value: string) => boolean): readonly Secret[] {
  return patterns.flatMap(({ what, pattern, hint, isNone: isNoneOfThese }) =>
    hint?.test(text) === false
      ? []
      : [...text.matchAll(pattern)].flatMap((match) => {
          const { value, range } = spanOf(match);
          return isNone(value) || isNoneOfThese?.(value) === true || isOtherwise(text, range) ? [] : [{ what, range }];
        }),
  );
}

function inEncoded(text: string): readonly Secret[] {
  return base64Words(text).flatMap((range) => {
    const decoded = decodeBase64Text(text.slice(range.start, range.end));
    const [first] = decoded === undefined ? [] : secretsIn(decoded, false);
    return first ? [{ what: `${first.what}, encoded in base64`, range }] : [];
  });
}

/** Secrets in a text, in its order. Placeholders, references and the examples of AWS's own documents are none. */
export function secretsIn(text: string, looksIntoBase64 = true): readonly Secret[] {
  const byLook = search(text, BY_LOOK, isPlaceholder);
  const byName = search(text, BY_NAME, (value) => isPlaceholder(value) || !looksChosen(value));
  const found = [...byLook, ...byName, ...(looksIntoBase64 ? inEncoded(text) : [])];
  found.sort((a, b) => a.range.start - b.range.start);
  return found.filter(({ range }, index) => !found.slice(0, index).some((former) => former.range.end > range.start));
}

/** `com.example.shop.credentials`, and what another language would put there: `sys.argv[1]`, `config.get("x")`. */
const NAME_OR_CODE = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)+(?:[[(]|$)/;

/** Keys that their issuers mean to be in every browser: of a PostHog project, of a Stripe or Clerk account. */
const PUBLIC_KEY = /^(?:phc|pk_(?:live|test))_/;

/** What somebody else puts a value in the place of: `DOMAIN_ADMIN_PW`. */
const IN_CAPITALS = /^[A-Z]+\d{0,2}(?:_[A-Z]+\d{0,2})+$/;

/** What is said rather than chosen: "gone now". */
const FEW_WORDS = /^[a-z]+(?: [a-z]+){1,2}$/i;

/** Passwords mix kinds of characters, or are too long to be a word. */
function looksChosen(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length;
  return (
    kinds >= 2 &&
    value.length >= 8 &&
    entropyPerCharacter(value) >= 2.5 &&
    !/^[./~]|^\d+(?:\.\d+)*$|^https?:|^s3:|^arn:|\.(?:sh|json|ya?ml|txt|pem|key|cfg|conf)$/.test(value) &&
    !NAME_OR_CODE.test(value) &&
    !IN_CAPITALS.test(value) &&
    !FEW_WORDS.test(value) &&
    !PUBLIC_KEY.test(value)
  );
}

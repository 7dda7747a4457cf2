import { describe, expect, it } from 'vitest';
import { judged } from '../testing/script';

const U = 'http://169.254.169.254/latest/meta-data/instance-id';
const FETCH =
  'T=$(curl -sf -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token)';
const V2 = `curl -s -H "X-aws-ec2-metadata-token: $T" ${U}`;
const V1 = `«curl -s ${U}»`;

describe('a request that is made only for want of a token', () => {
  it.each([
    ['in the other branch', `${FETCH}\nif [ -n "$T" ]; then ${V2}; else ${V1}; fi\n`],
    ['where the token is empty', `${FETCH}\nif [ -z "$T" ]; then ${V1}; else ${V2}; fi\n`],
    ['with [[', `${FETCH}\nif [[ -n $T ]]; then ${V2}; else ${V1}; fi\n`],
    ['with test', `${FETCH}\nif test "$T"; then ${V2}; else ${V1}; fi\n`],
    ['with a comparison', `${FETCH}\nif [ "$T" != "" ]; then ${V2}; else ${V1}; fi\n`],
    ['with a negation', `${FETCH}\nif [ ! -z "$T" ]; then ${V2}; else ${V1}; fi\n`],
    ['with both, joined', `${FETCH}\nif [ -n "$T" ] && [ "$T" != null ]; then ${V2}; else ${V1}; fi\n`],
    ['with what a refusal says', `${FETCH}\nif [[ -n "$T" && "$T" != *"<html>"* && $T != *404* ]]; then ${V2}; else ${V1}; fi\n`], // prettier-ignore
    [
      'with what either refusal says',
      `${FETCH}\nif [[ -z "$T" || "$T" == *"Not Found"* ]]; then ${V1}; else ${V2}; fi\n`,
    ],
    ['with what a token looks like', `${FETCH}\nif [[ "$T" =~ ^[A-Za-z0-9_=-]+$ ]]; then ${V2}; else ${V1}; fi\n`],
    ['with its length', `${FETCH}\nif [ \${#T} -gt 0 ]; then ${V2}; else ${V1}; fi\n`],
    ['with its length in [[', `${FETCH}\nif [[ \${#T} -lt 20 ]]; then ${V1}; else ${V2}; fi\n`],
    ['with a length of none', `${FETCH}\nif [ "\${#T}" -eq 0 ]; then ${V1}; else ${V2}; fi\n`],
    ['with grep', `${FETCH}\nif echo "$T" | grep -qi 'html\\|error'; then ${V1}; else ${V2}; fi\n`],
    ['with grep -v', `${FETCH}\nif echo "$T" | grep -qv html; then ${V2}; else ${V1}; fi\n`],
    ['in a case', `${FETCH}\ncase $T in '' | *html*) ${V1} ;; *) ${V2} ;; esac\n`],
    ['by the exit status', `${FETCH}\nif [ $? -eq 0 ]; then ${V2}; else ${V1}; fi\n`],
    ['by the exit status of the assignment', `if ${FETCH}; then ${V2}; else ${V1}; fi\n`],
    ['behind ||', `${FETCH}\n[ -n "$T" ] && ${V2} || ${V1}\n`],
    ['where the variable is emptied for want of one', `${FETCH} || T=""\nif [ -n "$T" ]; then ${V2}; else ${V1}; fi\n`],
    [
      'where it is set in a branch alone',
      `T=\nif command -v curl; then ${FETCH}; fi\nif test -z "$T"; then ${V1}; fi\n`,
    ],
    [
      'where another word stands for none',
      `${FETCH.replace(/\)$/, ' || echo NONE)')}\nif [ "$T" != NONE ]; then ${V2}; else ${V1}; fi\n`,
    ],
    ['where another word is put in', `${FETCH} || T=none\nif [ "$T" = none ]; then ${V1}; else ${V2}; fi\n`],
    ['behind a request with a token', `${FETCH}\n${V2} || ${V1}\n`],
    ['behind a failing request for the token', `${FETCH} || ${V1}\n`],
    [
      'behind an early return',
      `f() {\n  ${FETCH}\n  if [ -n "$T" ]; then\n    ${V2}\n    return\n  fi\n  ${V1}\n}\nf\n`,
    ],
    ['behind an early exit', `${FETCH}\nif [ -n "$T" ]; then ${V2}; exit; fi\n${V1}\n`],
    [
      'by its HTTP status',
      `C=$(curl -so /dev/null -w '%{http_code}' -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token)\nif [ "$C" = 200 ]; then echo; else ${V1}; fi\n`,
    ],
    ['in a function named for it', `${FETCH}\nget_v1() { ${V1}; }\nget_v2() { ${V2}; }\nget_v2 || get_v1\n`],
    [
      'by an option that is there only with a token',
      `${FETCH}\n«curl -s \${T:+-H "X-aws-ec2-metadata-token: $T"} ${U}»\n`,
    ],
  ])('%s', (_, script) => {
    expect(judged(script, 'imdsv1-fallback')).toBe(script);
  });
});

describe('a request that is made all the same', () => {
  it.each([
    ['before the token is fetched', `${V1}\n${FETCH}\n${V2}\n`],
    ['in a condition about something else', `${FETCH}\n${V2}\nif [ -f /etc/v1 ]; then ${V1}; fi\n`],
    ['where grep finds something else', `${FETCH}\n${V2}\nif echo "$T" | grep -q x; then ${V1}; fi\n`],
    ['in another case', `${FETCH}\n${V2}\ncase $T in A*) ${V1} ;; esac\n`],
    ['where there is a token', `${FETCH}\nif [ -n "$T" ]; then ${V1}; fi\n${V2}\n`],
    ['behind the branches', `${FETCH}\nif [ -n "$T" ]; then ${V2}; fi\n${V1}\n`],
    ['in the other branch of another variable', `${FETCH}\n${V2}\nif [ -n "$X" ]; then echo; else ${V1}; fi\n`],
    ['behind a failing command', `${FETCH}\n${V2}\ntrue || ${V1}\n`],
    ['in both branches', `if [ -f /a ]; then ${V1}; else ${V1}; fi\n`],
  ])('%s', (_, script) => {
    expect(judged(script, 'imdsv1-call')).toBe(script);
  });
});

describe('no request without a token', () => {
  it.each([
    ['a token given up on', `${FETCH} || exit 1\n${V2}\n`],
    [
      'a token in a header that a branch sets',
      `${FETCH}\nif [ -n "$T" ]; then H="X-aws-ec2-metadata-token: $T"; fi\ncurl -H "$H" ${U}\n`,
    ],
    ['a token of the environment', `curl -H "X-aws-ec2-metadata-token: $IMDS_TOKEN" ${U}\n`],
    [
      'a token in a file',
      `curl -sX PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" -o /tmp/t http://169.254.169.254/latest/api/token\ncurl -H "X-aws-ec2-metadata-token: $(cat /tmp/t)" ${U}\n`,
    ],
    [
      'a token by a function',
      `tok() { curl -sX PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token; }\ncurl -H "X-aws-ec2-metadata-token: $(tok)" ${U}\n`,
    ],
    [
      'a token in place',
      `curl -H "X-aws-ec2-metadata-token: $(curl -sX PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)" ${U}\n`,
    ],
    ['a token as an argument', `get() { curl -H "X-aws-ec2-metadata-token: $1" "$2"; }\n${FETCH}\nget "$T" ${U}\n`],
    [
      'a token by wget',
      `T=$(wget -qO- --method=PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)\nwget -qO- --header "X-aws-ec2-metadata-token: $T" ${U}\n`,
    ],
  ])('%s', (_, script) => {
    expect(judged(script, 'imdsv1-call')).toBe(script);
  });
});

import { describe, expect, it } from 'vitest';
import { afterFirstFix, findingsIn, fixed, judged, offered } from '../../testing/script';

const U = 'http://169.254.169.254/latest/meta-data/instance-id';
const FETCH =
  'T=$(curl -sf -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token)';
const V2 = `curl -s -H "X-aws-ec2-metadata-token: $T" ${U}`;

describe('imdsv1-fallback', () => {
  it('finds two', () => {
    const script = `${FETCH}
if [ -n "$T" ]; then
  ID=$(${V2})
else
  ID=$(«curl -s ${U}»)
  «wget -qO- ${U}»
fi
`;
    expect(judged(script, 'imdsv1-fallback')).toBe(script);
  });

  it('is information', () => {
    const [finding] = findingsIn(`${FETCH}\n${V2} || curl ${U}\n`);
    expect(finding).toMatchObject({
      severity: 'information',
      message:
        'curl calls the instance metadata service without a token (IMDSv1) when no token was had. Every instance answers IMDSv2: this is not needed.',
      related: [],
    });
  });

  it.each([
    ['the part behind ||', `${FETCH}\n${V2} || curl -s ${U}\n`, `${FETCH}\n${V2}\n`],
    [
      'a branch that does nothing else',
      `${FETCH}\nif [ -n "$T" ]; then\n  ID=$(${V2})\nelse\n  ID=$(curl -s ${U})\nfi\necho $ID\n`,
      `${FETCH}\nif [ -n "$T" ]; then\n  ID=$(${V2})\nfi\necho $ID\n`,
    ],
    [
      'a branch with indentation',
      `f() {\n  ${FETCH}\n  if [ -n "$T" ]; then\n    ${V2}\n  else\n    curl -s ${U}\n  fi\n}\nf\n`,
      `f() {\n  ${FETCH}\n  if [ -n "$T" ]; then\n    ${V2}\n  fi\n}\nf\n`,
    ],
  ])('may be deleted: %s', (_, script, expected) => {
    expect(offered(script)).toEqual(['suggestion: Delete the fallback to IMDSv1']);
    expect(afterFirstFix(script)).toBe(expected);
    expect(findingsIn(expected)).toEqual([]);
  });

  it.each([
    ['a branch that does more', `${FETCH}\nif [ -n "$T" ]; then ${V2}; else echo v1; curl -s ${U}; fi\n`],
    ['the branch that comes first', `${FETCH}\nif [ -z "$T" ]; then curl -s ${U}; else ${V2}; fi\n`],
    ['a function of its own', `${FETCH}\nv1() { curl -s ${U}; }\nv2() { ${V2}; }\nv2 || v1\n`],
  ])('is left to somebody: %s', (_, script) => {
    expect(offered(script)).toEqual([]);
  });

  it('is never deleted by itself', () => {
    const script = `${FETCH}\n${V2} || curl -s ${U}\n`;
    expect(fixed(script)).toBe(script);
  });
});

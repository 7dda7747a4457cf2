import { describe, expect, it } from 'vitest';
import { OWN_FETCH, rewrites } from '../../testing/rewritten';
import { findingsIn, judged, offered, rulesIn } from '../../testing/script';

const RULE = 'imds-token-not-sent';
const U = 'http://169.254.169.254/latest/meta-data/';
const SENT = '-H "X-aws-ec2-metadata-token: $T"';

describe('finds a header that does not hold the token', () => {
  it.each([
    ['empty', '-H "X-aws-ec2-metadata-token: "', /no value/],
    ['empty, without a blank', '-H "X-aws-ec2-metadata-token:"', /no value/],
    ['empty, of an empty variable', '-H "X-aws-ec2-metadata-token: $EMPTY"', /no value/],
    ['misspelt', '-H "X-aws-metadata-token: $T"', /misspelt/],
    ['misspelt by a letter', '-H "X-aws-ec2-metdata-token: $T"', /misspelt/],
    ['in single quotes', "-H 'X-aws-ec2-metadata-token: $T'", /single quotes/],
    ['in single quotes, with braces', "-H 'X-aws-ec2-metadata-token: ${T}'", /single quotes/],
    ['with quotes in it', `-H '"X-aws-ec2-metadata-token: '"$T"'"'`, /Quotes are part/],
    ['without a colon', '-H "X-aws-ec2-metadata-token $T"', /no colon/],
    ['the one that asks for a token', '-H "X-aws-ec2-metadata-token-ttl-seconds: $T"', /asks for a token/],
  ])('%s', (_, option, message) => {
    const [flag = '', header = ''] = option.split(/ (.*)/s);
    const script = `EMPTY=\n${OWN_FETCH}\ncurl ${flag} «${header}» ${U}\n`;
    expect(judged(script, RULE)).toBe(script);
    expect(findingsIn(script.replace(/[«»]/g, ''))[0]).toMatchObject({
      severity: 'error',
      message: expect.stringMatching(message) as string,
    });
  });

  it('without quotes', () => {
    const script = `${OWN_FETCH}\ncurl -H «X-aws-ec2-metadata-token:» $T ${U}\n`;
    expect(judged(script, RULE)).toBe(script);
  });

  it('of wget', () => {
    const script = `${OWN_FETCH}\nwget «--header='X-aws-ec2-metadata-token: $T'» -qO- ${U}\n`;
    expect(judged(script, RULE)).toBe(script);
  });

  it('twice', () => {
    const script = `${OWN_FETCH}\ncurl -H «'X-aws-ec2-metadata-token: $T'» ${U}a\ncurl -H «"X-aws-metadata-token: $T"» ${U}b\n`;
    expect(judged(script, RULE)).toBe(script);
  });

  it('of words that eval reads again', () => {
    const script = `${OWN_FETCH}\nr="curl -H 'X-aws-metadata-token: $T'"\neval «$r» ${U}\neval "«$r» ${U}"\n`;
    expect(judged(script, RULE)).toBe(script);
  });

  it('of a shell that does not see the variable', () => {
    const script = `${OWN_FETCH}\nbash -c 'curl -H «"X-aws-ec2-metadata-token: $T"» ${U}'\n`;
    expect(judged(script, RULE)).toBe(script);
  });
});

describe('finds a token that is fetched and not sent', () => {
  it('at the fetch, with the requests that lack it', () => {
    const text = `${OWN_FETCH}\ncurl ${U}a\ncurl ${U}b\n`;
    const findings = findingsIn(text);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual([RULE, 'imdsv1-call', 'imdsv1-call']);
    expect(findings[0]?.message).toBe('A token is fetched here, but no request sends it.');
    expect(findings[0]?.related.map(({ range }) => text.slice(range.start, range.end))).toEqual([
      `curl ${U}a`,
      `curl ${U}b`,
    ]);
  });

  it.each([
    ['some request sends it', `${OWN_FETCH}\ncurl ${SENT} ${U}\ncurl ${U}\n`],
    ['nothing is requested', `${OWN_FETCH}\n`],
    ['it may be sent elsewhere', `${OWN_FETCH}\nexport T\n./run.sh\n`],
    [
      'it is sent by what cannot be read',
      `curl ${U}\n${OWN_FETCH}\nif hash wget; then r='wget -qO- --header "X-aws-ec2-metadata-token: '$T'"'; else r=$(pick "$T"); fi\neval $r "${U}"\n`,
    ],
  ])('not where %s', (_, script) => {
    expect(rulesIn(script)).not.toContain(RULE);
  });
});

describe('is silent where a token is sent', () => {
  it.each([
    ['as usual', `curl ${SENT} ${U}\n`],
    ['beside a header that is not', `curl -H "X-aws-metadata-token: $T" ${SENT} ${U}\n`],
    ['to another service', `curl -H 'X-Vault-Token: $T' https://vault.example.com/\n`],
    ['by the name of another service', `curl -H "X-aws-metadata-token: $T" https://example.com/\n`],
    ['in a header that is not known', `curl -H "$H" ${U}\n`],
    ['in quotes that eval reads', `r="curl -H 'X-aws-ec2-metadata-token: $T'"\neval $r ${U}\neval "$r ${U}"\n`],
    ['in quotes for another client', `r="wget --header='X-aws-ec2-metadata-token: $T'"\neval "$r" "${U}"\n`],
    ['in quotes of an option that may not be there', `h="X-aws-ec2-metadata-token: $T"\ncurl \${h:+-s -H "$h"} ${U}\n`],
    [
      'in such an option of a function',
      `get() { curl \${2:+-H "$2"} "$1"; }\nget ${U} "X-aws-ec2-metadata-token: $T"\n`,
    ],
    [
      'in an option of a function that sends any',
      `get() { if [ -n "$2" ]; then curl -H "$2" "$1"; else curl "$1"; fi; }\nget ${U} "X-aws-ec2-metadata-token: $T"\n`,
    ],
    ['from a variable for one command', `T="$T" sh -c 'curl ${SENT} ${U}'\n`],
    ['from a variable of a container', `docker run -e T="$T" img sh -c 'curl ${SENT} ${U}'\n`],
    ['from a variable in one word with its option', `docker run --env=T="$T" img sh -c 'curl ${SENT} ${U}'\n`],
    ['from a variable by env in a container', `kubectl exec p -- env T="$T" sh -c 'curl ${SENT} ${U}'\n`],
    ['from a file', `fetch > /tmp/t\ncurl -H "X-aws-ec2-metadata-token: $(</tmp/t)" ${U}\n`],
    ['from a file that this writes', `>/tmp/t echo "$T"\ncurl -H "X-aws-ec2-metadata-token: $(< /tmp/t)" ${U}\n`],
    ['in quotes for the shell of ssh', `ssh web curl -H "'X-aws-ec2-metadata-token: $T'" ${U}\n`],
    ['by a variable of the other machine', `ssh web curl -H "'X-aws-ec2-metadata-token: "'$T'"'" ${U}\n`],
    [
      'in quotes that eval reads in a function',
      `r="curl -H 'X-aws-ec2-metadata-token: $T'"\nrun() { $@; }\nrun eval $r ${U}\n`,
    ],
  ])('%s', (_, script) => {
    expect(rulesIn(`${OWN_FETCH}\ncurl ${SENT} ${U}\n${script}`)).toEqual([]);
  });
});

describe('the fix', () => {
  rewrites([
    [
      'expands',
      `${OWN_FETCH}\ncurl -s -H 'X-aws-ec2-metadata-token: $T' ${U}\n`,
      `${OWN_FETCH}\ncurl -s ${SENT} ${U}\n`,
    ],
    ['quotes', `${OWN_FETCH}\ncurl -H X-aws-ec2-metadata-token: $T ${U}\n`, `${OWN_FETCH}\ncurl ${SENT} ${U}\n`],
    ['spells', `${OWN_FETCH}\ncurl --header "X-aws-metadata-token: $T" ${U}\n`, `${OWN_FETCH}\ncurl ${SENT} ${U}\n`],
    [
      'keeps the place',
      `${OWN_FETCH}\ncurl ${U} -H "X-aws-ec2-metadata-token-ttl-seconds: $T"\n`,
      `${OWN_FETCH}\ncurl ${U} ${SENT}\n`,
    ],
    [
      'sends what was fetched',
      `${OWN_FETCH}\ncurl ${U}a\ncurl ${U}b\n`,
      `${OWN_FETCH}\ncurl ${SENT} ${U}a\ncurl ${SENT} ${U}b\n`,
    ],
  ]);

  it('is not offered where the header is in one word with other options', () => {
    expect(offered(`${OWN_FETCH}\ncurl -sH 'X-aws-ec2-metadata-token: $T' ${U}\n`)).toEqual([]);
  });
});

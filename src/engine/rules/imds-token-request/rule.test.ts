import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../settings';
import { rewrites } from '../../testing/rewritten';
import { findingsIn, fixed, judged, offered, rulesIn } from '../../testing/script';

const RULE = 'imds-token-request';
const URL = 'http://169.254.169.254/latest/api/token';
const DATED = 'http://169.254.169.254/2021-03-23/api/token';
const ttl = (seconds: string): string => `-H "X-aws-ec2-metadata-token-ttl-seconds: ${seconds}"`;

describe('finds', () => {
  it.each([
    ['no lifetime', `curl -X PUT ${URL}`, /needs the header X-aws-ec2-metadata-token-ttl-seconds/],
    ['no lifetime, other headers', `curl -X PUT -H "Accept: */*" ${URL}`, /needs the header/],
    ['a misspelt lifetime', `curl -X PUT -H "X-aws-ec2-metadata-token-ttl: 60" ${URL}`, /needs the header/],
    ['a lifetime of 0', `curl -X PUT ${ttl('0')} ${URL}`, /1 to 21600 seconds/],
    ['too long a lifetime', `curl -X PUT ${ttl('21601')} ${URL}`, /1 to 21600 seconds/],
    ['a negative lifetime', `curl -X PUT ${ttl('-1')} ${URL}`, /1 to 21600 seconds/],
    ['a lifetime that is no number', `curl -X PUT ${ttl('6h')} ${URL}`, /1 to 21600 seconds/],
    ['an empty lifetime', `curl -X PUT ${ttl('')} ${URL}`, /1 to 21600 seconds/],
    ['a dated path', `curl -X PUT ${ttl('60')} ${DATED}`, /from \/latest\/api\/token only/],
    ['GET', `curl ${ttl('60')} ${URL}`, /asked for by PUT/],
    ['POST', `curl -X POST ${ttl('60')} ${URL}`, /asked for by PUT/],
    ['GET by wget', `wget -qO- --header="X-aws-ec2-metadata-token-ttl-seconds: 60" ${URL}`, /asked for by PUT/],
  ])('%s', (_, command, message) => {
    const script = `T=$(«${command}»)\n`;
    expect(judged(script, RULE)).toBe(script);
    expect(findingsIn(`T=$(${command})\n`)[0]).toMatchObject({
      severity: 'error',
      message: expect.stringMatching(message) as string,
    });
  });

  it('two', () => {
    const script = `A=$(«curl -X PUT ${URL}»)\nB=$(«curl ${ttl('60')} ${URL}»)\n`;
    expect(judged(script, RULE)).toBe(script);
  });

  it('a lifetime that a variable holds', () => {
    const script = `TTL=86400\nT=$(«curl -X PUT ${ttl('$TTL')} ${URL}»)\n`;
    expect(judged(script, RULE)).toBe(script);
  });
});

describe('is silent on', () => {
  it.each([
    ['the shortest lifetime', `curl -X PUT ${ttl('1')} ${URL}`],
    ['the longest lifetime', `curl -X PUT ${ttl('21600')} ${URL}`],
    ['a lifetime without a blank', `curl -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds:60" ${URL}`],
    ['a lifetime that is not known', `curl -X PUT ${ttl('$TTL')} ${URL}`],
    ['a header that is not known', `curl -X PUT -H "$H" ${URL}`],
    [
      'Python, the lifetime in quotes',
      `python3 -c "import requests; requests.put('${URL}', headers={'X-aws-ec2-metadata-token-ttl-seconds': '300', 'User-Agent': 'x'})"`,
    ],
    ['options that are not known', `curl -X PUT $OPTS ${URL}`],
    ['a method that is not known', `curl -X "$M" ${ttl('60')} ${URL}`],
    ['an upload', `curl -T /dev/null ${ttl('60')} ${URL}`],
    ['PUT by wget', `wget -qO- --method=PUT --header="X-aws-ec2-metadata-token-ttl-seconds: 60" ${URL}`],
    [
      'PUT by hand',
      `printf 'PUT /latest/api/token HTTP/1.0\\r\\nX-aws-ec2-metadata-token-ttl-seconds: 60\\r\\n\\r\\n' | nc 169.254.169.254 80`,
    ],
    ['another service', `curl https://example.com/latest/api/token`],
  ])('%s', (_, command) => {
    expect(rulesIn(`T=$(${command})\n`)).toEqual([]);
  });
});

describe('the fix', () => {
  const line = (options: string, url = URL): string => `T=$(curl ${options} ${url})\n`;
  rewrites([
    ['gives a lifetime', line('-X PUT'), line(`${ttl('300')} -X PUT`)],
    ['shortens a lifetime that is too long', line(`-X PUT ${ttl('86400')}`), line(`-X PUT ${ttl('21600')}`)],
    ['replaces a lifetime that is none', line(`-X PUT ${ttl('0')}`), line(`-X PUT ${ttl('300')}`)],
    ['replaces an empty lifetime', line(`-X PUT ${ttl('')}`), line(`-X PUT ${ttl('300')}`)],
    ['takes the date away', line(`-X PUT ${ttl('60')}`, DATED), line(`-X PUT ${ttl('60')}`)],
    ['asks by PUT', line(`-s ${ttl('60')}`), line(`-X PUT -s ${ttl('60')}`)],
    ['asks by PUT, not through a proxy of that name', line(`-s -x PUT ${ttl('60')}`), line(`-s -X PUT ${ttl('60')}`)],
    ['asks by PUT, not GET', line(`-X GET ${ttl('60')}`), line(`-X PUT ${ttl('60')}`)],
    ['asks by PUT, not POST', line(`-XPOST ${ttl('60')}`), line(`-XPUT ${ttl('60')}`)],
    ['does all of it', line('-s', DATED), line(`-X PUT ${ttl('300')} -s`)],
  ]);

  it('gives the lifetime that is set', () => {
    expect(fixed(line('-X PUT'), undefined, { ...DEFAULT_SETTINGS, tokenTtlSeconds: 60 })).toBe(
      line(`${ttl('60')} -X PUT`),
    );
  });

  it.each([
    ['wget', `T=$(wget -qO- ${URL})\n`],
    ['data in the request', line(`-d x ${ttl('60')}`)],
    ['HTTPie', `http ${URL}\n`],
  ])('is not offered for %s', (_, script) => {
    expect(offered(script)).toEqual([]);
  });
});

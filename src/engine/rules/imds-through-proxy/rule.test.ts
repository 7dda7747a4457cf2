import { describe, expect, it } from 'vitest';
import { rewrites } from '../../testing/rewritten';
import { findingsIn, judged, rulesIn } from '../../testing/script';

const RULE = 'imds-through-proxy';
const U = 'http://169.254.169.254/latest/meta-data/';
const HEADER = '-H "X-aws-ec2-metadata-token: $T"';
const CURL = `curl ${HEADER} ${U}`;
const WGET = `wget --header="X-aws-ec2-metadata-token: $T" -qO- ${U}`;
const PROXY = 'export http_proxy=http://proxy.example.com:3128\n';

describe('finds', () => {
  it.each([
    ['curl', `${PROXY}«${CURL}»\n`],
    ['wget', `${PROXY}«${WGET}»\n`],
    ['two', `${PROXY}«${CURL}»\n«${WGET}»\n`],
    [
      'a request for a token',
      `${PROXY}T=$(«curl -sX PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token»)\n`,
    ],
    ['all_proxy', `export all_proxy=socks5://proxy:1080\n«${CURL}»\n`],
    ['ALL_PROXY', `export ALL_PROXY=http://proxy:3128\n«${CURL}»\n`],
    ['a proxy of this command', `http_proxy=http://proxy:3128 «${CURL}»\n`],
    ['exported later', `http_proxy=http://proxy:3128\nexport http_proxy\n«${CURL}»\n`],
    ['declared', `declare -x http_proxy=http://proxy:3128\n«${CURL}»\n`],
    ['a proxy that is known in part', `export http_proxy="http://$PROXY:3128"\n«${CURL}»\n`],
    ['other hosts without a proxy', `${PROXY}export no_proxy=localhost,127.0.0.1,.example.com\n«${CURL}»\n`],
    ['--noproxy for other hosts', `${PROXY}«curl --noproxy localhost ${HEADER} ${U}»\n`],
    ['in a function', `${PROXY}get() { «${CURL}»; }\nget\n`],
    ['in a shell of its own', `${PROXY}bash -c '«curl -H "X-aws-ec2-metadata-token: $1" ${U}»' _ "$T"\n`],
  ])('%s', (_, script) => {
    expect(judged(script, RULE)).toBe(script);
  });
});

describe('is silent where', () => {
  it.each([
    ['there is no proxy', `${CURL}\n`],
    ['the proxy is not exported', `http_proxy=http://proxy:3128\n${CURL}\n`],
    ['the proxy is set behind', `${CURL}\n${PROXY}`],
    ['the proxy is taken away', `${PROXY}unset http_proxy\n${CURL}\n`],
    ['the proxy is empty', `export http_proxy=\n${CURL}\n`],
    ['the proxy is not known', `export http_proxy="$PROXY"\n${CURL}\n`],
    ['curl reads no such name', `export HTTP_PROXY=http://proxy:3128\n${CURL}\n`],
    ['wget reads no such name', `export ALL_PROXY=http://proxy:3128\n${WGET}\n`],
    ['it is for https', `export https_proxy=http://proxy:3128\n${CURL}\n`],
    ['no_proxy names the service', `${PROXY}export no_proxy=localhost,169.254.169.254\n${CURL}\n`],
    ['NO_PROXY names the service', `${PROXY}export NO_PROXY=169.254.169.254\n${CURL}\n`],
    ['no_proxy names its net', `${PROXY}export no_proxy=169.254.0.0/16\n${CURL}\n`],
    ['no_proxy names everything', `${PROXY}export no_proxy='*'\n${CURL}\n`],
    ['no_proxy is not known', `${PROXY}export no_proxy="$HOSTS"\n${CURL}\n`],
    ['curl is told so', `${PROXY}curl --noproxy '*' ${HEADER} ${U}\n`],
    ['wget is told so', `${PROXY}${WGET} --no-proxy\n`],
    ['the proxy is given on purpose', `${PROXY}curl -x http://other:1 ${HEADER} ${U}\n`],
    ['this command has none', `${PROXY}http_proxy= ${CURL}\n`],
    ['another host is asked', `${PROXY}curl https://example.com\n`],
  ])('%s', (_, script) => {
    expect(rulesIn(script)).toEqual([]);
  });
});

it('shows where the proxy is set', () => {
  const script = `${PROXY}${CURL}\n`;
  const [finding] = findingsIn(script);
  expect(finding).toMatchObject({
    severity: 'warning',
    message:
      'http_proxy sends this metadata request to the proxy. The metadata service answers only on the instance itself.',
  });
  expect(finding?.related.map(({ range }) => script.slice(range.start, range.end))).toEqual([
    'http_proxy=http://proxy.example.com:3128',
  ]);
});

describe('the fix', () => {
  rewrites([
    ['of curl', `${PROXY}${CURL}\n`, `${PROXY}curl --noproxy 169.254.169.254 ${HEADER} ${U}\n`],
    ['of wget', `${PROXY}${WGET}\n`, `${PROXY}${WGET.replace('wget', 'wget --no-proxy')}\n`],
    [
      'of IPv6',
      `${PROXY}curl -g ${HEADER} 'http://[fd00:ec2::254]/latest/'\n`,
      `${PROXY}curl --noproxy fd00:ec2::254 -g ${HEADER} 'http://[fd00:ec2::254]/latest/'\n`,
    ],
    [
      'of a request that lacks a token too',
      `${PROXY}curl ${U}\n`,
      `${PROXY}TOKEN=$(curl --noproxy 169.254.169.254 -sSf -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 300")
curl -H "X-aws-ec2-metadata-token: $TOKEN" --noproxy 169.254.169.254 ${U}
`,
    ],
  ]);
});

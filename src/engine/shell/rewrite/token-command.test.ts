import { describe, expect, it } from 'vitest';
import { leavesAlone, META, put, rewrites, SEND } from '../../testing/rewritten';
import { afterFirstFix, offered } from '../../testing/script';

/** A call by curl with these options, and what becomes of it: the fetch with options of its own. */
const curl = (options: string, carried: string): [string, string, string] => [
  options,
  `curl ${options} ${META}/\n`,
  `TOKEN=$(${put(carried)})\ncurl ${SEND} ${options} ${META}/\n`,
];

describe('options that decide how the service is reached go with the fetch', () => {
  rewrites([
    curl("-s --noproxy '*'", "--noproxy '*'"),
    curl('--connect-timeout 2 -m 5 --retry 3', '--connect-timeout 2 -m 5 --retry 3'),
    curl('-sm2', '--max-time 2'),
    curl('-m1.5 --interface eth0', '-m1.5 --interface eth0'),
    curl('--max-time=2', '--max-time=2'),
    curl('-m "$LIMIT"', '-m "$LIMIT"'),
    curl('--retry-connrefused --retry-delay 1', '--retry-connrefused --retry-delay 1'),
  ]);
});

describe('others do not', () => {
  rewrites([
    curl('-s -f', ''),
    curl("-o /tmp/id -w '%{http_code}'", ''),
    curl('-H "Accept: */*" -A agent', ''),
    curl('-I', ''),
    curl('-v --compressed', ''),
  ]);
});

describe('errors that are thrown away', () => {
  const quiet = `TOKEN=$(${put().replace('-sSf', '-sf')} 2>/dev/null)`;
  rewrites(
    ['2>/dev/null', '2> /dev/null', '&>/dev/null', '> /dev/null 2>&1'].map((to) => [
      to,
      `curl -s ${META}/ ${to} || echo none\n`,
      `${quiet}\ncurl ${SEND} -s ${META}/ ${to} || echo none\n`,
    ]),
  );
  rewrites([
    ['not what is printed', `curl ${META}/ >/dev/null\n`, `TOKEN=$(${put()})\ncurl ${SEND} ${META}/ >/dev/null\n`],
  ]);
});

describe('the command is the script’s own', () => {
  const api = (url: string): string => put().replace('http://169.254.169.254', url);
  rewrites([
    ['a path', `/usr/bin/curl ${META}/\n`, `TOKEN=$(/usr/bin/${put()})\n/usr/bin/curl ${SEND} ${META}/\n`],
    [
      'a variable with options',
      `C="curl -s"\n$C ${META}/\n`,
      `C="curl -s"\nTOKEN=$(${put().replace('curl', '$C')})\n$C ${SEND} ${META}/\n`,
    ],
    [
      'a variable with options that may be others',
      `C_CURL="\${C_CURL:-curl -s --retry 9}"\n$C_CURL ${META}/\n`,
      `C_CURL="\${C_CURL:-curl -s --retry 9}"\nTOKEN=$(${put().replace('curl', '$C_CURL')})\n$C_CURL ${SEND} ${META}/\n`,
    ],
    ['a timeout', `timeout 5 curl ${META}/\n`, `TOKEN=$(timeout 5 ${put()})\ntimeout 5 curl ${SEND} ${META}/\n`],
    [
      'no proxy for this command',
      `http_proxy= curl ${META}/\n`,
      `TOKEN=$(http_proxy= ${put()})\nhttp_proxy= curl ${SEND} ${META}/\n`,
    ],
    ['sudo, of which the fetch has no need', `sudo curl ${META}/\n`, `TOKEN=$(${put()})\nsudo curl ${SEND} ${META}/\n`],
    [
      'IPv6',
      "curl -g 'http://[fd00:ec2::254]/latest/'\n",
      `TOKEN=$(${api('http://[fd00:ec2::254]')})\ncurl ${SEND} -g 'http://[fd00:ec2::254]/latest/'\n`,
    ],
    [
      'no scheme',
      'curl 169.254.169.254/latest/meta-data/\n',
      `TOKEN=$(${put()})\ncurl ${SEND} 169.254.169.254/latest/meta-data/\n`,
    ],
    [
      'a port and a dated version',
      'curl http://169.254.169.254:80/2009-04-04/meta-data/\n',
      `TOKEN=$(${api('http://169.254.169.254:80')})\ncurl ${SEND} http://169.254.169.254:80/2009-04-04/meta-data/\n`,
    ],
    [
      'a host name',
      'curl http://instance-data/latest/\n',
      `TOKEN=$(${api('http://instance-data')})\ncurl ${SEND} http://instance-data/latest/\n`,
    ],
  ]);
});

describe('where the header goes', () => {
  rewrites([
    [
      'behind -q, which is read only in front',
      `curl -q -s ${META}/\n`,
      `TOKEN=$(${put()})\ncurl -q ${SEND} -s ${META}/\n`,
    ],
    ['once for two addresses', `curl ${META}/a ${META}/b\n`, `TOKEN=$(${put()})\ncurl ${SEND} ${META}/a ${META}/b\n`],
    [
      'in each part',
      `curl ${META}/a --next -s ${META}/b\n`,
      `TOKEN=$(${put()})\ncurl ${SEND} ${META}/a --next ${SEND} -s ${META}/b\n`,
    ],
    [
      'in the part that needs it',
      `curl -s https://example.com --next ${META}/b\n`,
      `TOKEN=$(${put()})\ncurl -s https://example.com --next ${SEND} ${META}/b\n`,
    ],
    [
      'before an array',
      `A=(-s -f)\ncurl "\${A[@]}" ${META}/\n`,
      `A=(-s -f)\nTOKEN=$(${put()})\ncurl ${SEND} "\${A[@]}" ${META}/\n`,
    ],
  ]);
});

describe('wget', () => {
  const header = '--header="X-aws-ec2-metadata-token: $TOKEN"';
  const byWget = (options: string): string =>
    `wget -qO- ${options}--method=PUT --header="X-aws-ec2-metadata-token-ttl-seconds: 300" "http://169.254.169.254/latest/api/token"`;
  rewrites([
    ['gets its token by curl', `wget -qO- ${META}/\n`, `TOKEN=$(${put()})\nwget ${header} -qO- ${META}/\n`],
    [
      'with its time-outs',
      `wget -T 2 -t 1 -O - ${META}/\n`,
      `TOKEN=$(${put('-m 2')})\nwget ${header} -T 2 -t 1 -O - ${META}/\n`,
    ],
    [
      'without the proxy',
      `wget --no-proxy --connect-timeout=2 -O- ${META}/\n`,
      `TOKEN=$(${put("--noproxy '*' --connect-timeout 2")})\nwget ${header} --no-proxy --connect-timeout=2 -O- ${META}/\n`,
    ],
    [
      'by wget, where it surely knows how',
      `apt-get update\nwget -T 2 -O- ${META}/\n`,
      `apt-get update\nTOKEN=$(${byWget('-T 2 ')})\nwget ${header} -T 2 -O- ${META}/\n`,
    ],
    [
      'not by wget, where the script has curl',
      `apt-get install -y curl\nwget -O- ${META}/\n`,
      `apt-get install -y curl\nTOKEN=$(${put()})\nwget ${header} -O- ${META}/\n`,
    ],
  ]);
});

describe('commands that run it for each line', () => {
  rewrites([
    [
      'xargs',
      `echo mac | xargs -I{} curl ${META}/{}\n`,
      `TOKEN=$(${put()})\necho mac | xargs -I{} curl ${SEND} ${META}/{}\n`,
    ],
    [
      'xargs with options',
      `curl ${META}/macs/ | head -1 | xargs -r -I '%' curl -s ${META}/macs/%/vpc-id\n`,
      `TOKEN=$(${put()})\ncurl ${SEND} ${META}/macs/ | head -1 | xargs -r -I '%' curl ${SEND} -s ${META}/macs/%/vpc-id\n`,
    ],
  ]);
});

describe('not by itself', () => {
  leavesAlone([
    ['another address beside it', `curl https://example.com ${META}/\n`],
    ['a proxy', `curl -x http://proxy:3128 ${META}/\n`],
    ['HTTPie', `http ${META}/\n`],
    ['eval', `eval "curl ${META}/"\n`],
    ['a function that asks others too', `get() { curl -s "$1"; }\nget ${META}/\nget https://example.com\n`],
    ['options that are not known', `curl $OPTS ${META}/\n`],
    ['xargs that adds what may be another address', `cat list | xargs curl -s ${META}/\n`],
    ['xargs that may replace what is in a token', `echo mac | xargs -I X curl ${META}/X\n`],
    ['a retry of somebody else', `retry 5 curl ${META}/\n`],
    ['wget where there may be no curl', `apk add wget\nwget -qO- ${META}/\n`],
    ['wget in an image that has none', `docker run --rm alpine:3 sh -c 'wget -qO- ${META}/'\n`],
    [
      'a question whether IMDSv1 is answered',
      `if [ "$(curl -s -o /dev/null -w '%{http_code}' ${META}/)" = 200 ]; then echo "IMDSv1 enabled"; fi\n`,
    ],
    ['words at ssh', `ssh web curl ${META}/\n`],
    ['nc', `printf 'GET /latest/ HTTP/1.0\\r\\n\\r\\n' | nc 169.254.169.254 80\n`],
    ['a script with a syntax error', `curl ${META}/\nif true; then\n`],
  ]);

  it.each([
    ['a retry', `retry 5 curl ${META}/\n`, `TOKEN=$(${put()})\nretry 5 curl ${SEND} ${META}/\n`],
    [
      'a function',
      `f() { until "$@"; do :; done; }\nf curl ${META}/\n`,
      `f() { until TOKEN=$(${put()}) && "$@" ${SEND}; do :; done; }\nf curl ${META}/\n`,
    ],
  ])('but somebody may choose it: %s', (_, script, expected) => {
    expect(afterFirstFix(script)).toBe(expected);
  });

  it('nothing is offered where nothing is certain', () => {
    expect(offered(`curl https://example.com ${META}/\n`)).toEqual([]);
    expect(offered(`eval "curl ${META}/"\n`)).toEqual([]);
    expect(offered(`c="curl ${META}/"\neval $c\n`)).toEqual([]);
    expect(offered(`run() { eval "$@"; }\nrun curl ${META}/\n`)).toEqual([]);
    expect(offered(`retry() { local n=$1; shift; "$@"; }\nretry 3 yum update\nretry 3 curl ${META}/\n`)).toEqual([]);
    expect(offered(`for c in "curl ${META}/" "yum update"; do\n  $c\ndone\n`)).toEqual([]);
  });
});

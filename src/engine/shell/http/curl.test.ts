import { describe, expect, it } from 'vitest';
import { requestLines, requestsOf } from '../../testing/requests';

const URL = 'http://169.254.169.254/latest/meta-data/instance-id';
const HEADER = 'X-aws-ec2-metadata-token: t';

describe('curl: the address', () => {
  it.each([
    ['as the only argument', `curl ${URL}`],
    ['quoted', `curl "${URL}"`],
    ['in single quotes', `curl '${URL}'`],
    ['quoted in part', `curl http://"169.254.169.254"/latest/meta-data/instance-id`],
    ['before options', `curl ${URL} -s -o /tmp/id`],
    ['between options', `curl -s ${URL} -f`],
    ['behind --', `curl -s -- ${URL}`],
    ['by --url', `curl --url ${URL} -s`],
    ['by --url=', `curl --url=${URL}`],
    ['by an abbreviated long option', `curl --silent --retr 3 ${URL}`],
    ['by a full path', `/usr/bin/curl ${URL}`],
    ['over two lines', `curl -s \\\n  ${URL}`],
    ['behind options with arguments', `curl -o /tmp/x -w '%{http_code}' -A agent -m 2 ${URL}`],
    ['behind options with arguments in the same word', `curl -o/tmp/x -m2 -Aagent ${URL}`],
    ['behind a redirection', `curl 2>/dev/null ${URL}`],
    ['with a config file from a heredoc', `curl -K - <<EOF\nurl = "${URL}"\nsilent\nEOF`],
    ['with a config file that the script writes', `echo 'url = ${URL}' > /tmp/c\ncurl -K /tmp/c`],
  ])('%s', (_, script) => {
    expect(requestLines(script)).toEqual([`GET ${URL}`]);
  });

  it.each([
    ['an argument of another option', `curl -e ${URL} https://example.com`],
    ['a proxy', `curl -x ${URL} https://example.com`],
    ['data', `curl -d ${URL} https://example.com`],
    ['an output file', `curl -o ${URL} https://example.com`],
    ['help', `curl --help ${URL}`],
    ['a version', `curl --version ${URL}`],
  ])('not %s', (_, script) => {
    expect(requestLines(script)).toEqual([]);
  });

  it('is one of several', () => {
    expect(requestLines(`curl ${URL} https://example.com http://169.254.169.254/latest/user-data`)).toEqual([
      `GET ${URL}`,
      'GET http://169.254.169.254/latest/user-data',
    ]);
  });

  it('has options of its own behind --next', () => {
    const script = `curl -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 1' --next -H '${HEADER}' ${URL} -: -I ${URL}`;
    expect(requestLines(script)).toEqual([
      'PUT http://169.254.169.254/latest/api/token [X-aws-ec2-metadata-token-ttl-seconds: 1]',
      `GET ${URL} [${HEADER}]`,
      `HEAD ${URL}`,
    ]);
  });
});

describe('curl: the method', () => {
  const TOKEN = 'http://169.254.169.254/latest/api/token';
  it.each([
    ['PUT', `curl -X PUT ${TOKEN}`],
    ['PUT', `curl -XPUT ${TOKEN}`],
    ['PUT', `curl -sSfX PUT ${TOKEN}`],
    ['PUT', `curl -sXPUT ${TOKEN}`],
    ['PUT', `curl --request PUT ${TOKEN}`],
    ['PUT', `curl --request=PUT ${TOKEN}`],
    ['PUT', `curl -X "PUT" ${TOKEN}`],
    ['PUT', `curl -X put ${TOKEN}`],
    ['PUT', `curl -T /dev/null ${TOKEN}`],
    ['PUT', `curl --upload-file /dev/null ${TOKEN}`],
    ['PUT', `M=PUT; curl -X $M ${TOKEN}`],
    ['PUT', `curl -X GET -X PUT ${TOKEN}`],
    ['PUT', `curl -d '' -X PUT ${TOKEN}`],
    ['POST', `curl -X POST ${TOKEN}`],
    ['POST', `curl -d '' ${TOKEN}`],
    ['POST', `curl --data-raw= ${TOKEN}`],
    ['GET', `curl -G -d x=1 ${TOKEN}`],
    ['HEAD', `curl -I ${TOKEN}`],
    ['HEAD', `curl -sI ${TOKEN}`],
    ['HEAD', `curl --head ${TOKEN}`],
    ['GET', `curl ${TOKEN}`],
    ['{?}', `curl -X "$1" ${TOKEN}`],
  ])('%s: %s', (method, script) => {
    expect(requestLines(script)).toEqual([`${method} ${TOKEN}`]);
  });
});

describe('curl: headers', () => {
  it.each([
    ['-H', `curl -H "${HEADER}" ${URL}`],
    ['-H in one word', `curl -H"${HEADER}" ${URL}`],
    ['-H behind other letters', `curl -sfH "${HEADER}" ${URL}`],
    ['-H behind other letters, in one word', `curl -sfH"${HEADER}" ${URL}`],
    ['--header', `curl --header "${HEADER}" ${URL}`],
    ['--header=', `curl --header="${HEADER}" ${URL}`],
    ['--header behind the address', `curl ${URL} --header '${HEADER}'`],
    ['in a variable', `H="${HEADER}"; curl -H "$H" ${URL}`],
    ['in an array', `A=(-H "${HEADER}"); curl "\${A[@]}" ${URL}`],
    ['in a config file', `curl -K - ${URL} <<EOF\nheader = "${HEADER}"\nEOF`],
    ['in a config file, as curl writes it', `curl --config - ${URL} <<'EOF'\n--header "${HEADER}"\nEOF`],
    ['whose variables curl expands', `curl --variable t@/run/t --expand-header "${HEADER}" --expand-url ${URL}`],
    ['in a config file, short', `curl -K - ${URL} <<'EOF'\n-H "${HEADER}"\nEOF`],
  ])('%s', (_, script) => {
    expect(requestLines(script)).toEqual([`GET ${URL} [${HEADER}]`]);
  });

  it('are sent with every address of the part', () => {
    expect(requestLines(`curl -H 'a: b' ${URL} -H 'c: d' ${URL}`)).toEqual([
      `GET ${URL} [a: b] [c: d]`,
      `GET ${URL} [a: b] [c: d]`,
    ]);
  });

  it.each([
    ['none', `curl -s ${URL}`, false],
    ['a header file', `curl -H @/etc/headers ${URL}`, true],
    ['a config file that is not known', `curl -K /etc/curlrc ${URL}`, true],
    ['options that are not known', `curl $OPTS ${URL}`, true],
    ['an argument that is not known and is one', `curl -o "$OUT" ${URL}`, false],
  ])('may be hidden: %s', (_, script, hidden) => {
    expect(requestsOf(script).map(({ mayHideHeaders }) => mayHideHeaders)).toEqual([hidden]);
  });
});

describe('curl: what it prints, and when it fails', () => {
  it.each([
    ['body', false, `curl -s ${URL}`],
    ['body', true, `curl -sf ${URL}`],
    ['body', true, `curl --fail-with-body ${URL}`],
    ['nothing', false, `curl -o /tmp/id ${URL}`],
    ['nothing', false, `curl -O ${URL}`],
    ['body', false, `curl -o - ${URL}`],
    ['http-code', false, `curl -s -o /dev/null -w '%{http_code}' ${URL}`],
    ['http-code', false, `curl -so/dev/null --write-out "%{response_code}" ${URL}`],
  ])('%s, %s: %s', (prints, failsOnError, script) => {
    expect(requestsOf(script)).toMatchObject([{ client: 'curl', prints, failsOnError }]);
  });
});

import { describe, expect, it } from 'vitest';
import { requestLines, requestsOf } from '../../testing/requests';

const URL = 'http://169.254.169.254/latest/meta-data/instance-id';
const TOKEN = 'http://169.254.169.254/latest/api/token';
const HEADER = 'X-aws-ec2-metadata-token: t';

describe('wget: the address', () => {
  it.each([
    ['alone', `wget ${URL}`],
    ['behind -qO-', `wget -qO- ${URL}`],
    ['behind -q -O -', `wget -q -O - ${URL}`],
    ['before options', `wget ${URL} -q -O -`],
    ['behind numbers', `wget -t 3 -T 2 -q -O /tmp/id ${URL}`],
    ['behind -nv', `wget -nv -O - ${URL}`],
    ['behind long options', `wget --quiet --output-document=- --timeout 2 ${URL}`],
    ['wget2', `wget2 -qO- ${URL}`],
    ['by a full path', `/bin/wget -O- ${URL}`],
    ['busybox', `busybox wget -qO- ${URL}`],
  ])('%s', (_, script) => {
    expect(requestLines(script)).toEqual([`GET ${URL}`]);
  });

  it.each([
    ['an output file', `wget -O ${URL} https://example.com`],
    ['a referer', `wget --referer ${URL} https://example.com`],
    ['help', `wget --help ${URL}`],
  ])('not %s', (_, script) => {
    expect(requestLines(script)).toEqual([]);
  });

  it('is one of several', () => {
    expect(requestLines(`wget -q ${URL} ${URL}`)).toHaveLength(2);
  });
});

describe('wget: method and headers', () => {
  it.each([
    [`wget --method=PUT ${TOKEN}`, `PUT ${TOKEN}`],
    [`wget --method put ${TOKEN}`, `PUT ${TOKEN}`],
    [`wget --post-data= ${TOKEN}`, `POST ${TOKEN}`],
    [`wget --spider ${URL}`, `HEAD ${URL}`],
    [`wget --header "${HEADER}" ${URL}`, `GET ${URL} [${HEADER}]`],
    [`wget --header="${HEADER}" ${URL}`, `GET ${URL} [${HEADER}]`],
    [`wget ${URL} --header='${HEADER}' --header 'a: b'`, `GET ${URL} [${HEADER}] [a: b]`],
    [`wget -e 'header=${HEADER}' ${URL}`, `GET ${URL} [header=${HEADER}]`],
  ])('%s', (script, expected) => {
    expect(requestLines(script)).toEqual([expected]);
  });
});

describe('wget: what it prints, and when it fails', () => {
  it.each([
    ['body', true, `wget -qO- ${URL}`],
    ['body', true, `wget -q --output-document=- ${URL}`],
    ['body', true, `wget -q -O /dev/stdout ${URL}`],
    ['nothing', true, `wget -q ${URL}`],
    ['nothing', true, `wget -q -O /tmp/id ${URL}`],
    ['body', false, `wget -qO- --content-on-error ${URL}`],
  ])('%s, %s: %s', (prints, failsOnError, script) => {
    expect(requestsOf(script)).toMatchObject([{ client: 'wget', prints, failsOnError }]);
  });
});

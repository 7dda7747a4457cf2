import { describe, expect, it } from 'vitest';
import { requestLines, requestsOf } from '../../testing/requests';

const URL = 'http://169.254.169.254/latest/meta-data/instance-id';

describe('HTTPie and xh', () => {
  it.each([
    [`http ${URL}`, `GET ${URL}`],
    [`http --body GET ${URL}`, `GET ${URL}`],
    [`https ${URL}`, `GET ${URL}`],
    [`xh -b ${URL}`, `GET ${URL}`],
    [
      `http -b PUT 169.254.169.254/latest/api/token X-aws-ec2-metadata-token-ttl-seconds:60`,
      'PUT 169.254.169.254/latest/api/token [X-aws-ec2-metadata-token-ttl-seconds:60]',
    ],
    [`http ${URL} X-aws-ec2-metadata-token:t`, `GET ${URL} [X-aws-ec2-metadata-token:t]`],
    ['http 169.254.169.254/latest/api/token name=value', 'POST 169.254.169.254/latest/api/token'],
    [`http --timeout 2 ${URL}`, `GET ${URL}`],
  ])('%s', (script, expected) => {
    expect(requestLines(script)).toEqual([expected]);
  });
});

describe('fetch and others that get addresses', () => {
  it.each([
    `fetch -qo - ${URL}`,
    `fetch -T 2 ${URL}`,
    `ftp -MVo - ${URL}`,
    `aria2c ${URL}`,
    `lynx -source ${URL}`,
    `elinks -dump ${URL}`,
    `GET ${URL}`,
  ])('%s', (script) => {
    expect(requestLines(script)).toEqual([`GET ${URL}`]);
  });

  it('aria2c sends a header', () => {
    expect(requestLines(`aria2c --header='X-aws-ec2-metadata-token: t' ${URL}`)).toEqual([
      `GET ${URL} [X-aws-ec2-metadata-token: t]`,
    ]);
  });
});

describe('requests written by hand', () => {
  it.each([
    [
      'printf and nc',
      `printf 'GET /latest/meta-data/ HTTP/1.0\\r\\n\\r\\n' | nc 169.254.169.254 80`,
      'GET http://169.254.169.254/latest/meta-data/',
    ],
    [
      'echo -e and nc',
      `echo -e 'GET /latest/user-data HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' | nc -w 2 169.254.169.254 80`,
      'GET http://169.254.169.254/latest/user-data [Host: x]',
    ],
    [
      'a heredoc and ncat',
      `ncat 169.254.169.254 80 <<EOF\nGET /latest/meta-data/ HTTP/1.0\n\nEOF`,
      'GET http://169.254.169.254/latest/meta-data/',
    ],
    [
      'a token',
      `printf 'PUT /latest/api/token HTTP/1.0\\r\\nX-aws-ec2-metadata-token-ttl-seconds: 60\\r\\n\\r\\n' | nc 169.254.169.254 80 | tail -n 1`,
      'PUT http://169.254.169.254/latest/api/token [X-aws-ec2-metadata-token-ttl-seconds: 60]',
    ],
    [
      'another port',
      `printf 'GET /latest/ HTTP/1.0\\r\\n\\r\\n' | nc 169.254.169.254 8080`,
      'GET http://169.254.169.254:8080/latest/',
    ],
    [
      'a connection of Bash',
      `exec 3<>/dev/tcp/169.254.169.254/80\nprintf 'GET /latest/meta-data/ HTTP/1.0\\r\\n\\r\\n' >&3\ncat <&3`,
      'GET http://169.254.169.254/latest/meta-data/',
    ],
  ])('%s', (_, script, expected) => {
    expect(requestLines(script)).toEqual([expected]);
  });

  it.each([
    ['a port scan', 'nc -z 169.254.169.254 80'],
    ['nothing that is known to be sent', 'nc 169.254.169.254 80'],
    ['another host', `printf 'GET /latest/meta-data/ HTTP/1.0\\r\\n\\r\\n' | nc localhost 80`],
    ['what is no request', `echo 'stats' | nc 169.254.169.254 80`],
  ])('not %s', (_, script) => {
    expect(requestLines(script)).toEqual([]);
  });
});

describe('programs of other languages', () => {
  it.each([
    ['perl', `perl -MLWP::Simple -e 'getprint "${URL}"'`],
    ['perl', `perl -e 'use LWP::Simple; print get("${URL}");'`],
    ['ruby', `ruby -rnet/http -e 'puts Net::HTTP.get(URI("${URL}"))'`],
    ['ruby', `ruby -ropen-uri -e "puts open('${URL}').read"`],
    ['php', `php -r 'echo file_get_contents("${URL}");'`],
    ['node', `node -e 'require("http").get("${URL}", (r) => r.pipe(process.stdout))'`],
    ['node', `node <<'EOF'\nfetch('${URL}').then((r) => r.text()).then(console.log)\nEOF`],
  ])('%s: %s', (client, script) => {
    expect(requestLines(script)).toEqual([`GET ${URL}`]);
    expect(requestsOf(script)).toMatchObject([{ client, mayHideHeaders: false }]);
  });

  it.each([
    `php -r 'echo file_get_contents("${URL}", false, stream_context_create($o));'`,
    `ruby -ropen-uri -e "puts open('${URL}', 'X-aws-ec2-metadata-token' => t).read"`,
    `node -e 'http.get("${URL}", { headers }, print)'`,
  ])('may send headers: %s', (script) => {
    expect(requestsOf(script)).toMatchObject([{ mayHideHeaders: true }]);
  });

  it.each([
    `perl -pe 's#${URL}#x#' file`,
    `perl get.pl "${URL}"`,
    `ruby -e 'puts "${URL}"'`,
    `php -r 'echo "${URL}";'`,
    `node server.js --imds "${URL}"`,
  ])('not %s', (script) => {
    expect(requestLines(script)).toEqual([]);
  });
});

describe('Python', () => {
  it.each([
    ['requests', `python3 -c 'import requests; print(requests.get("${URL}").text)'`],
    ['urllib', `python3 -c "import urllib.request as u; print(u.urlopen('${URL}').read())"`],
    ['urllib2', `python -c 'import urllib2; print urllib2.urlopen("${URL}").read()'`],
    ['a heredoc', `python3 - <<'EOF'\nimport requests\nrequests.get("${URL}", timeout=2)\nEOF`],
    [
      'a heredoc without a dash',
      `python3 <<'EOF'\nfrom urllib.request import urlopen\nprint(urlopen("${URL}").read())\nEOF`,
    ],
    ['http', `python3 -c 'import urllib3; http = urllib3.PoolManager(); http.request("GET", "${URL}")'`],
  ])('%s', (_, script) => {
    expect(requestLines(script)).toEqual([`GET ${URL}`]);
  });

  it('asks for a token and sends headers', () => {
    const script = `python3 - <<'EOF'
import requests
requests.put("http://169.254.169.254/latest/api/token", headers={"X-aws-ec2-metadata-token-ttl-seconds": 60})
EOF`;
    expect(requestLines(script)).toEqual([
      'PUT http://169.254.169.254/latest/api/token [X-aws-ec2-metadata-token-ttl-seconds: 60]',
    ]);
  });

  it.each([
    ['in quotes', "'300'", '300'],
    ['in double quotes', '"300"', '300'],
    ['computed', 'str(ttl)', '{?}'],
    ['a variable', 'ttl', '{?}'],
    ['put together', "f'{ttl}'", '{?}'],
    ['of the shell', `'"$TTL"'`, '{?}'],
  ])('a header %s', (_, written, shown) => {
    const token = 'http://169.254.169.254/latest/api/token';
    const script = `python3 - <<EOF
requests.put("${token}", headers={"X-aws-ec2-metadata-token-ttl-seconds": ${written.replaceAll('"$TTL"', '$TTL')}})
EOF`;
    expect(requestLines(script)).toEqual([`PUT ${token} [X-aws-ec2-metadata-token-ttl-seconds: ${shown}]`]);
  });

  it('may send headers of a variable', () => {
    const script = `python3 -c 'requests.get("${URL}", headers=headers)'`;
    expect(requestsOf(script)).toMatchObject([{ client: 'python', mayHideHeaders: true }]);
  });

  it.each([
    ['a script of its own', 'python3 fetch.py http://169.254.169.254/latest/meta-data/'],
    ['text', `python3 -c 'print("${URL}")'`],
  ])('not %s', (_, script) => {
    expect(requestLines(script)).toEqual([]);
  });
});

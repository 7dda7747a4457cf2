import { describe, expect, it } from 'vitest';
import { requestLines, requestsOf } from '../../testing/requests';

const BASE = 'http://169.254.169.254/latest';
const ID = `GET ${BASE}/meta-data/instance-id`;

function heredoc(command: string, ...lines: readonly string[]): string {
  return `${command} <<'EOF'\n${lines.join('\n')}\nEOF\n`;
}

describe('Python', () => {
  it.each([
    ['a constant', 'urlopen(URL)', ID],
    ['a constant by its keyword', 'requests.get(timeout=2, url=URL)', ID],
    ['constants in a row', 'requests.get(META + "/instance-id")', ID],
    ['what a parameter says', 'requests.get(META + "/" + path, timeout=2)', `GET ${BASE}/meta-data/{?}`],
    ['an f-string', 'requests.get(f"{META}/instance-id")', ID],
    ['an f-string with what is not known', "requests.get(f'{BASE}/meta-data/{path}')", `GET ${BASE}/meta-data/{?}`],
    ['format', 'requests.get("{}/meta-data/{}".format(BASE, "instance-id"))', ID],
    ['format by number', 'requests.get("{1}/{0}".format("instance-id", META))', ID],
    ['format by name', 'requests.get("{base}/instance-id".format(base=META))', ID],
    ['format of a constant', 'requests.get(PATTERN.format("instance-id"))', ID],
    ['a percent sign', 'requests.get("%s/instance-id" % META)', ID],
    ['a percent sign with several', 'requests.get("%s/%s" % (META, "instance-id"))', ID],
    ['a method of the last part', 'requests.get(META + "/" + path.strip("/"))', `GET ${BASE}/meta-data/{?}`],
    ['strings beside each other', 'requests.get("http://169.254.169.254"\n  "/latest/meta-data/instance-id")', ID],
    ['lines', 'requests.get(\n  URL,\n  timeout=2,\n)', ID],
    ['a request that is made first', 'req = urllib.request.Request(URL)\nurllib.request.urlopen(req)', ID],
  ])('%s', (_, call, expected) => {
    const script = heredoc(
      'python3 -',
      'import requests, urllib.request',
      `BASE = "${BASE}"`,
      "META = BASE + '/meta-data'",
      'URL = META + "/instance-id"  # mine',
      'PATTERN = META + "/{}"',
      call,
    );
    expect(requestLines(script)).toEqual([expected]);
  });

  it.each([
    ['a parameter', 'URL = BASE\ndef read(URL):\n  return urlopen(URL)'],
    ['two values', 'URL = BASE\nif gcp:\n  URL = "http://metadata.google.internal"\nurlopen(URL)'],
    ['what is added to it', 'URL = BASE\nURL += path\nurlopen(URL)'],
    ['what a method makes of it', 'URL = BASE.replace("169.254.169.254", host)\nurlopen(URL)'],
    ['a choice', 'urlopen(BASE if ec2 else other)'],
    ['what a loop goes over', 'for URL in urls:\n  urlopen(URL)'],
    ['itself', 'URL = URL\nurlopen(URL)'],
    ['a comment', '# urlopen(BASE)'],
  ])('not %s', (_, program) => {
    expect(requestLines(heredoc('python3', `BASE = "${BASE}"`, program))).toEqual([]);
  });

  it.each([
    ['in the same line', `requests.get(URL, headers={"X-aws-ec2-metadata-token": token})`],
    ['in another line', `requests.get(\n  URL,\n  headers={"X-aws-ec2-metadata-token": token},\n)`],
    ['of a request', `urlopen(urllib.request.Request(URL, None, {"X-aws-ec2-metadata-token": token}))`],
  ])('a token %s', (_, call) => {
    const [request] = requestLines(heredoc('python3', `URL = "${BASE}/meta-data/instance-id"`, call));
    expect(request).toBe(`${ID} [X-aws-ec2-metadata-token: {?}]`);
  });

  it.each([
    ['headers of a variable', 'requests.get(URL, headers=headers)'],
    ['headers by position', 'Request(URL, None, headers)'],
    ['arguments of a variable', 'requests.get(URL, **options)'],
    ['headers that are added', 'r = Request(URL)\nr.add_header("X-aws-ec2-metadata-token", token)'],
    ['headers of a session', 's.headers.update(token)\ns.get(URL)'],
  ])('%s may be a token', (_, call) => {
    expect(requestsOf(heredoc('python3', `URL = "${BASE}/meta-data"`, call))).toMatchObject([{ mayHideHeaders: true }]);
  });

  it('asks for a token by a request of its own', () => {
    const call = `Request("${BASE}/api/token", method="PUT", headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"})`;
    expect(requestLines(heredoc('python3', call))).toEqual([
      `PUT ${BASE}/api/token [X-aws-ec2-metadata-token-ttl-seconds: 60]`,
    ]);
  });

  it('by a connection', () => {
    const connect = 'c = http.client.HTTPConnection("169.254.169.254", 80, timeout=1)';
    expect(requestLines(heredoc('python3', connect, 'c.request("GET", f"/latest/meta-data/{path}")'))).toEqual([
      'GET 169.254.169.254/latest/meta-data/{?}',
    ]);
    expect(requestLines(heredoc('python3', connect, 'c.request("GET", "/hetzner/v1/metadata")'))).toEqual([]);
    const two = ['b = HTTPConnection("example.com")', connect, 'b.request("GET", "/latest/meta-data")'];
    expect(requestLines(heredoc('python3', ...two))).toEqual([]);
    const headers = 'c.request("GET", "/latest/meta-data", None, h)';
    expect(requestsOf(heredoc('python3', connect, headers))).toMatchObject([{ mayHideHeaders: true }]);
  });

  it('in a file that the script wrote', () => {
    const program = heredoc('cat > /opt/id.py', `BASE = "${BASE}"`, 'print(urlopen(BASE + "/meta-data/instance-id"))');
    expect(requestLines(`${program}python3 /opt/id.py --verbose\n`)).toEqual([ID]);
    expect(requestLines(`${program}python3 /opt/other.py\n`)).toEqual([]);
  });
});

describe('other languages', () => {
  it.each([
    ['Perl', heredoc('perl', `my $base = '${BASE}';`, 'print get("$base/meta-data/instance-id");'), ID],
    [
      'Perl that concatenates',
      `perl -MLWP::Simple -e 'my $b = "${BASE}"; print get($b . "/meta-data/" . $p)'`,
      `GET ${BASE}/meta-data/{?}`,
    ],
    ['Ruby', heredoc('ruby', `BASE = '${BASE}'`, 'puts Net::HTTP.get(URI("#{BASE}/meta-data/instance-id"))'), ID],
    ['PHP', `php -r '$base = "${BASE}"; echo file_get_contents($base . "/meta-data/instance-id");'`, ID],
    ['Node', `node -e 'const B = "${BASE}"; fetch(B + "/meta-data/instance-id").then(r => r.text())'`, ID],
    ['Node with a template', heredoc('node', `const B = '${BASE}'`, 'fetch(`${B}/meta-data/instance-id`)'), ID],
  ])('%s', (_, script, expected) => {
    expect(requestLines(script)).toEqual([expected]);
  });

  it.each([
    ['a name that is not set', `perl -e 'print get("$base/meta-data")' http://169.254.169.254`],
    ['a parameter', `node -e 'let u = "${BASE}"; const f = (u) => fetch(u)'`],
  ])('not %s', (_, script) => {
    expect(requestLines(script)).toEqual([]);
  });
});

it('takes little time on programs that nobody wrote', () => {
  const chain = Array.from({ length: 3000 }, (_, i) => `a${String(i + 1)} = a${String(i)} + a${String(i)}`).join('\n');
  const nested = `urlopen(${'"{}".format('.repeat(2000)}`;
  const program = heredoc(
    'python3',
    `a0 = "${BASE}"`,
    chain,
    'urlopen(a3000)',
    'urlopen("'.repeat(3000),
    nested.repeat(5),
  );
  expect(requestLines(program).filter((line) => line === `GET ${BASE}`)).toEqual([]);
});

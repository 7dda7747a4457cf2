import { describe, expect, it } from 'vitest';
import { findingsIn, judged, offered, rulesIn } from '../../testing/script';

const META = 'http://169.254.169.254/latest/meta-data';

describe('imdsv1-call', () => {
  it.each([
    ['one request', `ID=$(«curl -s ${META}/instance-id»)\n`],
    ['two', `ID=$(«curl -s ${META}/instance-id»)\nAZ=$(«wget -qO- ${META}/placement/availability-zone»)\n`],
    ['user data', '«curl http://169.254.169.254/latest/user-data» | sh\n'],
    ['the identity document', '«curl http://169.254.169.254/latest/dynamic/instance-identity/document»\n'],
    [
      'the credentials of the role',
      `ROLE=$(«curl ${META}/iam/security-credentials/»)\n«curl ${META}/iam/security-credentials/$ROLE»\n`,
    ],
    ['the root', '«curl http://169.254.169.254/»\n'],
    ['a request for headers', `«curl -I ${META}/»\n`],
    ['options behind the address', `«curl ${META}/ -s -o /tmp/x» 2>/dev/null\n`],
    ['one of two addresses', `«curl https://example.com ${META}/»\n`],
    [
      'one that sends no token beside one that does',
      `curl -H "X-aws-ec2-metadata-token: $T" ${META}/\n«curl ${META}/»\n`,
    ],
    ['words in front stay out', `LC_ALL=C «curl ${META}/»\n`],
  ])('finds %s', (_, script) => {
    expect(judged(script, 'imdsv1-call')).toBe(script);
  });

  it.each([
    ['a request with a token', `curl -H "X-aws-ec2-metadata-token: $T" ${META}/\n`],
    [
      'a request for a token',
      'T=$(curl -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token)\n',
    ],
    ['a token in a header of unknown name', `curl -H "$HEADER" ${META}/\n`],
    ['another cloud', 'curl -H Metadata:true "http://169.254.169.254/metadata/instance?api-version=2021-02-01"\n'],
    ['another cloud by its header', `curl -H "Metadata-Flavor: Google" http://169.254.169.254/\n`],
    [
      'another cloud by the name of a function',
      `get() { curl -s ${META}/; }\novh_id() { get; }\nopenstack_info() { curl -s ${META}/$1; }\novh_id\n`,
    ],
    ['ECS', 'curl "http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"\n'],
    ['Alibaba', 'curl http://100.100.100.200/latest/meta-data/\n'],
    ['a file of cloud-init', 'jq . /run/cloud-init/instance-data.json\n'],
    ['a setting', 'export AWS_EC2_METADATA_SERVICE_ENDPOINT=http://169.254.169.254\n'],
    ['a firewall rule', 'iptables -A OUTPUT -d 169.254.169.254 -j DROP\n'],
    ['what is sent elsewhere', `curl -d "url=${META}/" https://example.com\n`],
    ['a write', `curl -X DELETE ${META}/\n`],
  ])('is silent on %s', (_, script) => {
    expect(rulesIn(script)).toEqual([]);
  });

  it('finds what a function of EC2 asks, too', () => {
    const script = `get() { «curl -s ${META}/»; }\novh_id() { get; }\naws_id() { get; }\novh_id\naws_id\n`;
    expect(judged(script, 'imdsv1-call')).toBe(script);
  });

  it('says what happens, and where the address was set', () => {
    const script = 'BASE=http://169.254.169.254/latest\ncurl $BASE/meta-data/\n';
    const [finding] = findingsIn(script);
    expect(finding).toMatchObject({
      severity: 'warning',
      message:
        'curl calls the instance metadata service without a token (IMDSv1). It gets 401 where IMDSv2 is required.',
    });
    expect(finding?.related.map(({ range, message }) => [script.slice(range.start, range.end), message])).toEqual([
      ['BASE=http://169.254.169.254/latest', 'The address is set here.'],
    ]);
  });

  it('says which variable holds a token, and offers to send that', () => {
    const script = `T=$(curl -sX PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token)
A=$(curl -H "X-aws-ec2-metadata-token: $T" ${META}/a)
B=$(curl ${META}/b)
`;
    const [finding] = findingsIn(script);
    expect(finding?.message).toMatch(/T holds a token, but this request does not send it\.$/);
    expect(finding?.related.map(({ message }) => message)).toEqual(['T gets a token here.']);
    expect(offered(script)).toEqual(['safe: Send the token in T']);
  });

  it('a question which cloud this is counts for less', () => {
    const [finding] = findingsIn(
      'curl http://169.254.169.254/ || curl -H "Metadata-Flavor: Google" http://metadata.google.internal/\n',
    );
    expect(finding).toMatchObject({ ruleId: 'imdsv1-call', severity: 'information' });
  });

  it('names the client', () => {
    const clients = ['wget -qO-', 'curl', 'http', 'fetch', 'aria2c'].map((command) => `${command} ${META}/\n`).join('');
    expect(findingsIn(clients).map(({ message }) => message.split(' ')[0])).toEqual([
      'wget',
      'curl',
      'httpie',
      'fetch',
      'aria2c',
    ]);
  });
});

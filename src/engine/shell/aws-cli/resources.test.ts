/** What scripts make of EC2 by AWS's command line, as the rules over resources judge it. */
import { describe, expect, it } from 'vitest';
import { engine, findingsIn, judged, rulesIn, unmarked } from '../../testing/script';
import { applyEdits } from '../../text/edits';

const AUTHORIZE = 'aws ec2 authorize-security-group-ingress --group-id "$SG"';
const SSH = `${AUTHORIZE} --protocol tcp --port 22`;

const IN_JSON = JSON.stringify([{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]);

describe('rules of security groups', () => {
  it.each([
    ['a port', `${SSH} --cidr «0.0.0.0/0»`],
    ['in quotes', `${SSH} --cidr '«0.0.0.0/0»'`],
    ['with an equals sign', `${AUTHORIZE} --protocol=tcp --port=22 --cidr=«0.0.0.0/0»`],
    ['a range', `${AUTHORIZE} --protocol tcp --port 20-25 --cidr «0.0.0.0/0»`],
    ['the number of the protocol', `${AUTHORIZE} --protocol 6 --port 22 --cidr «0.0.0.0/0»`],
    ['options of every command', `aws --region eu-west-1 --output text ${SSH.slice(4)} --cidr «0.0.0.0/0» --profile x`],
    [
      'over lines, and what comes out kept quiet',
      `aws ec2 authorize-security-group-ingress \\\n  --group-name web \\\n  --protocol tcp --port 22 \\\n  --cidr «0.0.0.0/0» > /dev/null 2>&1 || true`,
    ],
    ['from the folder that it is in', `/usr/local/bin/${SSH} --cidr «0.0.0.0/0»`],
    ['as somebody', `sudo -u deploy ${SSH} --cidr «0.0.0.0/0»`],
    ['by a variable that says its options', `AWS="aws --profile x"\n$AWS ${SSH.slice(4)} --cidr «0.0.0.0/0»`],
    ['by a variable that somebody else sets', `"$AWS_CLI" ${SSH.slice(4)} --cidr «0.0.0.0/0»`],
    ['in a substitution', `RULE=$(${SSH} --cidr «0.0.0.0/0» --query 'SecurityGroupRules[0]')`],
    ['a port of a loop', `for p in 80 443 22; do ${AUTHORIZE} --protocol tcp --port $p --cidr «0.0.0.0/0»; done`],
    ['a variable', `ANYWHERE=0.0.0.0/0\n${SSH} --cidr «$ANYWHERE»`],
    ['a default', `${SSH} --cidr «"\${SSH_FROM:-0.0.0.0/0}"»`],
    [
      'a function, at its call',
      `open() { ${AUTHORIZE} --protocol tcp --port "$1" --cidr "$2"; }\n«open 22 0.0.0.0/0»\nopen 22 10.0.0.0/8\nopen 443 0.0.0.0/0`,
    ],
    [
      'JSON',
      `${AUTHORIZE} --ip-permissions '[{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "«0.0.0.0/0»", "Description": "ssh"}]}]'`,
    ],
    [
      'JSON, one of several',
      `${AUTHORIZE} --ip-permissions '{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}' '{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"Ipv6Ranges":[{"CidrIpv6":"«::/0»"}]}'`,
    ],
    [
      'the shorthand',
      `${AUTHORIZE} --ip-permissions IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{CidrIp=«0.0.0.0/0»}]`,
    ],
    [
      'the shorthand with quotes',
      `${AUTHORIZE} --ip-permissions 'IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{CidrIp=10.0.0.0/8,Description="a, b"},{CidrIp="«0.0.0.0/0»"}]'`,
    ],
    [
      'the shorthand with what is not known beside',
      `${AUTHORIZE} --ip-permissions "IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{CidrIp=«0.0.0.0/0»,Description=$NAME}]"`,
    ],
    [
      'the shorthand with quotes within',
      `${AUTHORIZE} --ip-permissions IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges='[{CidrIp=«0.0.0.0/0»,Description="for us"}]'`,
    ],
    [
      'JSON in double quotes',
      `${AUTHORIZE} --ip-permissions "${JSON.stringify(IN_JSON.replace('0.0.0.0/0', '«0.0.0.0/0»')).slice(1, -1)}"`,
    ],
    [
      'a port of a variable',
      `PORT=22\n${AUTHORIZE} --ip-permissions «"IpProtocol=tcp,FromPort=$PORT,ToPort=$PORT,IpRanges=[{CidrIp=0.0.0.0/0}]"»`,
    ],
    [
      'a text within a text',
      `bash -c 'aws ec2 authorize-security-group-ingress --group-id x --protocol tcp --port 22 --cidr «0.0.0.0/0»'`,
    ],
  ])('%s', (_, script) => {
    expect(judged(`#!/bin/bash\n${script}\n`, 'open-management-port')).toBe(`#!/bin/bash\n${script}\n`);
  });

  it.each([
    ['all traffic', `${AUTHORIZE} --protocol all --cidr 0.0.0.0/0`, 'open-all-ports'],
    ['all ports', `${AUTHORIZE} --protocol tcp --port all --cidr 0.0.0.0/0`, 'open-all-ports'],
    ['minus one', `${AUTHORIZE} --protocol -1 --port -1 --cidr 0.0.0.0/0`, 'open-all-ports'],
    ['all ports of a range', `${AUTHORIZE} --protocol tcp --port 0-65535 --cidr 0.0.0.0/0`, 'open-all-ports'],
    ['a database', `${AUTHORIZE} --protocol tcp --port 5432 --cidr 0.0.0.0/0`, 'open-port'],
  ])('%s', (_, script, rule) => {
    expect(rulesIn(`#!/bin/sh\n${script}\n`)).toEqual([rule]);
  });

  it.each([
    ['a web port', `${AUTHORIZE} --protocol tcp --port 443 --cidr 0.0.0.0/0`],
    ['a private block', `${SSH} --cidr 10.0.0.0/8`],
    ['an address that is found out', `IP=$(curl -s https://checkip.amazonaws.com)\n${SSH} --cidr "$IP/32"`],
    ['an argument', `${SSH} --cidr "$1"`],
    ['a port that is not known', `${AUTHORIZE} --protocol tcp --port "$PORT" --cidr 0.0.0.0/0`],
    ['a group', `${SSH} --source-group sg-1`],
    ['ping', `${AUTHORIZE} --protocol icmp --port -1 --cidr 0.0.0.0/0`],
    [
      'what is closed again',
      `${SSH} --cidr 0.0.0.0/0\nscp x y:\naws ec2 revoke-security-group-ingress --group-id "$SG" --protocol tcp --port 22 --cidr 0.0.0.0/0`,
    ],
    ['what goes out', 'aws ec2 authorize-security-group-egress --group-id x --protocol tcp --port 22 --cidr 0.0.0.0/0'],
    ['a trial', `${SSH} --cidr 0.0.0.0/0 --dry-run`],
    [
      'an emulator',
      `aws --endpoint-url=http://localhost:4566 ec2 authorize-security-group-ingress --protocol tcp --port 22 --cidr 0.0.0.0/0`,
    ],
    ['an emulator, behind', `${SSH} --cidr 0.0.0.0/0 --endpoint-url "$LOCALSTACK"`],
    ['a device of its own', `${SSH} --cidr 0.0.0.0/0 --endpoint "$SNOWBALL"`],
    ['words', `echo "${SSH.replaceAll('"', '')} --cidr 0.0.0.0/0"`],
    ['a comment', `# ${SSH} --cidr 0.0.0.0/0`],
    ['a file', `${AUTHORIZE} --ip-permissions file://rules.json # 22 0.0.0.0/0`],
    ['help', 'aws ec2 authorize-security-group-ingress help'],
    ['another service', 'aws rds authorize-security-group-ingress --protocol tcp --port 22 --cidr 0.0.0.0/0'],
    ['what is silenced', `# ec2-warden-disable-next-line open-management-port -- a honeypot\n${SSH} --cidr 0.0.0.0/0`],
  ])('silent: %s', (_, script) => {
    expect(rulesIn(`#!/bin/bash\n${script}\n`)).toEqual([]);
  });
});

describe('metadata options', () => {
  it.each([
    [
      'of a launch',
      'aws ec2 run-instances --image-id ami-1 --metadata-options "HttpTokens=«optional»,HttpEndpoint=enabled"',
    ],
    ['of a launch, as JSON', `aws ec2 run-instances --metadata-options '{"HttpTokens":"«optional»"}'`],
    ['of an instance', 'aws ec2 modify-instance-metadata-options --instance-id "$ID" --http-tokens «optional»'],
    ['of the account', 'aws ec2 modify-instance-metadata-defaults --region eu-west-1 --http-tokens «optional»'],
    [
      'of a template',
      `aws ec2 create-launch-template --launch-template-name x --launch-template-data '{"MetadataOptions":{"HttpTokens":"«optional»"}}'`,
    ],
    [
      'of a version',
      `aws ec2 create-launch-template-version --launch-template-id x --launch-template-data MetadataOptions={HttpTokens=«optional»}`,
    ],
  ])('%s', (_, script) => {
    expect(judged(`#!/bin/bash\n${script}\n`, 'imdsv1-allowed')).toBe(`#!/bin/bash\n${script}\n`);
  });

  it.each([
    ['required', 'aws ec2 run-instances --metadata-options HttpTokens=required'],
    ['nothing said', 'aws ec2 run-instances --image-id ami-1 # metadata-options'],
    ['only the hop limit', 'aws ec2 modify-instance-metadata-options --instance-id i --http-put-response-hop-limit 2'],
    [
      'turned off',
      'aws ec2 modify-instance-metadata-options --instance-id i --http-tokens optional --http-endpoint disabled',
    ],
    ['not known', 'aws ec2 modify-instance-metadata-options --instance-id i --http-tokens "$TOKENS"'],
    ['asked for', 'aws ec2 describe-instances --filters Name=metadata-options.http-tokens,Values=optional'],
  ])('silent: %s', (_, script) => {
    expect(rulesIn(`#!/bin/bash\n${script}\n`)).toEqual([]);
  });

  it('a hop limit that is too high', () => {
    expect(rulesIn('#!/bin/sh\naws ec2 modify-instance-metadata-options --http-put-response-hop-limit 5\n')).toEqual([
      'metadata-hop-limit',
    ]);
  });
});

describe('storage', () => {
  it.each([
    ['aws ec2 disable-ebs-encryption-by-default --region eu-west-1', ['ebs-default-encryption-off']],
    ['aws ec2 enable-ebs-encryption-by-default', []],
    [
      'aws ec2 enable-ebs-encryption-by-default --region x\naws ec2 disable-ebs-encryption-by-default --region "$R"',
      [],
    ],
    ['aws ec2 modify-image-attribute --image-id x --launch-permission "Add=[{Group=all}]"', ['image-public']],
    [`aws ec2 modify-image-attribute --image-id x --launch-permission '{"Add":[{"Group":"all"}]}'`, ['image-public']],
    ['aws ec2 modify-image-attribute --image-id x --launch-permission "Remove=[{Group=all}]"', []],
    ['aws ec2 modify-image-attribute --image-id x --launch-permission "Add=[{UserId=123456789012}]"', []],
    [
      'aws ec2 modify-snapshot-attribute --snapshot-id x --attribute createVolumePermission --operation-type add --group-names all',
      ['snapshot-public'],
    ],
    [
      'aws ec2 modify-snapshot-attribute --snapshot-id x --attribute createVolumePermission --operation-type remove --group-names all',
      [],
    ],
  ])('%s', (command, rules) => {
    expect(rulesIn(`#!/bin/bash\n${command}\n`)).toEqual(rules);
  });
});

describe('fixes', () => {
  const after = (script: string, title: string, typed?: string): string | undefined => {
    const text = unmarked(`#!/bin/bash\n${script}\n`);
    const [finding] = findingsIn(text);
    const fix = finding?.fixes.find((offered) => offered.title === title);
    return fix && applyEdits(text, fix.edits(typed)).slice('#!/bin/bash\n'.length, -1);
  };
  const NARROW = 'Let only one address block connect…';
  const REQUIRE = 'Require tokens (IMDSv2)';

  it.each([
    [`${SSH} --cidr 0.0.0.0/0`, NARROW, `${SSH} --cidr 203.0.113.7/32`],
    [`${SSH} --cidr "0.0.0.0/0" || true`, NARROW, `${SSH} --cidr "203.0.113.7/32" || true`],
    [
      `${AUTHORIZE} --ip-permissions '[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]'`,
      NARROW,
      `${AUTHORIZE} --ip-permissions '[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"203.0.113.7/32"}]}]'`,
    ],
    [
      `${AUTHORIZE} --ip-permissions IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges='[{CidrIp=0.0.0.0/0,Description="a, b"}]'`,
      NARROW,
      `${AUTHORIZE} --ip-permissions IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges='[{CidrIp=203.0.113.7/32,Description="a, b"}]'`,
    ],
    [
      `${AUTHORIZE} --ip-permissions "${IN_JSON.replaceAll('"', '\\"')}"`,
      NARROW,
      `${AUTHORIZE} --ip-permissions "${IN_JSON.replace('0.0.0.0/0', '203.0.113.7/32').replaceAll('"', '\\"')}"`,
    ],
    [`A=0.0.0.0/0\n${SSH} --cidr $A`, NARROW, undefined],
    [
      'aws ec2 run-instances --metadata-options "HttpTokens=optional,HttpEndpoint=enabled"',
      REQUIRE,
      'aws ec2 run-instances --metadata-options "HttpTokens=required,HttpEndpoint=enabled"',
    ],
    [
      'aws ec2 modify-instance-metadata-defaults --http-tokens optional',
      'Require tokens (IMDSv2) by default',
      'aws ec2 modify-instance-metadata-defaults --http-tokens required',
    ],
    [
      'aws ec2 disable-ebs-encryption-by-default --region x',
      'Turn encryption by default on',
      'aws ec2 enable-ebs-encryption-by-default --region x',
    ],
  ])('%s', (script, title, expected) => {
    expect(after(script, title, title === NARROW ? '203.0.113.7/32' : undefined)).toBe(expected);
  });

  it('none of them is made without being asked for', () => {
    const text = `#!/bin/bash\n${SSH} --cidr 0.0.0.0/0\n`;
    expect(engine.fixAll({ uri: 'file:///a.sh', text })).toEqual([]);
  });

  it('where a variable was set is told', () => {
    const [finding] = findingsIn(`#!/bin/bash\nANYWHERE=0.0.0.0/0\n${SSH} --cidr "$ANYWHERE"\n`);
    expect(finding?.related.map(({ message }) => message)).toEqual(['0.0.0.0/0 is what the variable is set to.']);
  });
});

describe('in what holds scripts', () => {
  it.each([
    [
      'a workflow',
      'file:///x/.github/workflows/deploy.yml',
      `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          ${SSH} --cidr «0.0.0.0/0»\n`,
    ],
    [
      'a Makefile',
      'file:///x/Makefile',
      `open:\n\taws ec2 authorize-security-group-ingress --group-id x --protocol tcp --port 22 --cidr «0.0.0.0/0»\n`,
    ],
    ['cloud-init', 'file:///x/user-data', `#cloud-config\nruncmd:\n  - ${SSH} --cidr «0.0.0.0/0»\n`],
  ])('%s', (_, uri, text) => {
    expect(judged(text, 'open-management-port', uri)).toBe(text);
  });

  it('what runs where Terraform runs', () => {
    const text = `resource "null_resource" "open" {\n  provisioner "local-exec" {\n    command = "aws ec2 authorize-security-group-ingress --group-id x --protocol tcp --port 22 --cidr «0.0.0.0/0»"\n  }\n}\n`;
    expect(judged(text, 'open-management-port', 'file:///x/main.tf')).toBe(text);
  });

  it('user data is about its resource', () => {
    const text = `Resources:\n  Web:\n    Type: AWS::EC2::Instance\n    Properties:\n      MetadataOptions: { HttpTokens: required }\n      UserData:\n        Fn::Base64: |\n          #!/bin/bash\n          ${SSH} --cidr 0.0.0.0/0\n`;
    const [finding] = findingsIn(text, 'file:///x/template.yaml');
    expect([finding?.ruleId, finding?.resource]).toEqual(['open-management-port', 'Web']);
  });
});

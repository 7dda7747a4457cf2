import { describe, expect, it } from 'vitest';
import { findingsIn, judged, rulesIn } from '../../testing/script';

/** Made here, given to nobody, and put together so that no scanner takes this file for a leak. */
const KEY = ['AKIA', 'Q7RZ2M4KX6TW', 'P3NB'].join('');
const SECRET = ['kD3vQ9xLr7TnB2mYw5', 'ZcH8sJf1GpUaEo4iRXWb', 'Nt'].join('');
const GITHUB = ['gh', 'p_', 'R7x2Kq9Wm4Zt6Bv8Nc3Yd5Fg1Hj0Ls7Pa2Ue'].join('');
const PASSWORD = 'Vq7!kRz2pX';

describe('secret-in-script', () => {
  it.each([
    ['a secret access key', `export AWS_ACCESS_KEY_ID=${KEY}\nexport AWS_SECRET_ACCESS_KEY=«${SECRET}»\n`],
    ['a secret access key in quotes', `AWS_SECRET_ACCESS_KEY="«${SECRET}»"\n`],
    [
      'in a credentials file',
      `cat > ~/.aws/credentials <<EOF\n[default]\naws_access_key_id = ${KEY}\naws_secret_access_key = «${SECRET}»\nEOF\n`,
    ],
    ['by the command line tool', `aws configure set aws_secret_access_key «${SECRET}»\n`],
    ['in JSON', `echo '{"SecretAccessKey": "«${SECRET}»"}'\n`],
    ['a session token', `export AWS_SESSION_TOKEN=«${'Fw0GZXIvYXdzE'.repeat(10)}»\n`],
    [
      'a private key',
      `cat > key <<EOF\n-----BEGIN RSA PRIVATE KEY-----\n«${'MIIEowIBAAKCAQEAx7Zq'.repeat(3)}»\n-----END RSA PRIVATE KEY-----\nEOF\n`,
    ],
    ['a GitHub token', `git clone https://x:«${GITHUB}»@github.com/shop/shop.git\n`],
    ['a secret that is no name', `CLIENT_SECRET=«k3vq-9xlr-7tnb»\n`],
    ['a password in small words', `DB_PASSWORD=«blue-horse-42»\n`],
    ['a password in a variable', `DB_PASSWORD='«${PASSWORD}»'\n`],
    ['a password that is exported', `export DB_PASSWORD=«${PASSWORD}»\n`],
    ['a password on a command line', `mysqladmin -u root password x; mysql -u root -p«${PASSWORD}» < schema.sql\n`],
    ['a password in an option', `vault login --password=«${PASSWORD}»\n`],
    ['a password in the word behind an option', `vault login --password «${PASSWORD}»\n`],
    ['a password of a request', `curl -sSu deploy:«${PASSWORD}» https://nexus.example.com/app.war -o app.war\n`],
    ['a password of a request, in quotes', `curl -f -o f --user "deploy:«${PASSWORD}»" https://nexus.example.com/f\n`],
    ['a password of a user', `echo "deploy:«${PASSWORD}»" | chpasswd\n`],
    [
      'a presigned URL',
      `curl -o app.tgz "https://b.s3.amazonaws.com/app.tgz?X-Amz-Date=20260101T000000Z&X-Amz-Signature=«${'0123456789abcdef'.repeat(4)}»"\n`,
    ],
  ])('%s', (_, script) => {
    expect(judged(script, 'secret-in-script')).toBe(script);
  });

  it.each([
    ["the keys of AWS's own documents", 'export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n'],
    ['an access key id alone', `export AWS_ACCESS_KEY_ID=${KEY}\n`],
    [
      'a reference',
      'DB_PASSWORD=$(aws ssm get-parameter --name /db --with-decryption --query Parameter.Value --output text)\n',
    ],
    ['what stands elsewhere', 'tool login -password env://SHOP1\ntool --password=file:///run/Shop1.key\n'],
    ['what says that it keeps nothing', 'DB_PASSWORD=InsecureLocal1\n'],
    ['a variable', 'export DB_PASSWORD="$1"\n'],
    ['a template', 'DB_PASSWORD="${db_password}"\nAPI_KEY={{ api_key }}\nSECRET=<your-secret>\n'],
    ['what people write where one goes', 'DB_PASSWORD=changeme123!\nAPI_KEY=your-api-key-1\n'],
    ['a word', 'PASSWORD=hunter\n'],
    ['a few words', 'PASSWORD="gone now"\nAPI_KEY=\'not known yet\'\n'],
    ['a path', 'PASSWORD_FILE=/etc/shop/db.pass\nSECRET=/run/secrets/Db1-pass\n'],
    ['an ARN', 'SECRET=arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-Ab12Cd\n'],
    ['an option that takes no value, before a name', 'pulumi config set --secret sqlUsername "$SQL_USERNAME"\n'],
    ['the name of a token in an option', 'fetch --token deployToken-main\n'],
    ['a key that is made to be public', `POSTHOG_API_KEY=phc_nQ4rT7yU1iOpLkJ8hGfDs5aZxCvB2mQwErTyUi3OpAs\n`],
    ['an option without a value', 'mysql -p shop\n'],
    ['the name of a secret', 'REGISTRY_SECRET="com.acme.registry-2.shop.credentials"\n'],
    [
      'the name of a secret in small words',
      'APP_K8S_SECRET=shop-ca1-tls\nDB_SECRET="prod/shop/db-1"\nexport TLS_SECRET=web2_tls\n',
    ],
    ['a call in code of another language', 'sed -i \'/^var/a\\\nContextAccessToken = contextKey("access9")\' api.go\n'],
    [
      'code of another language',
      "python3 - <<'EOF'\nuser, password = sys.argv[1:]\npassword = config.get('db.main')\nEOF\n",
    ],
    ['letters and digits that count on', 'API_KEY=sk-proj-abc123def456\n'],
    ['a digest', `echo "${'0123456789abcdef'.repeat(4)}  app.tgz" | sha256sum -c\n`],
    [
      'a public key',
      'echo "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKkh0fK2zFz3x8C0yXb9uJ2g0rXK0b7cE3Q5yW8m1nZt" >> ~/.ssh/authorized_keys\n',
    ],
    [
      'a request in the name of a user',
      'curl -u "deploy:$PW" https://a.b/\ncurl -u admin:admin https://a.b/\ncurl -u weblogic:welcome1 https://a.b/\ncurl -u ops https://a.b/x:Y9-zz\n',
    ],
    [
      'the user of a container',
      'curl -O https://a.b/f; docker run -u 1000:1000-aB x\ncurl https://a.b | sudo -u web:Web-9-xyz sh\n',
    ],
    ['a URL without a password', 'git clone https://deploy@github.com/shop/shop.git\n'],
  ])('not %s', (_, script) => {
    expect(rulesIn(script).filter((id) => id === 'secret-in-script')).toEqual([]);
  });

  it('never shows the value, and offers nothing', () => {
    const findings = findingsIn(`export AWS_SECRET_ACCESS_KEY=${SECRET}\n`);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ severity: 'error', sensitive: true, fixes: [] });
    expect(findings[0]?.message).not.toContain(SECRET.slice(0, 8));
    expect(findings[0]?.message).toMatch(/^An AWS secret access key is written out here/);
  });

  it('finds one in base64, by the whole of it', () => {
    const encoded = btoa(`[default]\naws_access_key_id=${KEY}\naws_secret_access_key=${SECRET}\n`);
    expect(judged(`echo «${encoded}» | base64 -d > ~/.aws/credentials\n`, 'secret-in-script')).toBe(
      `echo «${encoded}» | base64 -d > ~/.aws/credentials\n`,
    );
    expect(findingsIn(`echo ${encoded} | base64 -d\n`)[0]?.message).toMatch(
      /^An AWS secret access key, encoded in base64/,
    );
  });

  it('ends at once on long words, which names of secrets may begin', () => {
    const long = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789'.repeat(2000);
    expect(rulesIn(`cat > blob <<EOF\n${long}\nEOF\ncurl https://example.com/.aws\n`)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { afterFirstFix, findingsIn, fixed, judged, offered } from '../../testing/script';

const RULE = 'credentials-permissions';

describe('finds', () => {
  it.each([
    ['a folder for everybody', '«chmod 777 ~/.aws»\n'],
    ['a file for everybody', '«chmod 666 ~/.aws/credentials»\n'],
    ['a file that others can read', '«chmod 644 ~/.aws/credentials»\n'],
    ['a file that the group can read', '«chmod 640 ~/.aws/credentials»\n'],
    ['a folder that the group can write', '«chmod 770 ~/.aws»\n'],
    ['a folder in it that the group can write', '«chmod 775 ~/.aws/cli/cache»\n'],
    ['a folder in it and all in that', '«chmod -R 755 ~/.aws/sso»\n'],
    ['a file of no known name', '«chmod 644 ~/.aws/prod»\n'],
    ['a folder and all in it', '«chmod -R 755 ~/.aws»\n'],
    ['--recursive', '«chmod --recursive a+rX ~/.aws»\n'],
    ['letters', '«chmod a+rwx ~/.aws/credentials»\n'],
    ['letters without who', '«chmod +r ~/.ssh/id_rsa»\n'],
    ['sudo', '«sudo chmod 777 /root/.aws»\n'],
    ['$HOME', '«chmod -R 777 $HOME/.aws»\n'],
    ['another home', '«chmod 777 /home/ec2-user/.aws/credentials»\n'],
    ['every home', '«chmod 777 /home/*/.aws»\n'],
    ['a home that is not known', '«chmod -R 777 "$APP_HOME/.aws"»\n'],
    ['a variable', 'DIR=~/.aws\n«chmod 777 "$DIR"»\n'],
    ['a mode in a variable', 'MODE=777\n«chmod $MODE ~/.aws»\n'],
    ['behind cd', 'cd ~/.aws\n«chmod 644 credentials»\n'],
    ['behind cd, with ./', 'cd ~/.aws && «chmod 644 ./credentials»\n'],
    ['where the shell is', 'cd ~/.aws\n«chmod -R 777 .»\n'],
    ['one of several', '«chmod 644 /etc/motd ~/.aws/credentials»\n'],
    ['find', '«find ~/.aws -type f -exec chmod 644 {} +»\n'],
    ['find with a semicolon', '«find ~/.aws -exec chmod 777 {} \\;»\n'],
    ['find by name', '«find ~/.aws -name credentials -exec chmod 644 {} +»\n'],
    ['install', '«install -m 644 credentials ~/.aws/credentials»\n'],
    ['install -m644', '«install -m644 credentials ~/.aws/credentials»\n'],
    ['install -d', '«install -d -m 777 ~/.aws»\n'],
    ['mkdir', '«mkdir -m 777 ~/.aws»\n'],
    ['mkdir -p', '«mkdir -p -m 0777 /root/.aws»\n'],
    ['a key', '«chmod 644 ~/.ssh/id_rsa»\n'],
    ['a key for the group that its user has anyway', 'chown app:app /opt/key.pem\n«chmod 640 /opt/key.pem»\n'],
    ['a key for a group, and all others', 'chown root:web /opt/key.pem\n«chmod 644 /opt/key.pem»\n'],
    ['credentials for a group', 'chgrp ops ~/.aws/credentials\n«chmod 640 ~/.aws/credentials»\n'],
    ['another key than the group has', 'chgrp ops /opt/a.pem\n«chmod 640 /opt/b.pem»\n'],
    ['a key elsewhere', '«chmod 644 /opt/deploy.pem»\n'],
    ['a umask', '«umask 000»\nmkdir -p ~/.aws\ncat > ~/.aws/credentials <<EOF\n[default]\nEOF\n'],
    ['in a function', 'open() { «chmod 777 ~/.aws»; }\nopen\n'],
    ['in a script that is written', "cat > /opt/a.sh <<'EOF'\n«chmod 777 ~/.aws»\nEOF\n"],
    ['in bash -c', "bash -c '«chmod 777 ~/.aws»'\n"],
    ['two', '«chmod 777 ~/.aws»\necho done\n«chmod 644 ~/.ssh/id_rsa»\n'],
  ])('%s', (_, script) => {
    expect(judged(script, RULE)).toBe(script);
  });
});

describe('is silent on', () => {
  it.each([
    ['access for the owner only', 'chmod 700 ~/.aws\nchmod 600 ~/.aws/credentials\nchmod 400 ~/.ssh/id_rsa\n'],
    [
      'letters for the owner only',
      'chmod u=rwX,go= ~/.aws\nchmod go-rwx ~/.aws/credentials\nchmod u+rw ~/.aws/config\n',
    ],
    ['a key for a group of its own', 'chmod 0640 /opt/tls/privkey.pem\nchown root:ssl-cert /opt/tls/privkey.pem\n'],
    ['... given by chgrp', 'chgrp -v ssl-cert /opt/tls/*.pem\nchmod 440 /opt/tls/*.pem\n'],
    ['... by install', 'install -o root -g ssl-cert -m 640 a.pem /opt/tls/key.pem\n'],
    ['755 on the folder alone', 'chmod 755 ~/.aws\nmkdir -m 755 ~/.aws\nchmod a+rx ~/.ssh\n'],
    ['execution only', 'chmod 711 ~/.aws/credentials\n'],
    ['755 on folders in it', 'chmod 755 ~/.aws/cli ~/.aws/sso/cache ~/.aws/amazonq ~/.ssh/sockets ~/.aws/team\n'],
    ['programs in it', 'chmod 755 ~/.aws/assume-role.sh ~/.aws/bin/login.py\n'],
    ['other files', 'chmod 777 /var/www\nchmod 644 ~/.bashrc\nchmod -R 755 /opt/aws\n'],
    ['public keys', 'chmod 644 ~/.ssh/id_rsa.pub ~/.ssh/authorized_keys ~/.ssh/known_hosts\n'],
    ['certificates', 'chmod 644 /etc/ssl/certs/ca.pem /opt/server-cert.pem\n'],
    ['a mode that is not known', 'chmod "$MODE" ~/.aws\n'],
    ['a path that is not known', 'chmod 777 "$1"\n'],
    ['--reference', 'chmod --reference=/etc/motd ~/.aws/credentials\n'],
    ['a usual umask', 'umask 022\ncat > ~/.aws/credentials <<EOF\n[default]\nEOF\n'],
    ['text', 'echo "chmod 777 ~/.aws"\n# chmod 777 ~/.aws\n'],
    ['behind another cd', 'cd ~/.aws\ncd /tmp\nchmod 777 x\n'],
    ['find for something else', 'find ~/.aws -type f -exec cat {} +\n'],
  ])('%s', (_, script) => {
    expect(judged(script, RULE)).toBe(script);
  });
});

describe('the fix keeps the command and leaves access to the owner', () => {
  it.each([
    ['chmod 777 ~/.aws\n', 'chmod 700 ~/.aws\n'],
    ['chmod 644 ~/.aws/credentials\n', 'chmod 600 ~/.aws/credentials\n'],
    ['chmod 0644 ~/.aws/credentials\n', 'chmod 0600 ~/.aws/credentials\n'],
    ['chmod 444 ~/.ssh/id_rsa\n', 'chmod 400 ~/.ssh/id_rsa\n'],
    ['chmod 777 ~/.aws/cli/cache\n', 'chmod 700 ~/.aws/cli/cache\n'],
    ['chmod 777 ~/.aws/prod\n', 'chmod u=rwX,go= ~/.aws/prod\n'],
    ['chmod 664 ~/.aws/prod\n', 'chmod 600 ~/.aws/prod\n'],
    ['chmod -R 777 ~/.aws\n', 'chmod -R u=rwX,go= ~/.aws\n'],
    ['chmod 777 ~/.aws/*\n', 'chmod u=rwX,go= ~/.aws/*\n'],
    ['chmod 777 ~/.aws ~/.aws/credentials\n', 'chmod u=rwX,go= ~/.aws ~/.aws/credentials\n'],
    ['chmod a+rw ~/.aws/credentials\n', 'chmod u+rw,go= ~/.aws/credentials\n'],
    ['chmod go+r ~/.aws/credentials\n', 'chmod go= ~/.aws/credentials\n'],
    ['chmod u=rw,go=r ~/.ssh/id_rsa\n', 'chmod u=rw,go= ~/.ssh/id_rsa\n'],
    ["chmod '777' ~/.aws\n", 'chmod 700 ~/.aws\n'],
    ['install -m 644 c ~/.aws/credentials\n', 'install -m 600 c ~/.aws/credentials\n'],
    ['install -m644 c ~/.aws/credentials\n', 'install -m600 c ~/.aws/credentials\n'],
    ['install --mode=0644 c ~/.aws/credentials\n', 'install --mode=0600 c ~/.aws/credentials\n'],
    ['install -d -m 777 ~/.aws\n', 'install -d -m 700 ~/.aws\n'],
    ['mkdir -p -m 777 ~/.aws\n', 'mkdir -p -m 700 ~/.aws\n'],
    ['find ~/.aws -type f -exec chmod 644 {} +\n', 'find ~/.aws -type f -exec chmod 600 {} +\n'],
    ['find ~/.aws -type d -exec chmod 777 {} +\n', 'find ~/.aws -type d -exec chmod 700 {} +\n'],
    ["bash -c 'chmod 777 ~/.aws'\n", "bash -c 'chmod 700 ~/.aws'\n"],
  ])('%s', (script, expected) => {
    expect(fixed(script)).toBe(expected);
    expect(findingsIn(expected)).toEqual([]);
  });

  it.each([
    ['paths of which some are none of credentials', 'chmod 777 /srv/app ~/.aws\n', 'chmod 700 /srv/app ~/.aws\n'],
    ['a umask', 'umask 000\necho x > ~/.aws/credentials\n', 'umask 077\necho x > ~/.aws/credentials\n'],
  ])('is a suggestion for %s', (_, script, expected) => {
    expect(offered(script)).toEqual(['suggestion: Leave access to the owner only']);
    expect(afterFirstFix(script)).toBe(expected);
    expect(fixed(script)).toBe(script);
  });

  it('is not offered where the mode comes from elsewhere', () => {
    expect(offered('eval "chmod 777 ~/.aws"\n')).toEqual([]);
  });
});

describe('says', () => {
  it.each([
    ['chmod 777 ~/.aws\n', 'chmod 777 gives everybody access to ~/.aws.'],
    ['chmod 604 ~/.aws/credentials\n', 'chmod 604 gives others access to ~/.aws/credentials.'],
    ['chmod 640 ~/.aws/credentials\n', 'chmod 640 gives the group access to ~/.aws/credentials.'],
    ['chmod -R 777 $HOME/.aws\n', 'chmod 777 gives everybody access to ~/.aws.'],
    ['install -m 644 c ~/.aws/credentials\n', 'install 644 gives everybody access to ~/.aws/credentials.'],
    ['find ~/.aws -type f -exec chmod 644 {} +\n', 'chmod 644 gives everybody access to ~/.aws.'],
  ])('%s', (script, message) => {
    expect(findingsIn(script)[0]?.message).toBe(message);
  });
});

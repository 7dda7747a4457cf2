import { describe, expect, it } from 'vitest';
import { rulesIn } from '../testing/powershell';
import { fixed, judged, SCRIPT } from '../testing/script';

const U = 'http://169.254.169.254/latest/meta-data/';

function finds(scripts: readonly (readonly [name: string, script: string])[]): void {
  it.each(scripts)('%s', (_, script) => {
    expect(judged(script, 'imdsv1-call')).toBe(script);
  });
}

describe('scripts that a script writes', () => {
  finds([
    ['cat into a .sh file', `cat > /opt/id.sh <<'EOF'\n«curl ${U}»\nEOF\n`],
    ['the redirection behind the heredoc', `cat <<'EOF' > /opt/id.sh\n«curl ${U}»\nEOF\n`],
    ['unquoted, where the outer shell expands', `cat > /opt/id.sh <<EOF\n«curl ${U}»\nEOF\n`],
    ['unquoted, with an escaped substitution', `cat > /opt/id.sh <<EOF\nID=\\$(«curl ${U}»)\nEOF\n`],
    ['unquoted, where the outer shell makes the request', `cat > /opt/id.sh <<EOF\nID=$(«curl ${U}»)\nEOF\n`],
    [
      'with an address of the outer shell',
      `B=http://169.254.169.254\ncat > /opt/id.sh <<EOF\n«curl $B/latest/»\nEOF\n`,
    ],
    ['with an address of its own', `cat > /opt/id.sh <<'EOF'\nB=http://169.254.169.254\n«curl $B/latest/»\nEOF\n`],
    [
      'with an address of the outer shell that it does not see',
      `B=http://169.254.169.254\ncat > /opt/id.sh <<'EOF'\ncurl $B/latest/\nEOF\n`,
    ],
    ['tabs before a heredoc', `if true; then\n\tcat > /opt/id.sh <<-'EOF'\n\t\t«curl ${U}»\n\tEOF\nfi\n`],
    ['tee', `tee /opt/id.sh <<'EOF'\n«curl ${U}»\nEOF\n`],
    ['sudo tee', `sudo tee /opt/id.sh > /dev/null <<'EOF'\n«curl ${U}»\nEOF\n`],
    ['dd', `dd of=/opt/id.sh <<'EOF'\n«curl ${U}»\nEOF\n`],
    ['by its first line', `cat > /usr/local/bin/id <<'EOF'\n#!/bin/sh\n«curl ${U}»\nEOF\n`],
    ['because it is run', `cat > /tmp/id <<'EOF'\n«curl ${U}»\nEOF\nbash /tmp/id\n`],
    ['because it is run by its path', `cat > /tmp/id <<'EOF'\n«curl ${U}»\nEOF\n/tmp/id\n`],
    ['because it is read', `cat > /tmp/id <<'EOF'\n«curl ${U}»\nEOF\n. /tmp/id\n`],
    ['because of where it is', `cat > /etc/profile.d/id <<'EOF'\n«curl ${U}»\nEOF\n`],
    ['a start script', `cat >> /etc/rc.local <<'EOF'\n«curl ${U}»\nEOF\n`],
    ['echo', `echo '«curl ${U}»' > /opt/id.sh\n`],
    ['echo, line by line', `echo '#!/bin/sh' > /opt/id.sh\necho '«curl ${U}»' >> /opt/id.sh\n`],
    ['echo -e', `echo -e '#!/bin/sh\\n«curl ${U}»' > /opt/id.sh\n`],
    ['printf', `printf '#!/bin/sh\\n«curl ${U}»\\n' > /opt/id.sh\n`],
    ['printf with lines', `printf '%s\\n' '#!/bin/sh' '«curl ${U}»' > /opt/id.sh\n`],
    ['a group', `{\n  echo '#!/bin/sh'\n  echo '«curl ${U}»'\n} > /opt/id.sh\n`],
    ['in a function that is called twice', `w() {\n  cat > /opt/id.sh <<'EOF'\n«curl ${U}»\nEOF\n}\nw\nw\n`],
    ['a script in a script', `cat > /opt/a.sh <<'A'\ncat > /opt/b.sh <<'B'\n«curl ${U}»\nB\nA\n`],
    ['text that is no script', `cat > /etc/motd <<'EOF'\ncurl ${U}\nEOF\n`],
    ['a document', `cat > /srv/README.md <<'EOF'\n    curl ${U}\nEOF\n`],
    ['what is shown', `cat <<'EOF'\ncurl ${U}\nEOF\n`],
    ['what is thrown away', `cat > /dev/null <<'EOF'\ncurl ${U}\nEOF\n`],
    ['a path that is not known', `cat > "$1" <<'EOF'\n#!/bin/sh\n«curl ${U}»\nEOF\n`],
  ]);
});

describe('files that a script writes more than once', () => {
  finds([
    [
      'in branches',
      `if a; then\n  cat > /opt/id.sh <<'A'\n«curl ${U}a»\nA\nelse\n  cat > /opt/id.sh <<'B'\n«curl ${U}b»\nB\nfi\n`,
    ],
    ['that have the same unknown path', `echo '«curl ${U}»' > $A.sh\necho '«curl ${U}»' > $B.sh\n`],
    ['and appends to', `echo 'U=' > /opt/id.sh\necho 'U=${U}' > /opt/id.sh\necho '«curl $U»' >> /opt/id.sh\n`],
  ]);
});

describe('programs that a script keeps as text', () => {
  finds([
    ['a heredoc in a variable', `UD=$(cat <<'EOF'\n#!/bin/bash\n«curl ${U}»\nEOF\n)\n`],
    [
      'a heredoc in a local variable',
      `f() {\n  local ud\n  ud="$(cat <<-'EOF'\n\t#!/bin/sh\n\t«curl ${U}»\n\tEOF\n)"\n}\nf\nf\n`,
    ],
    ['unquoted, where the outer shell makes the request', `UD=$(cat <<EOF\n#!/bin/bash\nID=$(«curl ${U}»)\nEOF\n)\n`],
    ['unquoted, with an escaped substitution', `UD=$(cat <<EOF\n#!/bin/bash\nID=\\$(«curl ${U}»)\nEOF\n)\n`],
    [
      'unquoted, with an address of the outer shell',
      `B=http://169.254.169.254\nUD=$(cat <<EOF\n#!/bin/bash\n«curl $B/latest/»\nEOF\n)\n`,
    ],
    ['a heredoc that is encoded', `UD=$(base64 -w0 <<'EOF'\n#!/bin/bash\n«curl ${U}»\nEOF\n)\n`],
    ['a heredoc that is read', `read -r -d '' UD <<'EOF' || true\n#!/bin/bash\n«curl ${U}»\nEOF\n`],
    ['cloud-init', `UD=$(cat <<'EOF'\n#cloud-config\nruncmd:\n  - «curl ${U}»\nEOF\n)\n`],
    ['a text in single quotes', `UD='#!/bin/bash\n«curl ${U}»'\n`],
    ['a text in double quotes', `export UD="#!/bin/bash\n«curl ${U}»"\n`],
    ['user data of the AWS CLI', `aws ec2 run-instances --user-data '#!/bin/bash\n«curl ${U}»'\n`],
    [
      'user data in double quotes',
      `ID=$(aws ec2 run-instances --user-data "#!/bin/bash\nID=\\$(«curl ${U}»)\n" --query a)\n`,
    ],
    ['user data of a heredoc', `aws ec2 run-instances --user-data "$(cat <<'EOF'\n#!/bin/bash\n«curl ${U}»\nEOF\n)"\n`],
    ['what becomes a file is found once', `cat <<'EOF' | sudo tee /opt/id.sh\n#!/bin/bash\n«curl ${U}»\nEOF\n`],
    ['what is run is found once', `cat <<'EOF' | ssh a bash\n#!/bin/bash\n«curl ${U}»\nEOF\n`],
    ['a program of another language', `P=$(cat <<'EOF'\n#!/usr/bin/awk -f\ncurl ${U}\nEOF\n)\n`],
    ['a text that does not say what it is', `P=$(cat <<'EOF'\ncurl ${U}\nEOF\n)\n`],
    ['what is shown, though it says what it is', `cat <<'EOF'\n#!/bin/bash\ncurl ${U}\nEOF\n`],
  ]);

  it('are rewritten with a token of their own', () => {
    const script = (fetch: string, send: string): string =>
      `UD=$(cat <<EOF\n#!/bin/bash\n${fetch}ID=\\$(curl ${send}-s ${U}instance-id)\nEOF\n)\n`;
    expect(fixed(script('', ''))).toBe(
      script(
        `TOKEN=\\$(curl -sSf -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 300")\n`,
        `-H "X-aws-ec2-metadata-token: \\$TOKEN" `,
      ),
    );
  });
});

describe('commands for Systems Manager', () => {
  const send = 'aws ssm send-command --document-name AWS-RunShellScript --parameters';
  finds([
    ['shorthand', `${send} 'commands=["«curl ${U}»"]'\n`],
    ['several', `${send} 'commands=["A=${U}","«curl $A»", "ls"],executionTimeout=["60"]'\n`],
    ['in double quotes', `${send} "commands=[\\"«curl ${U}»\\"]"\n`],
    ['JSON', `${send} '{"commands": ["«curl ${U}»"], "workingDirectory": ["/"]}'\n`],
    ['with a variable of this shell', `${send} 'commands=["«curl ${U}'"$ROLE»"'"]'\n`],
    ['in a substitution', `ID=$(${send} 'commands=["«curl ${U}»"]' --output text)\n`],
    ['of another command', `aws ssm put-parameter --parameters 'commands=["curl ${U}"]'\n`],
    ['that send a token', `${send} 'commands=["curl -H \\"X-aws-ec2-metadata-token: $TOKEN\\" ${U}"]'\n`],
  ]);

  it('are rewritten as list elements', () => {
    expect(fixed(`${send} 'commands=["curl -s ${U}"]'\n`)).toBe(
      `${send} 'commands=["TOKEN=$(curl -sSf -X PUT \\"http://169.254.169.254/latest/api/token\\" -H \\"X-aws-ec2-metadata-token-ttl-seconds: 300\\")", "curl -H \\"X-aws-ec2-metadata-token: $TOKEN\\" -s ${U}"]'\n`,
    );
  });

  it('for PowerShell are read as such', () => {
    const script = `aws ssm send-command --document-name AWS-RunPowerShellScript --parameters 'commands=["irm ${U}"]'\n`;
    expect(rulesIn(script, SCRIPT)).toEqual(['imdsv1-call']);
  });
});

describe('units and crontabs that a script writes', () => {
  finds([
    ['a unit', `cat > /etc/systemd/system/id.service <<'EOF'\n[Service]\nExecStart=«/usr/bin/curl ${U}»\nEOF\n`],
    [
      'a unit with a shell',
      `cat > /etc/systemd/system/id.service <<'EOF'\n[Service]\nExecStartPre=/bin/sh -c '«curl ${U}» > /run/id'\nEOF\n`,
    ],
    [
      'a drop-in',
      `mkdir -p /etc/systemd/system/a.service.d\ncat > /etc/systemd/system/a.service.d/id.conf <<'EOF'\n[Service]\nExecStartPre=-«/usr/bin/curl ${U}»\nEOF\n`,
    ],
    ['a crontab', `cat > /etc/cron.d/id <<'EOF'\n* * * * * root «curl ${U}»\nEOF\n`],
    ['a crontab by echo', `echo '*/5 * * * * root «curl ${U}»' > /etc/cron.d/id\n`],
    ['crontab -', `echo '@reboot «curl ${U}»' | crontab -\n`],
    ['a daily job', `cat > /etc/cron.daily/id <<'EOF'\n«curl ${U}»\nEOF\n`],
  ]);
});

import { describe, expect, it } from 'vitest';
import { judged } from '../testing/script';

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

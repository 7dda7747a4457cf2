import { describe, expect, it } from 'vitest';
import { judged, offered, rulesIn } from '../testing/script';

const U = 'http://169.254.169.254/latest/meta-data/';

function finds(scripts: readonly (readonly [name: string, script: string])[]): void {
  it.each(scripts)('%s', (_, script) => {
    expect(judged(script, 'imdsv1-call')).toBe(script);
  });
}

describe('commands that run another', () => {
  finds([
    ['sudo', `«sudo curl ${U}»\n`],
    ['sudo with options', `«sudo -u ubuntu -H curl ${U}»\n`],
    ['sudo with variables', `«sudo A=b curl ${U}»\n`],
    ['env', `«env -i A=b curl ${U}»\n`],
    ['command', `«command curl ${U}»\n`],
    ['exec', `«exec curl ${U}»\n`],
    ['time', `time «curl ${U}»\n`],
    ['timeout', `«timeout -k 1 5 curl ${U}»\n`],
    ['nohup', `«nohup curl ${U}» &\n`],
    ['nice', `«nice -n 10 curl ${U}»\n`],
    ['flock', `«flock /tmp/lock curl ${U}»\n`],
    ['xargs', `echo ami-id | «xargs -I{} curl ${U}{}»\n`],
    ['several', `«sudo timeout 5 env A=b curl ${U}»\n`],
    ['a retry of the script’s own', `«retry 5 curl ${U}»\n`],
    ['a retry that is defined', `retry() { until "$@"; do sleep 1; done; }\n«retry curl ${U}»\n`],
    ['docker exec', `«docker exec web curl ${U}»\n`],
    ['a negation', `! «curl ${U}»\n`],
    ['a variable in front', `LC_ALL=C «curl ${U}»\n`],
  ]);
});

describe('commands that do not', () => {
  finds([
    ['command -v', `command -v curl ${U}\n`],
    ['echo', `echo curl ${U}\n`],
    ['printf', `printf '%s\\n' "curl ${U}"\n`],
    ['a log function', `log() { logger "$*"; }\nlog "curl ${U}"\n`],
    ['logger', `logger curl ${U}\n`],
    ['grep', `grep -r curl ${U} /etc\n`],
    ['ssh with a program that prints', `ssh web echo curl ${U}\n`],
    ['ssh without a command', `ssh -o ProxyCommand='nc %h %p' web\n`],
    ['a file that ssh copies', `scp web:'curl ${U}' .\n`],
    ['iptables', 'iptables -A OUTPUT -d 169.254.169.254 -j DROP\n'],
    ['ip route', 'ip route add 169.254.169.254/32 dev eth0\n'],
    ['no_proxy', 'export no_proxy=169.254.169.254\n'],
    ['sed', `sed -i "s#curl ${U}##" /etc/rc.local\n`],
    ['apt', 'apt-get install -y curl\n'],
    ['a comment', `# curl ${U}\n`],
    ['a comment behind a command', `true # curl ${U}\n`],
    ['a word that only begins with #', `echo a#b; «curl ${U}»\n`],
  ]);
});

describe('in declarations whose name is put together', () => {
  finds([
    ['declare', `for k in ami-id hostname; do declare "$k"="$(«curl ${U}»)"; done\n`],
    ['declare in quotes', `declare "$k=$(«curl ${U}»)"\n`],
    ['export', `export "AWS_\${k^^}"=$(«curl ${U}»)\n`],
    ['local', `f() { local "$1"="$(«curl ${U}»)"; }\nf id\n`],
    ['readonly with backticks', `readonly $k=\`«curl ${U}»\`\n`],
    ['the address', `k=IMDS\nexport "$k"=${U}\n«curl $IMDS»\n`],
  ]);
});

describe('on another machine', () => {
  finds([
    ['ssh', `«ssh web curl ${U}»\n`],
    ['ssh with options', `«ssh -i key.pem -o StrictHostKeyChecking=no -p 22 ec2-user@web curl -s ${U}»\n`],
    ['ssh with a script', `ID=$(ssh -qt "ubuntu@$1" '«curl ${U}» | head -1')\n`],
    ['ssh with options and a host that are not known', `ssh $OPTS $HOST "cd /tmp && «curl ${U}»"\n`],
    ['words that another shell splits again', `ssh web bash -c 'curl ${U}'\n`],
    ['a shell at ssh that reads', `ssh web bash -s <<'EOF'\n«curl ${U}»\nEOF\n`],
    ['ssh reading a script', `ssh -T web <<'EOF'\n«curl ${U}»\nEOF\n`],
    ['a shell at ssh reading a script', `ssh web 'bash -s' <<'EOF'\n«curl ${U}»\nEOF\n`],
    ['sshpass', `sshpass -p "$PW" ssh web '«curl ${U}»'\n`],
    [
      'with its own token',
      `ssh web 'T=$(curl -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token); curl -H "X-aws-ec2-metadata-token: $T" ${U}'\n`,
    ],
  ]);
});

describe('scripts in arguments', () => {
  finds([
    ['bash -c', `bash -c '«curl ${U}»'\n`],
    ['sh -c in double quotes', `sh -c "«curl ${U}»"\n`],
    ['bash -lc', `bash -lc '«curl ${U}»'\n`],
    ['bash -e -o pipefail -c', `bash -e -o pipefail -c '«curl ${U}»'\n`],
    ['sudo su -c', `sudo su - ubuntu -c '«curl ${U}»'\n`],
    ['in a loop of its own', `bash -c 'for i in 1 2; do «curl ${U}$i»; done'\n`],
    ['with arguments', `bash -c '«curl "$1"»' _ ${U}\n`],
    ['with a variable of the outer shell', `B=http://169.254.169.254\nbash -c "«curl $B/latest/»"\n`],
    ['with an exported variable', `export B=http://169.254.169.254\nbash -c '«curl $B/latest/»'\n`],
    ['with a variable that is not exported', `B=http://169.254.169.254\nbash -c 'curl $B/latest/'\n`],
    ['escaped quotes', `bash -c "«curl \\"${U}\\"»"\n`],
    ['two levels', `bash -c "bash -c '«curl ${U}»'"\n`],
    ['eval', `eval "«curl ${U}»"\n`],
    ['eval of several words', `«eval curl -s ${U}»\n`],
    ['docker exec with a shell', `docker exec web sh -c '«curl ${U}»'\n`],
    ['a container whose entry point is a shell', `docker run --net=host --entrypoint=/bin/bash cli -c '«curl ${U}»'\n`],
    ['... given apart', `sudo podman run --entrypoint sh "$IMAGE" -ec '«curl ${U}»'\n`],
    ['a pod of rkt', `rkt run --net=host cli --exec=/bin/bash -- -c '«wget -qO- ${U}»'\n`],
    ['standard input', `bash <<'EOF'\n«curl ${U}»\nEOF\n`],
    ['standard input by bash -s', `sudo bash -s -- x <<'EOF'\n«curl ${U}»\nEOF\n`],
    ['standard input from echo', `echo '«curl ${U}»' | sh\n`],
    ['a here-string', `bash <<< '«curl ${U}»'\n`],
    ['what a shell downloads is not known', 'curl https://example.com/install.sh | bash\n'],
    ['watch', `«watch -n 5 curl ${U}»\n`],
    ['watch with a command line', `watch -n 5 '«curl ${U}» | head -1'\n`],
    ['at', `at now + 5 minutes <<EOF\n«curl ${U}»\nEOF\n`],
    ['at behind echo', `echo "«curl ${U}»" | sudo at -M 04:00\n`],
    ['batch', `batch <<< '«curl ${U}»'\n`],
    ['at that reads a file', `echo "curl ${U}" | at -f job.sh now\n`],
  ]);
});

describe('what cannot be understood', () => {
  it.each([
    ['an unclosed quote', `curl "${U}\n`],
    ['an unclosed brace', `f() { curl ${U}\n`],
    ['brackets without end', `${'$('.repeat(500)}curl ${U}`],
    ['a null character', `curl\u0000 ${U}\n`],
    ['no text', ''],
    ['only newlines', '\n\n\n'],
    ['lone surrogates', `\ud800 curl ${U}\n`],
  ])('%s is no reason to fail', (_, text) => {
    expect(() => rulesIn(text)).not.toThrow();
  });

  it('is rewritten only when somebody asks for it', () => {
    expect(offered(`curl ${U}\nif true; then\n`)).toEqual(['suggestion: Fetch a token and send it (IMDSv2)']);
    expect(offered(`X=$$(curl ${U})\n`)).toEqual(['suggestion: Fetch a token and send it (IMDSv2)']);
  });

  it('is rewritten where all that is wrong is what somebody is to fill in', () => {
    expect(offered(`ZONE=<zone-id>\nKEY="<the key>"\ncurl ${U}\n`)).toEqual([
      'safe: Fetch a token and send it (IMDSv2)',
    ]);
  });
});

describe('a script that is being typed', () => {
  finds([
    ['an if without its fi', `if a; then\n«curl ${U}»\n`],
    ['an else without its fi', `if a; then b\nelse\n«curl ${U}»\n`],
    ['a for without its done, in an if', `if a; then\nfor i in b c; do\n«curl ${U}»\nfi\n`],
    ['a while without do', `while a\n«curl ${U}»\n`],
    ['a function without its brace', `f() {\n«curl ${U}»\n`],
    ['a subshell without its bracket', `a && (\n«curl ${U}»\n`],
    ['a dollar too many', `X=$$(«curl ${U}»)\nif a; then\n  Y=$$(«curl ${U}») b\nfi\necho c (d)\nZ=$(«curl ${U}»)\n`],
    ['a case without its esac', `case $a in\nb) «curl ${U}» ;;\n`],
  ]);
});

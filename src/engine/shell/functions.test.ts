import { describe, expect, it } from 'vitest';
import { judged, findingsIn } from '../testing/script';

const U = 'http://169.254.169.254/latest/';

function finds(scripts: readonly (readonly [name: string, script: string])[]): void {
  it.each(scripts)('%s', (_, script) => {
    expect(judged(script, 'imdsv1-call')).toBe(script);
  });
}

describe('functions', () => {
  finds([
    [
      'the address stands inside',
      'get() { «curl -s "http://169.254.169.254/latest/meta-data/$1"»; }\nget ami-id\nget instance-id\n',
    ],
    ['the address comes by the call', 'get() { curl -s "$1"; }\n«get http://169.254.169.254/latest/»\n'],
    [
      'of two calls, one gives the address',
      'get() { curl -s "$1"; }\nget https://example.com\n«get http://169.254.169.254/latest/»\n',
    ],
    [
      'every call gives the address',
      'get() { curl -s "$1"; }\n«get http://169.254.169.254/latest/»\n«get 169.254.169.254/latest/user-data»\n',
    ],
    ['through two functions', 'a() { curl "$@"; }\nb() { «a -s "http://169.254.169.254/$1"»; }\nb latest/\n'],
    ['some arguments', `get() { curl -sf "\${@:2}"; }\n«get x ${U}»\n`],
    ['the last argument', `get() { curl -sf "\${@: -1}"; }\n«get x ${U}»\n`],
    ['some elements', `get() { local a=("\${@:1:2}"); curl -sf "\${a[@]:1}"; }\n«get x ${U} y»\n`],
    ['arguments kept in an array', `get() { local a=("$@"); curl "\${a[@]}"; }\n«get -s ${U}»\n`],
    ['an array made of another', `A=(-s -m 2)\nB=("\${A[@]}" ${U})\n«curl "\${B[@]}"»\n`],
    ['all arguments', 'get() { curl -sf "$@"; }\n«get http://169.254.169.254/latest/»\n'],
    [
      'a header comes by the call',
      'get() { curl -sf "$@"; }\nget -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/\n',
    ],
    [
      'a token in an array made of another',
      `A=(-s -m 2 -H)\nB=("\${A[@]}" "X-aws-ec2-metadata-token: $T")\ncurl "\${B[@]}" ${U}\n`,
    ],
    ['a token in elements that are changed', `H=("X-aws-ec2-metadata-token: $T")\ncurl "\${H[@]/#/-H}" ${U}\n`],
    [
      'a token in what a loop over keys puts together',
      `declare -A H=([a]="X-aws-ec2-metadata-token: $T")\nA=()\nfor k in "\${!H[@]}"; do A+=(-H "\${H[$k]}"); done\ncurl "\${A[@]}" ${U}\n`,
    ],
    [
      'a token in some of the arguments',
      `get() { local h=("\${@:2}"); curl -s "\${h[@]}" "http://169.254.169.254/latest/$1"; }\nget a/ -H "X-aws-ec2-metadata-token: $T"\n`,
    ],
    [
      'arguments of which some are left out by a number that is not known',
      `get() { curl -s "\${@:$N}" ${U}; }\nget a -H "X-aws-ec2-metadata-token: $T"\n`,
    ],
    ['shift', 'get() { shift; curl "$1"; }\n«get x http://169.254.169.254/latest/»\n'],
    ['a default for an argument', 'get() { «curl "${1:-http://169.254.169.254}/latest/"»; }\nget\n'],
    ['a local', 'get() { local url="http://169.254.169.254/$1"; «curl "$url"»; }\nget latest/\n'],
    ['a local does not reach outside', 'f() { local U=http://169.254.169.254/latest/; }\nf\ncurl $U\n'],
    ['a variable that is not local does', 'f() { U=http://169.254.169.254/latest/; }\nf\n«curl $U»\n'],
    ['what it prints', 'url() { echo http://169.254.169.254/latest/; }\n«curl "$(url)"»\n'],
    ['nothing calls it', 'f() { «curl http://169.254.169.254/latest/»; }\n'],
    ['nothing calls it, and its address comes by the call', 'f() { curl "$1"; }\n'],
    ['the keyword', 'function get { «curl http://169.254.169.254/latest/»; }\nget\n'],
    ['the body is a subshell', 'get() ( «curl http://169.254.169.254/latest/» )\nget\n'],
    ['it calls itself', 'f() { «curl http://169.254.169.254/latest/»; f; }\nf\n'],
    ['it is defined by another', 'a() { b() { «curl http://169.254.169.254/latest/»; }; }\na\nb\n'],
    ['called in a substitution', 'get() { «curl http://169.254.169.254/latest/$1»; }\nID=$(get instance-id)\n'],
    ['called in backticks', 'get() { «curl http://169.254.169.254/latest/$1»; }\nID=`get instance-id`\n'],
    [
      'called curl, and sends the token',
      'curl() { command curl -H "X-aws-ec2-metadata-token: $T" "$@"; }\ncurl http://169.254.169.254/latest/\n',
    ],
    ['called log', 'log() { echo "$@"; }\nlog curl http://169.254.169.254/latest/\n'],
    ['returns before', 'f() { return; «curl http://169.254.169.254/latest/»; }\nf\n'],
  ]);

  it('shows where the address comes from', () => {
    const script = 'IMDS=http://169.254.169.254\nget() { curl "$IMDS/$1"; }\nget latest/\n';
    const [finding] = findingsIn(script);
    expect(finding?.related.map(({ range }) => script.slice(range.start, range.end))).toEqual([
      'IMDS=http://169.254.169.254',
    ]);
  });
});

describe('functions that run what they are given', () => {
  finds([
    ['by a shell', `run() { bash -ec "$1"; }\n«run "curl ${U}"»\n`],
    ['by a shell, from a variable', `run() { local c=$1; sh -c "$c"; }\n«run "curl ${U}"»\n`],
    ['by a shell, all of it', `run() { sh -c "$*"; }\n«run curl ${U}»\n`],
    ['in a container', `run() { docker run --rm tools bash -c "$1"; }\n«run "curl ${U} > out"»\n`],
    ['in a container, in words', `run() { docker exec web "$@"; }\n«run curl ${U}»\n`],
    ['on another machine', `on() { ssh -i "$KEY" "ubuntu@$1" "$2"; }\n«on web "curl ${U} | jq ."»\n`],
    ['on another machine, in words', `on() { ssh "$HOST" "$@"; }\n«on "curl ${U}"»\n«on curl ${U}»\n`],
    ['for another user', `as() { su - web -c "$1"; }\n«as "curl ${U}"»\n`],
    ['for a time', `for9() { timeout 9 "$@"; }\n«for9 curl ${U}»\n`],
    ['of another service', `run() { bash -c "$1"; }\nrun "curl https://example.com/"\nrun "$CMD"\n`],
    [
      'with its own token',
      `run() { bash -c "$1"; }\nrun 'T=$(curl -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" ${U}api/token); curl -H "X-aws-ec2-metadata-token: $T" ${U}meta-data/'\n`,
    ],
  ]);
});

describe('aliases', () => {
  finds([
    ['of curl', "alias get='curl -s'\n«get http://169.254.169.254/latest/»\n"],
    ['of something else', "alias curl='echo curl'\ncurl http://169.254.169.254/latest/\n"],
  ]);
});

describe('loops', () => {
  finds([
    [
      'over addresses',
      'for u in http://169.254.169.254/latest/ http://169.254.169.254/latest/user-data; do\n  «curl $u»\ndone\n',
    ],
    ['over paths', 'for p in ami-id instance-id; do «curl http://169.254.169.254/latest/meta-data/$p»; done\n'],
    [
      'over an array',
      'P=(ami-id mac)\nfor p in "${P[@]}"; do «curl http://169.254.169.254/latest/meta-data/$p»; done\n',
    ],
    ['over what is not known', 'for u in $LIST; do curl $u; done\n'],
    ['over arguments', 'for u; do curl $u; done\n'],
    ['what is set in a round is known behind', 'for i in 1 2; do U=http://169.254.169.254/latest/; done\n«curl $U»\n'],
    [
      'what a round may set is not certain',
      'U=http://169.254.169.254/latest/\nwhile read -r x; do U=$x; done\n«curl $U»\n',
    ],
    ['until it answers', 'until «curl -sf http://169.254.169.254/latest/»; do sleep 1; done\n'],
    ['while it does not', 'while ! «curl -sf http://169.254.169.254/latest/»; do sleep 1; done\n'],
    ['counted', 'for ((i = 0; i < 3; i++)); do «curl http://169.254.169.254/latest/»; done\n'],
    [
      'lines of a pipe',
      '«curl http://169.254.169.254/latest/meta-data/» | while read -r p; do «curl http://169.254.169.254/latest/meta-data/$p»; done\n',
    ],
    ['select', 'select u in http://169.254.169.254/latest/; do «curl $u»; done\n'],
  ]);
});

describe('branches', () => {
  finds([
    [
      'if and else',
      'if [ -f /a ]; then «curl http://169.254.169.254/latest/»; else «curl http://169.254.169.254/latest/ami-id»; fi\n',
    ],
    [
      'values of both branches',
      'if [ -f /a ]; then U=http://169.254.169.254; else U=http://example.com; fi\n«curl $U/latest/»\n',
    ],
    ['a value of one branch', 'if [ -f /a ]; then U=http://169.254.169.254/latest/; fi\n«curl $U»\n'],
    ['case', 'case $(uname) in\n  Linux) U=http://169.254.169.254/latest/ ;;\n  *) exit 1 ;;\nesac\n«curl $U»\n'],
    [
      'a case that is known',
      'E=aws\ncase $E in\n  gcp) «curl http://169.254.169.254/latest/a» ;;\n  aws) «curl http://169.254.169.254/latest/b» ;;\nesac\n',
    ],
    ['behind &&', 'true && «curl http://169.254.169.254/latest/»\n'],
    ['behind ||', 'false || «curl http://169.254.169.254/latest/»\n'],
    ['in a subshell, what it sets is lost', '(U=http://169.254.169.254/latest/)\ncurl $U\n'],
    ['in braces, what they set stays', '{ U=http://169.254.169.254/latest/; }\n«curl $U»\n'],
    ['in the background', '«curl http://169.254.169.254/latest/» &\n'],
    ['in a pipe, what it sets is lost', 'echo x | U=http://169.254.169.254/latest/\ncurl $U\n'],
    ['in a process substitution', 'diff <(«curl http://169.254.169.254/latest/») /tmp/x\n'],
    ['in a here-string', 'jq . <<< "$(«curl http://169.254.169.254/latest/»)"\n'],
    ['in a redirection', 'cat > "/tmp/$(«curl http://169.254.169.254/latest/»)"\n'],
    ['in an arithmetic expansion', 'echo $(( $(«curl http://169.254.169.254/latest/») + 1 ))\n'],
    ['in a condition', '[[ $(«curl http://169.254.169.254/latest/») == x ]]\n'],
    ['in the body of a heredoc', 'mail <<EOF\n$(«curl http://169.254.169.254/latest/»)\nEOF\n'],
    ['in the body of a quoted heredoc', "mail <<'EOF'\n$(curl http://169.254.169.254/latest/)\nEOF\n"],
    ['in a trap', "trap '«curl http://169.254.169.254/latest/»' EXIT\n"],
    ['in an assignment in front of a command', 'ID=$(«curl http://169.254.169.254/latest/») run\n'],
    ['in an array', 'A=("$(«curl http://169.254.169.254/latest/»)" x)\n'],
    ['in a default', 'ID=${ID:-$(«curl http://169.254.169.254/latest/»)}\n'],
  ]);
});

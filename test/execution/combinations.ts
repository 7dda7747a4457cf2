/** A script put together from a prologue, a place for a call, and a call. */
export interface Combination {
  readonly title: string;
  readonly script: string;
}

interface Part {
  readonly name: string;
  /** Lines that come before everything else. */
  readonly before?: string;
  readonly text: string;
}

const IMDS = 'http://169.254.169.254/latest/meta-data';

/** Commands that ask the service; none holds a single quote, so that all fit into `sh -c '...'`. */
const CALLS: readonly Part[] = [
  { name: 'curl -s', text: `curl -s ${IMDS}/instance-id` },
  { name: 'curl -sf, quoted', text: `curl -sf "${IMDS}/instance-type"` },
  { name: 'a missing item', text: `curl -sf ${IMDS}/no-such-item` },
  { name: 'limits and a pipe', text: `curl -s -m 2 --retry 1 ${IMDS}/placement/availability-zone | cut -d- -f1,2` },
  { name: 'a base in a variable', before: `BASE=${IMDS}`, text: 'curl -sS "$BASE/local-ipv4"' },
  { name: 'a wrapper', before: `meta() { curl -sf "${IMDS}/$1"; }`, text: 'meta instance-id' },
  { name: 'wget', text: `wget -q -O - ${IMDS}/ami-id` },
  { name: 'an option after the address', text: `curl ${IMDS}/mac --silent --fail` },
  { name: 'timeout', text: `timeout 5 curl -s ${IMDS}/instance-id` },
];

/** Places that a command can stand in; `CALL` is the command. */
const PLACES: readonly Part[] = [
  { name: 'a statement', text: 'CALL\necho' },
  { name: 'an assignment', text: 'VALUE=$(CALL)\necho "$VALUE"' },
  { name: 'backticks', text: 'VALUE=`CALL`\necho "$VALUE"' },
  { name: 'an argument', text: 'echo "before $(CALL) after"' },
  { name: 'if', text: 'if CALL >/dev/null; then\n  echo yes\nelse\n  echo no\nfi' },
  { name: 'if with an assignment', text: 'if VALUE=$(CALL); then echo "yes $VALUE"; else echo "no"; fi' },
  { name: 'elif', text: 'if [ "$#" -gt 5 ]; then\n  echo many\nelif CALL; then\n  echo " few"\nelse\n  echo none\nfi' },
  { name: 'if not', text: 'if ! CALL; then\n  echo failed\nfi\necho' },
  { name: 'or', text: 'CALL || echo failed\necho' },
  { name: 'or true', text: 'VALUE=$(CALL) || true\necho "[$VALUE]"' },
  { name: 'or true inside', text: 'VALUE=$(CALL || true)\necho "[$VALUE]"' },
  { name: 'or exit', text: 'VALUE=$(CALL) || exit 7\necho "[$VALUE]"' },
  { name: 'or a block', text: 'VALUE=$(CALL) || {\n  echo "failed"\n  VALUE=none\n}\necho "$VALUE"' },
  { name: 'and', text: 'CALL && echo " fine"\necho end' },
  { name: 'after and', text: 'true && CALL\necho' },
  { name: 'for', text: 'for n in 1 2; do\n  echo "$n $(CALL)"\ndone' },
  { name: 'for over the answer', text: 'for word in $(CALL); do echo "$word"; done' },
  { name: 'while', text: 'n=0\nwhile [ "$n" -lt 2 ]; do\n  CALL\n  n=$((n + 1))\ndone\necho' },
  { name: 'a bounded wait', text: 'for n in 1 2 3; do\n  CALL && break\n  sleep 1\ndone\necho " $n"' },
  { name: 'case word', text: 'case $(CALL) in\n  i-*) echo id ;;\n  "") echo nothing ;;\n  *) echo other ;;\nesac' },
  { name: 'case arm', text: 'case x in\n  x) CALL ;;\nesac\necho' },
  { name: 'a function', text: 'ask() {\n  CALL\n}\nask\necho\nask\necho' },
  { name: 'a function in a substitution', text: 'ask() {\n  CALL\n}\necho "$(ask) $(ask)"' },
  { name: 'local', text: 'ask() {\n  local value=$(CALL)\n  echo "[$value]"\n}\nask' },
  {
    name: 'local, then the value',
    text: 'ask() {\n  local value\n  value=$(CALL)\n  echo "[$value]"\n}\nask\necho end',
  },
  { name: 'export', text: 'export VALUE=$(CALL)\nsh -c \'echo "$VALUE"\'' },
  { name: 'readonly', text: 'readonly VALUE="$(CALL)"\necho "$VALUE"' },
  { name: 'a subshell', text: '(CALL)\necho' },
  { name: 'a subshell over lines', text: '(\n  VALUE=$(CALL)\n  echo "$VALUE"\n)\necho "[${VALUE-}]"' },
  { name: 'a block to a file', text: '{\n  CALL\n  echo\n} >out\ncat out' },
  { name: 'a pipe', text: 'CALL | tr a-z A-Z\necho' },
  { name: 'a pipe to a loop', text: 'CALL | while read -r line || [ -n "$line" ]; do echo "<$line>"; done' },
  { name: 'an unquoted heredoc', text: 'cat <<EOF\nvalue: $(CALL)\nEOF' },
  { name: 'a default', text: 'echo "${UNSET_HERE:-$(CALL)}"' },
  { name: 'a test', text: '[ -n "$(CALL)" ] && echo set\necho end' },
  { name: 'in the background', text: 'CALL >out &\nwait\ncat out\necho' },
  { name: 'a trap', text: 'finish() {\n  CALL\n  echo\n}\ntrap finish EXIT\necho work' },
  { name: 'one line', text: 'echo a; CALL; echo b' },
  { name: 'a one-line function', text: 'ask() { CALL; echo; }; ask; echo end' },
  { name: 'a one-line block', text: 'true && { VALUE=$(CALL); echo "$VALUE"; }' },
  { name: 'nested substitutions', text: 'VALUE=$(echo "x$(CALL | tail -n 1)")\necho "$VALUE"' },
  { name: 'the last status', text: 'CALL >/dev/null\necho "status $?"' },
  { name: 'an assignment and its status', text: 'VALUE=$(CALL)\necho "status $? $VALUE"' },
  { name: 'errors with the value', text: 'VALUE=$(CALL 2>/dev/null)\necho "$VALUE"' },
  { name: 'eval of the answer', text: 'eval "VALUE=$(CALL)"\necho "$VALUE"' },
  { name: 'an early exit', text: 'if [ "$#" -gt 5 ]; then\n  exit 0\nfi\nCALL\necho' },
];

const PROLOGUES: readonly Part[] = [
  { name: 'plain', text: '' },
  { name: 'errexit', text: 'set -e' },
  { name: 'errexit and nounset', text: 'set -eu' },
  { name: 'TOKEN taken', text: 'TOKEN=mine' },
  {
    name: 'a token there already',
    text: `TOKEN=$(curl -s -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 300")
FIRST=$(curl -s -H "X-aws-ec2-metadata-token: $TOKEN" ${IMDS}/instance-id)`,
  },
  { name: 'a function called from a substitution', text: 'log() { echo "log: $*"; }\nLINE=$(log start)\necho "$LINE"' },
];

function indent(text: string, by: string): string {
  return text.replaceAll(/^(?=.)/gm, by);
}

/** The place inside something larger, as real scripts nest them. */
const WRAPPINGS: readonly { readonly name: string; readonly wrap: (body: string) => string }[] = [
  { name: '', wrap: (body) => body },
  { name: ' in main', wrap: (body) => `main() {\n${indent(body, '  ')}\n}\nmain "$@"` },
  { name: ' in an if', wrap: (body) => `if true; then\n${indent(body, '\t')}\nfi` },
  { name: ' twice', wrap: (body) => `${body}\n${body.replaceAll('ask', 'again').replaceAll('finish', 'done_now')}` },
];

/** Every script that the parts make, but for those that would not be the same script any more. */
export function allCombinations(): Combination[] {
  const found: Combination[] = [];
  for (const prologue of PROLOGUES)
    for (const call of CALLS)
      for (const place of PLACES)
        for (const { name, wrap } of WRAPPINGS) {
          // A heredoc's end and a read-only variable do not bear being indented or written twice.
          if (name !== '' && (place.text.includes('EOF') || place.name === 'readonly' || place.name === 'a trap'))
            continue;
          const body = wrap(place.text.replaceAll('CALL', () => call.text));
          const lines = ['#!/bin/sh', prologue.text, call.before ?? '', '', body, 'echo "${TOKEN-}" >/dev/null', ''];
          const script = lines.filter((line, i) => line !== '' || i === 3 || i === 6).join('\n');
          found.push({ title: `${prologue.name}: ${call.name}: ${place.name}${name}`, script });
        }
  return found;
}

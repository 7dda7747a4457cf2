import { describe } from 'vitest';
import { FETCH, META, rewrites, SEND } from '../../testing/rewritten';

const call = (path = '', options = '-s '): string => `curl ${options}${META}/${path}`;
const sent = (path = '', options = '-s '): string => `curl ${SEND} ${options}${META}/${path}`;

/** The fetch stands on a line of its own in front of the script. */
const before = (name: string, script: string, rewritten: string): [string, string, string] => [
  name,
  script,
  `${FETCH}\n${rewritten}`,
];

describe('on a line of its own, in front of', () => {
  rewrites([
    before('a command', `${call()}\n`, `${sent()}\n`),
    before('an assignment', `ID=$(${call('ami-id')})\n`, `ID=$(${sent('ami-id')})\n`),
    before('two on one line', `A=$(${call('a')}); B=$(${call('b')})\n`, `A=$(${sent('a')}); B=$(${sent('b')})\n`),
    before(
      'two in one assignment',
      `A=$(${call('a')}) B=$(${call('b')}) run\n`,
      `A=$(${sent('a')}) B=$(${sent('b')}) run\n`,
    ),
    before('an export', `export ID=$(${call('ami-id')})\n`, `export ID=$(${sent('ami-id')})\n`),
    before('an argument', `echo "$(${call('a')}) in $(${call('b')})"\n`, `echo "$(${sent('a')}) in $(${sent('b')})"\n`),
    before('an array', `A=("$(${call('mac')})" x)\n`, `A=("$(${sent('mac')})" x)\n`),
    before('a pipeline', `${call()} | jq -r .region > /etc/region\n`, `${sent()} | jq -r .region > /etc/region\n`),
    before(
      'the end of a pipeline',
      `date | tee "/var/log/$(${call('ami-id')})"\n`,
      `date | tee "/var/log/$(${sent('ami-id')})"\n`,
    ),
    before('the background', `${call()} &\n`, `${sent()} &\n`),
    before('a list', `${call()} && echo yes\n`, `${sent()} && echo yes\n`),
    before('a list that tolerates', `${call('', '-f ')} || echo no\n`, `${sent('', '-f ')} || echo no\n`),
    before('a negation', `! ${call()}\n`, `! ${sent()}\n`),
    before('a condition', `if ${call()}; then\n  echo ec2\nfi\n`, `if ${sent()}; then\n  echo ec2\nfi\n`),
    before(
      'a condition that tests',
      `[ "$(${call('mac')})" = x ] && echo x\n`,
      `[ "$(${sent('mac')})" = x ] && echo x\n`,
    ),
    before(
      'branches that both need it',
      `if [ -f /a ]; then\n  ${call('a')}\nelse\n  ${call('b')}\nfi\n`,
      `if [ -f /a ]; then\n  ${sent('a')}\nelse\n  ${sent('b')}\nfi\n`,
    ),
    before(
      'a branch, where what follows needs it too',
      `if [ -f /a ]; then\n  ${call('a')}\nfi\n${call('b')}\n`,
      `if [ -f /a ]; then\n  ${sent('a')}\nfi\n${sent('b')}\n`,
    ),
    before(
      'a short loop',
      `for p in ami-id mac; do\n  ${call('$p')}\ndone\n`,
      `for p in ami-id mac; do\n  ${sent('$p')}\ndone\n`,
    ),
    before(
      'the words of a loop',
      `for p in $(${call()}); do echo $p; done\n`,
      `for p in $(${sent()}); do echo $p; done\n`,
    ),
    before(
      'the word of a case',
      `case $(${call('mac')}) in\n  0*) ;;\nesac\n`,
      `case $(${sent('mac')}) in\n  0*) ;;\nesac\n`,
    ),
    before('a subshell', `(${call()})\n`, `(${sent()})\n`),
    before('braces', `{ ${call()}; } > /tmp/x\n`, `{ ${sent()}; } > /tmp/x\n`),
    before('a process substitution', `diff <(${call()}) /tmp/x\n`, `diff <(${sent()}) /tmp/x\n`),
    before('a heredoc', `mail root <<EOF\n$(${call()})\nEOF\n`, `mail root <<EOF\n$(${sent()})\nEOF\n`),
  ]);
});

describe('no earlier than it is needed', () => {
  rewrites([
    ['behind what needs none', `set -x\n${call()}\n`, `set -x\n${FETCH}\n${sent()}\n`],
    ['in a branch', `if [ -f /a ]; then\n  ${call()}\nfi\n`, `if [ -f /a ]; then\n  ${FETCH}\n  ${sent()}\nfi\n`],
    [
      'behind what may leave',
      `f() {\n  [ -f /a ] || return 1\n  ${call()}\n}\n`,
      `f() {\n  [ -f /a ] || return 1\n  ${FETCH}\n  ${sent()}\n}\n`,
    ],
    [
      'in each item of a case',
      `case $1 in\n  a)\n    ${call('a')}\n    ;;\n  b) ${call('b')} ;;\nesac\n`,
      `case $1 in\n  a)\n    ${FETCH}\n    ${sent('a')}\n    ;;\n  b) ${FETCH}; ${sent('b')} ;;\nesac\n`,
    ],
    ['behind other commands of its line', `echo hi; ${call()}\n`, `echo hi; ${FETCH}; ${sent()}\n`],
    ['in a default', `ID=\${ID:-$(${call('a')})}\n`, `ID=\${ID:-$(${FETCH} && ${sent('a')})}\n`],
    ['behind &&', `[ -f /a ] && ${call()}\n`, `[ -f /a ] && ${FETCH} && ${sent()}\n`],
    ['behind ||', `[ -f /a ] || ${call()}\n`, `[ -f /a ] || { ${FETCH} && ${sent()}; }\n`],
    [
      'in the condition of elif',
      `if [ -f /a ]; then\n  A=1\nelif ${call()}; then\n  A=2\nfi\n`,
      `if [ -f /a ]; then\n  A=1\nelif ${FETCH} && ${sent()}; then\n  A=2\nfi\n`,
    ],
    [
      'behind a test of the status before',
      `run\nif [ $? = 0 ] && ${call()}; then echo; fi\n`,
      `run\nif [ $? = 0 ] && ${FETCH} && ${sent()}; then echo; fi\n`,
    ],
  ]);
});

describe('again in loops that wait or go on', () => {
  rewrites([
    [
      'until',
      `until ${call('', '-sf ')}; do\n  sleep 1\ndone\n`,
      `until ${FETCH} && ${sent('', '-sf ')}; do\n  sleep 1\ndone\n`,
    ],
    [
      'while not',
      `while ! ${call('', '-sf ')}; do sleep 1; done\n`,
      `while ! { ${FETCH} && ${sent('', '-sf ')}; }; do sleep 1; done\n`,
    ],
    [
      'for ever',
      `while true; do\n  ${call('spot/termination-time')}\n  sleep 5\ndone\n`,
      `while true; do\n  ${FETCH}\n  ${sent('spot/termination-time')}\n  sleep 5\ndone\n`,
    ],
    [
      'a few times, with a pause',
      `for i in 1 2 3; do\n  ${call()} && break\n  sleep 1\ndone\n`,
      `for i in 1 2 3; do\n  ${FETCH}\n  ${sent()} && break\n  sleep 1\ndone\n`,
    ],
  ]);
});

describe('inside functions', () => {
  rewrites([
    [
      'without local, in sh',
      `get() {\n  ${call('$1')}\n}\nget a\n`,
      `get() {\n  ${FETCH}\n  ${sent('$1')}\n}\nget a\n`,
    ],
    [
      'with local, in bash',
      `#!/bin/bash\nget() {\n  ${call('$1')}\n}\nID=$(get a)\n`,
      `#!/bin/bash\nget() {\n  local TOKEN\n  ${FETCH}\n  ${sent('$1')}\n}\nID=$(get a)\n`,
    ],
    [
      'with local, on one line',
      `#!/bin/bash\nget() { ${call('$1')}; }\n`,
      `#!/bin/bash\nget() { local TOKEN; ${FETCH}; ${sent('$1')}; }\n`,
    ],
    [
      'with local, where the function has it already',
      `get() {\n  local p=$1\n  ${call('$p')}\n}\n`,
      `get() {\n  local p=$1\n  local TOKEN\n  ${FETCH}\n  ${sent('$p')}\n}\n`,
    ],
    [
      'whose body is a subshell',
      `#!/bin/bash\nget() (\n  ${call('$1')}\n)\n`,
      `#!/bin/bash\nget() (\n  ${FETCH}\n  ${sent('$1')}\n)\n`,
    ],
    [
      'that get the address',
      `get() { curl -s "$1"; }\nget ${META}/a\nget ${META}/b\n`,
      `get() { ${FETCH}; curl ${SEND} -s "$1"; }\nget ${META}/a\nget ${META}/b\n`,
    ],
    [
      'and outside of them',
      `get() {\n  ${call('a')}\n}\n${call('b')}\n`,
      `get() {\n  ${FETCH}\n  ${sent('a')}\n}\n${FETCH}\n${sent('b')}\n`,
    ],
  ]);
});

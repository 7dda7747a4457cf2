import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../settings';
import { FETCH, META, OWN_FETCH, put, rewrites, SEND } from '../../testing/rewritten';
import { fixed } from '../../testing/script';

const CALL = `curl -s ${META}/ami-id`;
const SENT = `curl ${SEND} -s ${META}/ami-id`;
const under = (name: string): string => SENT.replace('$TOKEN', `$${name}`);

describe('a name that is free', () => {
  rewrites([
    ['TOKEN', `${CALL}\n`, `${FETCH}\n${SENT}\n`],
    [
      'not TOKEN where it is something else',
      `TOKEN=secret\n${CALL}\n`,
      `TOKEN=secret\nIMDS_${FETCH}\n${under('IMDS_TOKEN')}\n`,
    ],
    [
      'not TOKEN where it is read',
      `login "$TOKEN"\n${CALL}\n`,
      `login "$TOKEN"\nIMDS_${FETCH}\n${under('IMDS_TOKEN')}\n`,
    ],
    [
      'nor the next ones',
      `export TOKEN=a IMDS_TOKEN=b EC2_IMDS_TOKEN=c\n${CALL}\n`,
      `export TOKEN=a IMDS_TOKEN=b EC2_IMDS_TOKEN=c\nEC2_IMDS_TOKEN_2=$(${put()})\n${under('EC2_IMDS_TOKEN_2')}\n`,
    ],
    ['TOKEN beside GITHUB_TOKEN', `login "$GITHUB_TOKEN"\n${CALL}\n`, `login "$GITHUB_TOKEN"\n${FETCH}\n${SENT}\n`],
  ]);
});

describe('a token that is there', () => {
  const reused = `curl -H "X-aws-ec2-metadata-token: $T" -s ${META}/ami-id`;
  rewrites([
    ['is sent', `${OWN_FETCH}\n${CALL}\n`, `${OWN_FETCH}\n${reused}\n`],
    [
      'is sent from a function that is called behind',
      `f() { ${CALL}; }\n${OWN_FETCH}\nf\n`,
      `f() { ${reused}; }\n${OWN_FETCH}\nf\n`,
    ],
    ['is not, where it is fetched later', `${CALL}\n${OWN_FETCH}\n`, `${FETCH}\n${SENT}\n${OWN_FETCH}\n`],
    [
      'is not, where only a branch has it',
      `if [ -f /a ]; then\n  ${OWN_FETCH}\nfi\n${CALL}\n`,
      `if [ -f /a ]; then\n  ${OWN_FETCH}\nfi\n${FETCH}\n${SENT}\n`,
    ],
    ['is not, where a subshell has it', `(${OWN_FETCH})\n${CALL}\n`, `(${OWN_FETCH})\n${FETCH}\n${SENT}\n`],
    [
      'is not, in a loop that outlives it',
      `${OWN_FETCH}\nwhile true; do\n  ${CALL}\n  sleep 60\ndone\n`,
      `${OWN_FETCH}\nwhile true; do\n  ${FETCH}\n  ${SENT}\n  sleep 60\ndone\n`,
    ],
  ]);
});

describe('where a failure ends the script', () => {
  const tolerant = `${FETCH} || true`;
  rewrites([
    ['it still does, where it did', `set -e\nID=$(${CALL})\n`, `set -e\n${FETCH}\nID=$(${SENT})\n`],
    [
      'not by a fetch in front of a pipeline',
      `#!/bin/bash -e\n${CALL} | jq .\n`,
      `#!/bin/bash -e\n${tolerant}\n${SENT} | jq .\n`,
    ],
    [
      'but under pipefail',
      `set -euo pipefail\nID=$(${CALL} | tr -d x)\n`,
      `set -euo pipefail\n${FETCH}\nID=$(${SENT} | tr -d x)\n`,
    ],
    ['not by a fetch in front of || true', `set -e\n${CALL} || true\n`, `set -e\n${tolerant}\n${SENT} || true\n`],
    ['not by a fetch in front of !', `set -o errexit\n! ${CALL}\n`, `set -o errexit\n${tolerant}\n! ${SENT}\n`],
    ['no trap sees the fetch fail', `trap 'exit 9' ERR\n${CALL}\n`, `trap 'exit 9' ERR\n${tolerant}\n${SENT}\n`],
  ]);
});

describe('the text around', () => {
  rewrites([
    [
      'indentation by tabs',
      `\tif true; then\n\t\t${CALL}\n\tfi\n`,
      `\tif true; then\n\t\t${FETCH}\n\t\t${SENT}\n\tfi\n`,
    ],
    ['CRLF', `#!/bin/sh\r\n${CALL}\r\n`, `#!/bin/sh\r\n${FETCH}\r\n${SENT}\r\n`],
    ['a byte order mark', `\uFEFF${CALL}\n`, `\uFEFF${FETCH}\n${SENT}\n`],
    ['no newline at the end', CALL, `${FETCH}\n${SENT}`],
    ['comments in front stay in front', `# the id\n${CALL}\n`, `# the id\n${FETCH}\n${SENT}\n`],
    ['a comment behind stays behind', `${CALL} # the id\n`, `${FETCH}\n${SENT} # the id\n`],
    ['lines that go on', `curl \\\n  -s \\\n  ${META}/\n`, `${FETCH}\ncurl ${SEND} \\\n  -s \\\n  ${META}/\n`],
    ['other scripts’ letters', `echo "Größe 漢 🔑"; ${CALL}\n`, `echo "Größe 漢 🔑"; ${FETCH}; ${SENT}\n`],
  ]);
});

describe('the lifetime', () => {
  it.each([
    ['as it is set', `${CALL}\n`, 60, 60],
    ['all there is, where something slow comes between', `${CALL}\napt-get install -y jq\n${CALL}\n`, 60, 21600],
    ['as it is set, where something slow comes behind', `${CALL}\napt-get install -y jq\n`, 60, 60],
    ['all there is, where it sleeps', `${CALL}; sleep 600; ${CALL}\n`, 300, 21600],
  ])('%s', (_, script, tokenTtlSeconds, expected) => {
    expect(fixed(script, undefined, { ...DEFAULT_SETTINGS, tokenTtlSeconds })).toContain(put('', expected));
  });
});

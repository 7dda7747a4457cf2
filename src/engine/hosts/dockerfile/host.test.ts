import { describe, expect, it } from 'vitest';
import { editsReadAsMeant, scriptTexts, survivesDamage } from '../../testing/carriers';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, findingsIn, fixed, judged, offered } from '../../testing/script';

const URI = 'file:///srv/Dockerfile';
const file = (text: string): string => `# syntax=docker/dockerfile:1\nFROM alpine\n${text}`;
const json = (text: string): string => JSON.stringify(text).slice(1, -1);

describe('a Dockerfile is known', () => {
  it.each([
    ['by its name', 'Dockerfile'],
    ['by a name with a suffix', 'Dockerfile.prod'],
    ['by its extension', 'web.Dockerfile'],
    ['as Podman calls it', 'Containerfile'],
    ['in small letters', 'dockerfile'],
  ])('%s', (_, name) => {
    expect(engine.lint({ uri: `file:///srv/${name}`, text: `RUN curl ${META}/\n` }).kind).toBe('Dockerfile');
  });

  it('not by what only mentions it', () => {
    expect(engine.lint({ uri: 'file:///srv/dockerfile/notes.txt', text: `RUN curl ${META}/\n` }).kind).toBeUndefined();
  });
});

describe('calls are found', () => {
  it.each([
    ['in RUN', `RUN «curl -s ${META}/» > /id\n`],
    ['in small letters', `run «curl -s ${META}/»\n`],
    ['behind flags', `RUN --mount=type=cache,target=/x --network=host «curl -s ${META}/»\n`],
    ['over lines', `RUN apk add curl \\\n    # the id\n && ID=$(«curl \\\n  -s ${META}/») \\\n\n && echo "$ID"\n`],
    ['with blanks behind the backslash', `RUN echo a && \\  \n  «curl ${META}/»\n`],
    ['in a list', `RUN ["sh", "-c", "«curl -s ${META}/» > /id"]\n`],
    ['in a list without a shell', `CMD ["«curl", "-s", "${META}/»"]\n`],
    ['in CMD', `CMD «curl -s ${META}/»\n`],
    ['in ENTRYPOINT', `ENTRYPOINT «curl -s ${META}/»\n`],
    ['in CMD behind a shell of ENTRYPOINT', `ENTRYPOINT ["/bin/sh", "-c"]\nCMD ["«curl -s ${META}/»"]\n`],
    ['at a build upon it', `ONBUILD RUN «curl -s ${META}/»\n`],
    ['in a health check', `HEALTHCHECK --interval=5m CMD «curl -f ${META}/» || exit 1\n`],
    ['with another shell', `SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN «curl -s ${META}/» | tee /id\n`],
    ['with an address from ENV', `ENV IMDS=${META} X="a b"\nRUN «curl $IMDS/»\n`],
    ['with an address from ENV as it was', `ENV IMDS ${META}\nRUN «curl \${IMDS}/»\n`],
    ['with an address from ARG', `ARG IMDS=${META}\nRUN «curl $IMDS/»\n`],
    ['in a heredoc', `RUN <<EOF\nset -e\n«curl -s ${META}/»\nEOF\nRUN echo\n`],
    ['in a heredoc without tabs', `RUN <<-"EOF"\n\t«curl -s ${META}/»\n\tEOF\n`],
    ['in a heredoc of a shell', `RUN <<EOF bash -ex\n«curl -s ${META}/»\nEOF\n`],
    ['in a heredoc with its interpreter', `RUN <<EOF\n#!/bin/bash\n«curl -s ${META}/»\nEOF\n`],
    ['in a file', `COPY <<'EOF' /opt/id.sh\n«curl -s ${META}/»\nEOF\n`],
    ['in a file that says what it is', `COPY --chmod=755 <<EOF /opt/id\n#!/bin/sh\n«curl -s ${META}/»\nEOF\n`],
  ])('%s', (_, text) => {
    expect(judged(file(text), 'imdsv1-call', URI)).toBe(file(text));
  });
});

describe('nothing is found', () => {
  it.each([
    ['in a comment', `# RUN curl ${META}/\nRUN a \\\n # curl ${META}/\n b\n`],
    ['in a label', `LABEL x="curl ${META}/"\n`],
    ['in ENV', `ENV NO_PROXY=169.254.169.254\n`],
    ['with a token', `RUN ${FETCH} && curl ${SEND} ${META}/\n`],
    ['in another language', `SHELL ["python3", "-c"]\nRUN curl ${META}/\n`],
    ['in a heredoc of another language', `RUN <<EOF\n#!/usr/bin/python3\ncurl ${META}/\nEOF\n`],
    ['in a file of data', `COPY <<EOF /opt/notes.txt\ncurl ${META}/\nEOF\n`],
    ['with an address of another stage', `ENV IMDS=${META}\nFROM x\nRUN curl $IMDS/\n`],
    ['with a shell of Windows', `SHELL ["cmd", "/S", "/C"]\nRUN curl ${META}/\n`],
  ])('%s', (_, text) => {
    expect(findingsIn(file(text), URI)).toEqual([]);
  });

  it('where backquotes escape, which is on Windows', () => {
    expect(findingsIn(`# escape=\`\nFROM x\nRUN curl ${META}/\n`, URI)).toEqual([]);
  });
});

it('lines that go on are one, without comments and empty lines', () => {
  const text = file(`RUN a 169.254.169.254 \\\n  # b\n  c \\\n\n  d \\\\\nCMD e 169.254.169.254 \\`);
  expect(scriptTexts(text, 'Dockerfile')).toEqual(['a 169.254.169.254   c   d \\\\', 'e 169.254.169.254 ']);
});

describe('a fix', () => {
  it.each([
    ['on one line', `RUN curl -s ${META}/ > /id\n`, `RUN ${FETCH}; curl ${SEND} -s ${META}/ > /id\n`],
    [
      'over lines',
      `RUN apk add curl \\\n && curl -s ${META}/\n`,
      `RUN apk add curl \\\n && ${FETCH} && curl ${SEND} -s ${META}/\n`,
    ],
    [
      'in a list',
      `CMD ["sh", "-c", "curl -s ${META}/"]\n`,
      `CMD ["sh", "-c", "${json(FETCH)}; curl ${json(SEND)} -s ${META}/"]\n`,
    ],
    [
      'in a heredoc',
      `RUN <<EOF\nset -e\ncurl -s ${META}/\nEOF\n`,
      `RUN <<EOF\nset -e\n${FETCH}\ncurl ${SEND} -s ${META}/\nEOF\n`,
    ],
    [
      'in a file with variables',
      `COPY <<EOF /opt/id.sh\ncurl -s ${META}/$PATH_OF\nEOF\n`,
      `COPY <<EOF /opt/id.sh\n${FETCH.replaceAll('$', '\\$')}\ncurl ${SEND.replaceAll('$', '\\$')} -s ${META}/$PATH_OF\nEOF\n`,
    ],
    ['in CRLF', `RUN curl -s ${META}/\r\nCMD x\r\n`, `RUN ${FETCH}; curl ${SEND} -s ${META}/\r\nCMD x\r\n`],
  ])('%s', (_, text, expected) => {
    expect(fixed(file(text), URI)).toBe(file(expected));
    expect(findingsIn(file(expected), URI)).toEqual([]);
  });

  it('is not there where no shell reads the list', () => {
    expect(offered(file(`CMD ["curl", "-s", "${META}/"]\n`), URI)).toEqual([]);
  });

  it('of modes', () => {
    expect(fixed(file(`RUN chmod -R 777 /root/.aws\n`), URI)).toBe(file(`RUN chmod -R u=rwX,go= /root/.aws\n`));
  });
});

describe('what is written is read', () => {
  const SAMPLE = file(`ENV A=b
RUN echo EDIT one TIDE 169.254.169.254
RUN apt-get update \\
 # a comment
 && echo EDIT two \\
 TIDE 169.254.169.254
CMD ["sh", "-c", "echo EDIT three TIDE 169.254.169.254"]
RUN <<EOF
echo 169.254.169.254
echo EDIT four
EOF
COPY <<EOF /opt/a.sh
echo 169.254.169.254
echo EDIT five
EOF
HEALTHCHECK CMD echo EDIT six TIDE 169.254.169.254
`);
  editsReadAsMeant(SAMPLE, 'Dockerfile');
  survivesDamage(SAMPLE.replaceAll('echo EDIT', `curl ${META}/`), '/srv/Dockerfile');
});

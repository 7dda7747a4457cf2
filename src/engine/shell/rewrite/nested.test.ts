import { describe } from 'vitest';
import { FETCH, META, put, rewrites, SEND } from '../../testing/rewritten';

const CALL = `curl -s ${META}/ami-id`;
const SENT = `curl ${SEND} -s ${META}/ami-id`;
/** As a text in double quotes or an unquoted heredoc has it. */
const escaped = (text: string, characters: RegExp): string => text.replace(characters, '\\$&');

describe('in the arguments of a shell', () => {
  rewrites([
    ['on one line', `bash -c '${CALL}'\n`, `bash -c '${FETCH}; ${SENT}'\n`],
    ['on several', `bash -c '\n  ${CALL}\n'\n`, `bash -c '\n  ${FETCH}\n  ${SENT}\n'\n`],
    ['in double quotes', `sh -c "${CALL} > /tmp/x"\n`, `sh -c "${escaped(`${FETCH}; ${SENT}`, /["$]/g)} > /tmp/x"\n`],
    ['on standard input', `bash <<'EOF'\n${CALL}\nEOF\n`, `bash <<'EOF'\n${FETCH}\n${SENT}\nEOF\n`],
  ]);
});

describe('in scripts that the script writes', () => {
  const unquoted = (text: string): string => escaped(text, /\$/g);
  rewrites([
    [
      'a quoted heredoc',
      `cat > /opt/a.sh <<'EOF'\n${CALL}\nEOF\n`,
      `cat > /opt/a.sh <<'EOF'\n${FETCH}\n${SENT}\nEOF\n`,
    ],
    [
      'an unquoted heredoc',
      `cat > /opt/a.sh <<EOF\nID=\\$(${CALL})\nEOF\n`,
      `cat > /opt/a.sh <<EOF\n${unquoted(FETCH)}\nID=${unquoted(`$(${SENT})`)}\nEOF\n`,
    ],
    [
      'a heredoc with tabs',
      `if true; then\n\tcat > /opt/a.sh <<-'EOF'\n\t\tset -x\n\t\t${CALL}\n\tEOF\nfi\n`,
      `if true; then\n\tcat > /opt/a.sh <<-'EOF'\n\t\tset -x\n\t\t${FETCH}\n\t\t${SENT}\n\tEOF\nfi\n`,
    ],
    [
      'a heredoc in a heredoc',
      `cat > /opt/a.sh <<'A'\ncat > /opt/b.sh <<'B'\n${CALL}\nB\nA\n`,
      `cat > /opt/a.sh <<'A'\ncat > /opt/b.sh <<'B'\n${FETCH}\n${SENT}\nB\nA\n`,
    ],
    [
      'echo',
      `echo '#!/bin/sh' > /opt/a.sh\necho '${CALL}' >> /opt/a.sh\n`,
      `echo '#!/bin/sh' > /opt/a.sh\necho '${FETCH}\n${SENT}' >> /opt/a.sh\n`,
    ],
    [
      'printf',
      `printf '#!/bin/sh\\n${CALL}\\n' > /opt/a.sh\n`,
      `printf '#!/bin/sh\\n${FETCH}\\n${SENT}\\n' > /opt/a.sh\n`,
    ],
    [
      'each with a token of its own',
      `${CALL}\ncat > /opt/a.sh <<'EOF'\n${CALL}\nEOF\n`,
      `${FETCH}\n${SENT}\ncat > /opt/a.sh <<'EOF'\n${FETCH}\n${SENT}\nEOF\n`,
    ],
  ]);
});

describe('in units and crontabs that it writes', () => {
  rewrites([
    [
      'a unit: dollars are doubled',
      `cat > /etc/systemd/system/id.service <<'EOF'\n[Service]\nExecStart=/bin/sh -c '${CALL} > /run/id'\nEOF\n`,
      `cat > /etc/systemd/system/id.service <<'EOF'\n[Service]\nExecStart=/bin/sh -c '${`${FETCH}; ${SENT}`.replaceAll('$', '$$$$')} > /run/id'\nEOF\n`,
    ],
    [
      'a crontab: all on one line',
      `cat > /etc/cron.d/id <<'EOF'\n* * * * * root ${CALL}\nEOF\n`,
      `cat > /etc/cron.d/id <<'EOF'\n* * * * * root ${FETCH}; ${SENT}\nEOF\n`,
    ],
  ]);
});

describe('in substitutions', () => {
  rewrites([
    ['backticks', `ID=\`${CALL}\`\n`, `TOKEN=\`${put()}\`\nID=\`${SENT}\`\n`],
    ['backticks in quotes', `ID="\`${CALL}\`"\n`, `TOKEN=\`${put()}\`\nID="\`${escaped(SENT, /"/g)}\`"\n`],
    [
      'backticks over lines',
      `ID=\`\n${CALL} || \\\n  ${CALL}\`\n`,
      `TOKEN=\`${put()}\`\nID=\`\n${SENT} || \\\n  ${SENT}\`\n`,
    ],
    ['backticks in backticks', `X=\`echo \\\`${CALL}\\\`\`\n`, `TOKEN=\`${put()}\`\nX=\`echo \\\`${SENT}\\\`\`\n`],
    [
      'backticks in a heredoc',
      `cat > /etc/x <<EOF\n\`${CALL}\`\nEOF\n`,
      `TOKEN=\`${put()}\`\ncat > /etc/x <<EOF\n\`${SENT}\`\nEOF\n`,
    ],
    ['a substitution in quotes', `ID="$(${CALL})"\n`, `${FETCH}\nID="$(${SENT})"\n`],
    ['a substitution in a substitution', `ID=$(echo $(${CALL}))\n`, `${FETCH}\nID=$(echo $(${SENT}))\n`],
  ]);
});

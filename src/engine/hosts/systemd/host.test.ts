import { describe, expect, it } from 'vitest';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, findingsIn, fixed, judged, offered } from '../../testing/script';

const UNIT = 'file:///etc/systemd/system/id.service';
const unit = (lines: string): string => `[Unit]\nDescription=Instance id\n\n[Service]\nType=oneshot\n${lines}`;

/** Text as a unit spells it in double quotes. */
const inDouble = (text: string): string => text.replace(/["\\]/g, '\\$&').replaceAll('$', '$$$$');

describe('a unit is known', () => {
  it.each([
    ['by its name', '/etc/systemd/system/a.service', '[Service]\n'],
    ['as a timer', '/srv/a.timer', '[Timer]\n'],
    ['as a drop-in', '/etc/systemd/system/a.service.d/env.conf', '[Service]\n'],
    ['by its first section', '/srv/unit', '[Unit]\nDescription=x\n'],
    ['by its first section behind comments', '/srv/unit', '# comment\n; comment\n\n[Service]\n'],
  ])('%s', (_, path, text) => {
    expect(engine.lint({ uri: `file://${path}`, text }).kind).toBe('systemd unit');
  });

  it.each([
    ['a configuration with other sections', '/srv/a.conf', '[main]\nx=1\n'],
    ['text that mentions a section', '/srv/a.txt', 'see [Service]\n'],
    ['a service of something else', '/srv/a.service', 'x = 1\n'],
  ])('not %s', (_, path, text) => {
    expect(engine.lint({ uri: `file://${path}`, text }).kind).not.toBe('systemd unit');
  });

  it('by the editor’s language', () => {
    expect(engine.lint({ uri: 'file:///a', text: '', languageId: 'systemd-unit-file' }).kind).toBe('systemd unit');
  });
});

describe('commands of a unit', () => {
  it.each([
    ['ExecStart', `ExecStart=«/usr/bin/curl ${META}/»\n`],
    ['ExecStartPre with marks', `ExecStartPre=-+«/usr/bin/curl ${META}/»\n`],
    ['with blanks around', `ExecStop = «/usr/bin/curl ${META}/»\n`],
    ['over two lines', `ExecStart=«/usr/bin/curl \\\n  ${META}/»\n`],
    ['by a shell', `ExecStart=/bin/sh -c '«curl ${META}/» > /run/id'\n`],
    ['with a doubled percent', `ExecStart=«/usr/bin/curl -w %%{http_code} ${META}/»\n`],
    ['two', `ExecStartPre=«/usr/bin/curl ${META}/a»\nExecStart=«/usr/bin/curl ${META}/b»\n`],
    ['in double quotes', `ExecStart=/bin/sh -c "exec web --ip=$(«curl ${META}/»)"\n`],
    ['in double quotes with doubled dollars', `ExecStart=/bin/sh -c "exec web --ip=$$(«curl ${META}/»)"\n`],
    ['in double quotes with escaped ones', `ExecStart=/bin/sh -c "echo \\"ID=$(«curl ${META}/»)\\" > /run/id"\n`],
    [
      'behind a comment within the command',
      `ExecStart=/usr/bin/web \\\n# --v=2\n  --ip=$$(«curl ${META}/») \\\n  --port=1\n`,
    ],
    ['behind a line left empty', `ExecStart=/usr/bin/web \\\n  \n  --ip=$$(«curl ${META}/»)\n`],
    ['but not behind an empty line that ends it', `ExecStart=/usr/bin/web \\\n\nExecStop=«/usr/bin/curl ${META}/»\n`],
    ['none in a comment', `#ExecStart=/usr/bin/curl ${META}/\n`],
    ['none in an environment', `Environment=URL=${META}/\n`],
    ['none in a description', `Description=curl ${META}/\n`],
  ])('%s', (_, lines) => {
    expect(judged(unit(lines), 'imdsv1-call', UNIT)).toBe(unit(lines));
  });
});

describe('a fix writes as a unit is written', () => {
  it('doubles dollars', () => {
    const text = unit(`ExecStart=/bin/sh -c 'curl -s ${META}/ > /run/id'\n`);
    const expected = unit(
      `ExecStart=/bin/sh -c '${`${FETCH}; curl ${SEND}`.replaceAll('$', '$$$$')} -s ${META}/ > /run/id'\n`,
    );
    expect(fixed(text, UNIT)).toBe(expected);
    expect(findingsIn(expected, UNIT)).toEqual([]);
  });

  it('reads doubled dollars as one', () => {
    const text = unit(`ExecStart=/bin/sh -c 'ID=$$(curl -s ${META}/ami-id); echo $$ID'\n`);
    const expected = `${`${FETCH}; ID=$(curl ${SEND} -s ${META}/ami-id)`.replaceAll('$', '$$$$')}; echo $$ID`;
    expect(fixed(text, UNIT)).toBe(unit(`ExecStart=/bin/sh -c '${expected}'\n`));
  });

  it.each([
    [
      'escapes double quotes',
      `/bin/bash -c "/bin/systemctl set-environment ID=$(curl -L ${META}/)"`,
      `/bin/bash -c "${inDouble(`${FETCH}; /bin/systemctl set-environment ID=`)}$(curl ${inDouble(SEND)} -L ${META}/)"`,
    ],
    [
      'and within quotes that are escaped',
      `/bin/sh -c "echo \\"ID=$(curl -s ${META}/)\\" > /run/id"`,
      `/bin/sh -c "${inDouble(`${FETCH}; echo `)}\\"ID=$(curl ${inDouble(SEND)} -s ${META}/)\\" > /run/id"`,
    ],
    [
      'beside single quotes within',
      `/bin/bash -ec "curl -s ${META}/ | sed 's/a/b/' > /run/id"`,
      `/bin/bash -ec "${inDouble(`${FETCH}; curl ${SEND}`)} -s ${META}/ | sed 's/a/b/' > /run/id"`,
    ],
    [
      'in single quotes with an escaped one',
      `/bin/sh -c 'curl -s ${META}/ | sed s/it\\'s// > /run/id'`,
      `/bin/sh -c '${`${FETCH}; curl ${SEND}`.replaceAll('$', '$$$$')} -s ${META}/ | sed s/it\\'s// > /run/id'`,
    ],
  ])('%s', (_, command, expected) => {
    expect(fixed(unit(`ExecStart=${command}\n`), UNIT)).toBe(unit(`ExecStart=${expected}\n`));
    expect(findingsIn(unit(`ExecStart=${expected}\n`), UNIT)).toEqual([]);
  });

  it('does not write outside quotes, where nothing is substituted', () => {
    expect(offered(unit(`ExecStart=/bin/sh -c curl\\ -s\\ ${META}/\n`), UNIT)).toEqual([]);
  });

  it('is not there without a shell', () => {
    expect(offered(unit(`ExecStart=/usr/bin/curl -s ${META}/\n`), UNIT)).toEqual([]);
  });
});

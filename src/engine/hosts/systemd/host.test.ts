import { describe, expect, it } from 'vitest';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, findingsIn, fixed, judged, offered } from '../../testing/script';

const UNIT = 'file:///etc/systemd/system/id.service';
const unit = (lines: string): string => `[Unit]\nDescription=Instance id\n\n[Service]\nType=oneshot\n${lines}`;

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

  it('is not there without a shell', () => {
    expect(offered(unit(`ExecStart=/usr/bin/curl -s ${META}/\n`), UNIT)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, findingsIn, fixed, judged } from '../../testing/script';

const SYSTEM = 'file:///etc/cron.d/id';
const USER = 'file:///var/spool/cron/crontabs/ubuntu';

describe('a crontab is known by where it is', () => {
  it.each([
    ['/etc/crontab', 'crontab'],
    ['/etc/cron.d/id', 'crontab'],
    ['/srv/image/etc/cron.d/id', 'crontab'],
    ['/var/spool/cron/root', 'crontab'],
    ['/var/spool/cron/crontabs/root', 'crontab'],
    ['/etc/cron.daily/id', undefined],
    ['/srv/crontab', undefined],
  ])('%s: %s', (path, kind) => {
    expect(engine.lint({ uri: `file://${path}`, text: '' }).kind).toBe(kind);
  });
});

describe('commands of a crontab', () => {
  it.each([
    ['five fields and a user', SYSTEM, `*/5 * * * * root «curl ${META}/»\n`],
    ['names of months and days', SYSTEM, `0 4 * jan-mar mon root «curl ${META}/»\n`],
    ['lists and ranges', SYSTEM, `0,30 1-5 * * 1-5 root «curl ${META}/»\n`],
    ['a name for the time', SYSTEM, `@reboot root «curl ${META}/»\n`],
    ['tabs', SYSTEM, `*\t*\t*\t*\t*\troot\t«curl ${META}/»\n`],
    ['no user in a user’s own', USER, `* * * * * «curl ${META}/»\n`],
    ['@daily in a user’s own', USER, `@daily «curl ${META}/»\n`],
    ['two', SYSTEM, `* * * * * root «curl ${META}/a»\n@daily root «curl ${META}/b»\n`],
    ['an escaped percent', SYSTEM, `* * * * * root «curl -w '\\%{http_code}' ${META}/»\n`],
    ['no newline at the end', SYSTEM, `* * * * * root «curl ${META}/»`],
    ['none in a comment', SYSTEM, `# * * * * * root curl ${META}/\n`],
    ['none in a variable', SYSTEM, `URL=${META}/\n`],
    ['none for another host', SYSTEM, `* * * * * root curl https://example.com # 169.254.169.254\n`],
  ])('%s', (_, uri, text) => {
    expect(judged(text, 'imdsv1-call', uri)).toBe(text);
  });
});

describe('a fix stays on the line', () => {
  it.each([
    [
      'a command',
      `* * * * * root curl -s ${META}/ > /run/id\n`,
      `* * * * * root ${FETCH}; curl ${SEND} -s ${META}/ > /run/id\n`,
    ],
    [
      'a shell',
      `* * * * * root sh -c 'curl -s ${META}/'\n`,
      `* * * * * root sh -c '${FETCH}; curl ${SEND} -s ${META}/'\n`,
    ],
    [
      'percents stay escaped',
      `* * * * * root curl -s ${META}/$(date +\\%s)\n`,
      `* * * * * root ${FETCH}; curl ${SEND} -s ${META}/$(date +\\%s)\n`,
    ],
  ])('%s', (_, text, expected) => {
    expect(fixed(text, SYSTEM)).toBe(expected);
    expect(findingsIn(expected, SYSTEM)).toEqual([]);
  });
});

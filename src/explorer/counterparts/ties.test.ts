import { describe, expect, it } from 'vitest';
import type { ShownLaunch, ShownUserData } from '../../server/protocol';
import { belongsTo, tieOfUserData, tieTo, tieToLaunch, type Live } from './ties';

const NOWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const SCRIPT = '#!/bin/bash\ncurl http://169.254.169.254/latest/meta-data/\necho done\n';

const launch = (more: Partial<ShownLaunch> = {}): ShownLaunch => ({
  kind: 'instance',
  address: 'Web',
  launchers: [more.address ?? 'Web'],
  name: null,
  head: NOWHERE,
  options: null,
  tokens: null,
  endpoint: null,
  hopLimit: null,
  ...more,
});
const script = (...parts: readonly (string | null)[]): ShownUserData => ({
  owner: null,
  uri: 'file:///boot.sh',
  range: NOWHERE,
  parts,
  calls: [],
});
const live = (more: Partial<Live> = {}): Live => ({ name: undefined, tags: {}, userData: undefined, ...more });
const inStack = (logicalId: string): Live =>
  live({ tags: { 'aws:cloudformation:stack-name': 'shop', 'aws:cloudformation:logical-id': logicalId } });

describe('user data', () => {
  it.each<[string, readonly (string | null)[], string]>([
    ['the same', [SCRIPT], SCRIPT],
    ['without the last line end', [SCRIPT], SCRIPT.trimEnd()],
    ['with line ends of Windows', [SCRIPT], SCRIPT.replaceAll('\n', '\r\n')],
    ['with a byte order mark', [SCRIPT], `\uFEFF${SCRIPT}`],
    ['in pieces', [SCRIPT.slice(0, 20), SCRIPT.slice(20)], SCRIPT],
  ])('surely: %s', (_, parts, text) => {
    expect(tieOfUserData(parts, text)).toEqual({ sure: true });
  });

  it.each<[string, readonly (string | null)[], string]>([
    [
      'something put in',
      ['#!/bin/bash\nexport STACK=', null, '\ncurl http://169.254.169.254/\n'],
      '#!/bin/bash\nexport STACK=shop\ncurl http://169.254.169.254/\n',
    ],
    [
      'nothing put in',
      ['#!/bin/bash\nexport STACK=', null, '\ncurl http://169.254.169.254/\n'],
      '#!/bin/bash\nexport STACK=\ncurl http://169.254.169.254/\n',
    ],
    ['at its beginning', [null, `\n${SCRIPT}`], `#!/bin/sh\n# by us\n${SCRIPT}`],
    ['at its end', [SCRIPT, null], `${SCRIPT}echo more\n`],
    [
      'in several places',
      ['#!/bin/bash\nA=', null, '\nB=', null, '\necho "$A" "$B" done\n'],
      '#!/bin/bash\nA=1\nB=2\necho "$A" "$B" done\n',
    ],
  ])('probably: %s', (_, parts, text) => {
    expect(tieOfUserData(parts, text)).toEqual({ sure: false });
  });

  it.each<[string, readonly (string | null)[], string]>([
    ['another script', [SCRIPT], '#!/bin/bash\necho other\n'],
    ['a script that begins alike', [SCRIPT], `${SCRIPT}echo more\n`],
    ['a part of it', [SCRIPT], SCRIPT.slice(12)],
    ['nothing', ['  \n'], '  \n'],
    ['nothing that is known', [null], SCRIPT],
    ['too little that is known', ['#!/bin/bash\n', null], SCRIPT],
    [
      'parts in another order',
      ['#!/bin/bash\nfirst step of this\n', null, '\nsecond step of this\n'],
      '#!/bin/bash\nsecond step of this\nfirst step of this\n',
    ],
    [
      'an end that the beginning has taken',
      ['#!/bin/bash\necho one two three', null, 'echo one two three'],
      '#!/bin/bash\necho one two three',
    ],
    [
      'another end',
      ['#!/bin/bash\ncurl -s http://', null, '/latest/\n'],
      '#!/bin/bash\ncurl -s http://x/latest/\necho more\n',
    ],
    ['another beginning', ['#!/bin/bash\ncurl -s http://', null], '# first\n#!/bin/bash\ncurl -s http://x\n'],
  ])('not: %s', (_, parts, text) => {
    expect(tieOfUserData(parts, text)).toBeUndefined();
  });
});

describe('launches', () => {
  it.each<[string, ShownLaunch, Live, unknown]>([
    ['the resource of a stack', launch(), inStack('Web'), { by: 'stack', stack: 'shop', logicalId: 'Web' }],
    ['another resource', launch(), inStack('Db'), undefined],
    [
      'what a group launches',
      launch({ kind: 'launch-template', address: 'L', launchers: ['Group'] }),
      inStack('Group'),
      { by: 'stack', stack: 'shop', logicalId: 'Group' },
    ],
    [
      'a template that no group uses',
      launch({ kind: 'launch-template', address: 'L', launchers: [] }),
      inStack('L'),
      undefined,
    ],
    ['the name that is declared', launch({ name: 'web-1' }), live({ name: 'web-1' }), { by: 'name', name: 'web-1' }],
    ['another name', launch({ name: 'web-1' }), live({ name: 'web-2' }), undefined],
    [
      'the name of the resource',
      launch({ address: 'module.a.aws_instance.billing[0]' }),
      live({ name: 'billing' }),
      { by: 'name', name: 'billing' },
    ],
    [
      'the name of a resource that has another',
      launch({ address: 'aws_instance.billing', name: 'b-1' }),
      live({ name: 'billing' }),
      undefined,
    ],
    ['a name that everybody gives', launch({ address: 'aws_instance.main' }), live({ name: 'main' }), undefined],
    ['no name', launch({ address: 'aws_instance.billing' }), live(), undefined],
    ['the name of what a stack made', launch({ name: 'web-1' }), { ...inStack('Db'), name: 'web-1' }, undefined],
  ])('%s', (_, declared, instance, expected) => {
    expect(tieTo({ launches: [declared], userData: [] }, instance)).toEqual(expected);
  });

  it('user data that is surely the same is the strongest tie, one that is probably so is weaker than a stack', () => {
    const instance = { ...inStack('Web'), userData: SCRIPT };
    const tie = (...parts: readonly (string | null)[]): unknown =>
      tieTo({ launches: [launch()], userData: [script('#!/bin/sh\n'), script(...parts)] }, instance)?.by;
    expect(tie(SCRIPT)).toBe('user-data');
    expect(tie(SCRIPT.slice(0, 40), null, SCRIPT.slice(50))).toBe('stack');
    expect(tieTo({ launches: [], userData: [script(SCRIPT.slice(0, 40), null)] }, instance)).toEqual({
      by: 'user-data',
      sure: false,
    });
  });
});

describe('one launch of several that run the same script', () => {
  it.each<[string, ShownLaunch, Live, string | undefined]>([
    ['nothing against it', launch(), live({ userData: SCRIPT, name: 'a' }), 'user-data'],
    ['its name', launch({ name: 'a' }), live({ userData: SCRIPT, name: 'a' }), 'user-data'],
    ['another name', launch({ name: 'a' }), live({ userData: SCRIPT, name: 'b' }), undefined],
    ['its stack', launch({ name: 'a' }), { ...inStack('Web'), userData: SCRIPT, name: 'b' }, 'user-data'],
    ['another resource of a stack', launch(), { ...inStack('Db'), userData: SCRIPT }, undefined],
    ['another script, its name', launch({ name: 'a' }), live({ userData: 'echo', name: 'a' }), 'name'],
  ])('%s', (_, declared, instance, expected) => {
    expect(tieToLaunch(declared, [script(SCRIPT)], instance)?.by).toBe(expected);
  });
});

it('user data belongs to every instance of its block', () => {
  const owned = { ...script(SCRIPT), owner: 'aws_instance.w' };
  expect(belongsTo(owned, launch({ address: 'aws_instance.w' }))).toBe(true);
  expect(belongsTo(owned, launch({ address: 'aws_instance.w["a"]' }))).toBe(true);
  expect(belongsTo(owned, launch({ address: 'aws_instance.web' }))).toBe(false);
  expect(belongsTo(script(SCRIPT), launch())).toBe(false);
});

import { describe, expect, it } from 'vitest';
import type { ShownLaunch, ShownUserData } from '../../server/protocol';
import { leadingTo, type DeclaringFile } from './leading-to';
import type { Live } from './ties';

const NOWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const SCRIPT = '#!/bin/bash\ncurl http://169.254.169.254/latest/meta-data/\n';
const TF = 'file:///w/main.tf';
const SH = 'file:///w/boot.sh';

const launch = (address: string, name: string | null = null): ShownLaunch => ({
  kind: 'instance',
  address,
  launchers: [address],
  name,
  head: NOWHERE,
  options: null,
  tokens: null,
  endpoint: null,
  hopLimit: null,
});
const script = (owner: string | null, uri: string, line = 1, text = SCRIPT): ShownUserData => ({
  owner,
  uri,
  range: NOWHERE,
  parts: [text],
  calls: [{ line, message: 'curl sends no token.' }],
});
const file = (uri: string, launches: readonly ShownLaunch[], userData: readonly ShownUserData[]): DeclaringFile => ({
  uri,
  declarations: { launches, userData },
});
const inStack: Live = {
  name: undefined,
  userData: undefined,
  tags: { 'aws:cloudformation:stack-name': 'shop', 'aws:cloudformation:logical-id': 'Web' },
};

const inWords = (files: readonly DeclaringFile[], live: Live): readonly string[] =>
  leadingTo(files, live, (uri) => uri.slice(uri.lastIndexOf('/') + 1)).map(
    ({ name, because, calls }) => `${name} (${because}): ${calls.map(({ line }) => line + 1).join()}`,
  );

describe('files that lead to an instance', () => {
  it.each<[string, readonly DeclaringFile[], Live, readonly string[]]>([
    [
      'a template whose stack it is of, with its script',
      [
        file(
          'file:///w/stack.yaml',
          [launch('Web'), launch('Db')],
          [script('Web', 'file:///w/stack.yaml', 9), script('Db', 'file:///w/stack.yaml', 20)],
        ),
      ],
      inStack,
      ['stack.yaml (resource Web of stack shop): 10'],
    ],
    [
      'a configuration with its script in another file, which is told of once',
      [file(SH, [], [script(null, SH)]), file(TF, [launch('aws_instance.w', 'web-1')], [script('aws_instance.w', SH)])],
      { name: 'web-1', tags: {}, userData: SCRIPT },
      ['boot.sh (equal user data): 2', 'main.tf (equal user data): '],
    ],
    [
      'a configuration by a name, whose user data nobody knows',
      [file(TF, [launch('aws_instance.w', 'web-1')], [script('aws_instance.w', TF, 4)])],
      { name: 'web-1', tags: {}, userData: undefined },
      ['main.tf (probably, by the name web-1): 5'],
    ],
    [
      'a configuration by a name, though the instance runs something else: its calls are not the instance’s',
      [file(TF, [launch('aws_instance.w', 'web-1')], [script('aws_instance.w', TF, 4)])],
      { name: 'web-1', tags: {}, userData: '#!/bin/bash\necho\n' },
      ['main.tf (probably, by the name web-1): '],
    ],
    [
      'nothing',
      [file(TF, [launch('aws_instance.w', 'web-1')], [script('aws_instance.w', TF)]), file(SH, [], [script(null, SH)])],
      { name: 'db-1', tags: {}, userData: '#!/bin/bash\necho\n' },
      [],
    ],
  ])('%s', (_, files, live, expected) => {
    expect(inWords(files, live)).toEqual(expected);
  });
});

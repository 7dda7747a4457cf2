import { describe, expect, it } from 'vitest';
import type { ShownDeclarations, ShownLaunch, ShownUserData } from '../../server/protocol';
import { launchAt, targetAt } from './target';

const lines = (start: number, end: number): ShownLaunch['head'] => ({
  start: { line: start, character: 2 },
  end: { line: end, character: 20 },
});
const launch = (address: string, line: number): ShownLaunch => ({
  kind: 'instance',
  address,
  launchers: [address],
  name: null,
  head: lines(line, line),
  options: lines(line + 2, line + 2),
  tokens: { value: 'optional', range: lines(line + 3, line + 3) },
  endpoint: null,
  hopLimit: null,
});
const script = (owner: string | null, uri: string, start: number, end: number, text: string): ShownUserData => ({
  owner,
  uri,
  range: lines(start, end),
  parts: [text],
  calls: [],
});

const MAIN = 'file:///w/main.tf';
const BOOT = 'file:///w/boot.sh';
const main: ShownDeclarations = {
  launches: [launch('aws_instance.a', 0), launch('aws_instance.b', 20), launch('aws_instance.c', 40)],
  userData: [
    script('aws_instance.a', MAIN, 5, 9, 'own'),
    script('aws_instance.b', BOOT, 0, 9, 'rendered'),
    script('aws_instance.c', MAIN, 45, 49, 'other'),
  ],
};
const boot: ShownDeclarations = { launches: [], userData: [script(null, BOOT, 0, 9, 'as it stands')] };
const inWords = ({ launches, userData }: ShownDeclarations): readonly string[] => [
  ...launches.map(({ address }) => address),
  ...userData.map(({ parts }) => String(parts[0])),
];

describe('what a place is about', () => {
  it.each([
    ['a call in a script', 7, ['aws_instance.a', 'own']],
    ['the name of a launch', 0, ['aws_instance.a', 'own']],
    ['its tokens', 23, ['aws_instance.b', 'rendered']],
    ['nothing', 60, ['aws_instance.a', 'aws_instance.b', 'aws_instance.c', 'own', 'rendered', 'other']],
  ])('%s', (_, line, expected) => {
    expect(inWords(targetAt(MAIN, main, { line, character: 5 }, []))).toEqual(expected);
  });

  it('a script that another file names runs on what that launches', () => {
    const others = [
      { uri: BOOT, declarations: boot },
      { uri: MAIN, declarations: main },
    ];
    expect(inWords(targetAt(BOOT, boot, { line: 3, character: 5 }, others))).toEqual([
      'aws_instance.b',
      'as it stands',
      'rendered',
    ]);
  });

  it('a line with options of several launches tells of the one at the place only', () => {
    const both = {
      launches: [
        launch('A', 0),
        {
          ...launch('B', 0),
          head: lines(9, 9),
          tokens: null,
          options: null,
          hopLimit: { value: '1', range: { start: { line: 3, character: 40 }, end: { line: 3, character: 41 } } },
        },
      ],
      userData: [],
    };
    const at = (character: number): string | undefined => launchAt(both, { line: 3, character })?.address;
    expect([at(5), at(40), at(30)]).toEqual(['A', 'B', undefined]);
  });

  it('a launch is found by its name and the lines of its options', () => {
    const at = (line: number, character = 5): string | undefined => launchAt(main, { line, character })?.address;
    expect([at(0), at(2), at(3, 60), at(4), at(20), at(0, 1), at(0, 21)]).toEqual([
      'aws_instance.a',
      'aws_instance.a',
      'aws_instance.a',
      undefined,
      'aws_instance.b',
      undefined,
      undefined,
    ]);
  });
});

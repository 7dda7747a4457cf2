/** The options of commands that run another command given as their arguments, as far as it takes to find that. */
import type { OptionTable } from './options';

const table = (short: Readonly<Record<string, string>>, withArgument: readonly string[] = []): OptionTable => ({
  short,
  withArgument: new Set(withArgument),
  stopAtOperand: true,
});

/** Options with arguments, how many operands stand before the command, and whether variables may. */
export const WRAPPERS: Readonly<
  Record<string, { readonly options: OptionTable; readonly operands?: number; readonly assignments?: boolean }>
> = {
  sudo: {
    options: table(
      {
        u: 'user=',
        g: 'group=',
        h: 'host=',
        p: 'prompt=',
        C: 'close-from=',
        D: 'chdir=',
        r: 'role=',
        t: 'type=',
        T: 'timeout=',
        U: 'other-user=',
        R: 'chroot=',
      },
      [
        'user',
        'group',
        'host',
        'prompt',
        'close-from',
        'chdir',
        'role',
        'type',
        'command-timeout',
        'other-user',
        'chroot',
      ],
    ),
    assignments: true,
  },
  doas: { options: table({ u: 'user=', C: 'config=' }) },
  env: {
    options: table({ u: 'unset=', C: 'chdir=', S: 'split-string=' }, ['unset', 'chdir', 'split-string']),
    assignments: true,
  },
  command: { options: table({}) },
  builtin: { options: table({}) },
  exec: { options: table({ a: 'name=' }) },
  time: { options: table({ f: 'format=', o: 'output=' }, ['format', 'output']) },
  nohup: { options: table({}) },
  nice: { options: table({ n: 'adjustment=' }, ['adjustment']) },
  ionice: { options: table({ c: 'class=', n: 'classdata=', p: 'pid=' }, ['class', 'classdata', 'pid']) },
  chrt: { options: table({ T: 'runtime=', P: 'period=', D: 'deadline=' }), operands: 1 },
  timeout: { options: table({ k: 'kill-after=', s: 'signal=' }, ['kill-after', 'signal']), operands: 1 },
  stdbuf: { options: table({ i: 'input=', o: 'output=', e: 'error=' }, ['input', 'output', 'error']) },
  unbuffer: { options: table({}) },
  setsid: { options: table({}) },
  chronic: { options: table({}) },
  chroot: { options: table({}, ['userspec', 'groups']), operands: 1 },
  flock: {
    options: table({ w: 'timeout=', E: 'conflict-exit-code=' }, ['timeout', 'wait', 'conflict-exit-code']),
    operands: 1,
  },
  busybox: { options: table({}) },
  strace: { options: table({ e: 'trace=', o: 'output=', p: 'attach=', s: 'size=' }) },
  watch: { options: table({ n: 'interval=' }, ['interval']) },
  'systemd-cat': { options: table({ t: 'identifier=', p: 'priority=' }, ['identifier', 'priority']) },
  'systemd-run': {
    options: table({ p: 'property=', u: 'unit=' }, [
      'unit',
      'property',
      'description',
      'uid',
      'gid',
      'on-active',
      'on-boot',
      'on-calendar',
    ]),
  },
  xargs: {
    options: table(
      {
        I: 'replace=',
        i: 'replace-i',
        n: 'max-args=',
        P: 'max-procs=',
        L: 'max-lines=',
        d: 'delimiter=',
        s: 'max-chars=',
        a: 'arg-file=',
        E: 'eof=',
      },
      ['replace', 'max-args', 'max-procs', 'max-lines', 'delimiter', 'max-chars', 'arg-file', 'eof'],
    ),
  },
  parallel: { options: table({ j: 'jobs=' }, ['jobs']) },
  sshpass: { options: table({ p: 'password=', f: 'file=', d: 'descriptor=', P: 'prompt=' }) },
};

/** ssh(1). */
export const SSH = table(
  Object.fromEntries('B b c D E e F I i J L l m O o p Q R S W w'.split(' ').map((letter) => [letter, `-${letter}=`])),
);

import { describe, expect, it } from 'vitest';
import { parseMode } from './mode';

/** What group and others get, and the mode for a file, a folder and either that leaves it to the owner. */
function read(written: string): readonly string[] | undefined {
  const mode = parseMode(written);
  if (!mode) return undefined;
  const { group, others, closed } = mode;
  return [`${String(group)}${String(others)}`, closed.file, closed.folder, closed.either];
}

describe('octal modes', () => {
  it.each([
    ['777', '77', '600', '700', 'u=rwX,go='],
    ['755', '55', '600', '700', 'u=rwX,go='],
    ['644', '44', '600', '700', 'u=rwX,go='],
    ['640', '40', '600', '700', 'u=rwX,go='],
    ['604', '04', '600', '700', 'u=rwX,go='],
    ['660', '60', '600', '700', 'u=rwX,go='],
    ['666', '66', '600', '700', 'u=rwX,go='],
    ['600', '00', '600', '700', 'u=rwX,go='],
    ['700', '00', '600', '700', 'u=rwX,go='],
    ['444', '44', '400', '500', 'u=rwX,go='],
    ['400', '00', '400', '500', 'u=rwX,go='],
    ['0777', '77', '0600', '0700', 'u=rwX,go='],
    ['00644', '44', '0600', '0700', 'u=rwX,go='],
    ['4755', '55', '600', '700', 'u=rwX,go='],
    ['77', '77', '400', '500', 'u=rwX,go='],
    ['0', '00', '400', '500', 'u=rwX,go='],
  ])('%s gives %s', (written, ...expected) => {
    expect(read(written)).toEqual(expected);
  });
});

describe('symbolic modes', () => {
  it.each([
    ['a+r', '44', 'u+r,go='],
    ['+r', '44', 'u+r,go='],
    ['a+rwx', '77', 'u+rwx,go='],
    ['a=rX', '55', 'u=rX,go='],
    ['go+r', '44', 'go='],
    ['g+w', '20', 'go='],
    ['o+rw', '06', 'go='],
    ['o=', '00', 'go='],
    ['go-rwx', '00', 'go='],
    ['u+x', '00', 'u+x,go='],
    ['u=rw,go=r', '44', 'u=rw,go='],
    ['u=rw,go=', '00', 'u=rw,go='],
    ['u+rw,g+r,o-rwx', '40', 'u+rw,go='],
    ['ug+rw', '60', 'u+rw,go='],
    ['u+r-w', '00', 'u+r-w,go='],
    ['a-w+r', '44', 'u-w+r,go='],
  ])('%s gives %s', (written, bits, closed) => {
    expect(read(written)).toEqual([bits, closed, closed, closed]);
  });
});

describe('what is no mode', () => {
  it.each(['', '888', '123456', 'x', 'u', 'r+u', 'u+q', '~/.aws', '--reference=x', 'u=rw,'])('%j', (written) => {
    expect(parseMode(written)).toBeUndefined();
  });
});

it.each([
  ['755', true],
  ['700', true],
  ['644', false],
  ['a+rX', true],
  ['go+r', false],
])('%s lets somebody execute: %s', (written, expected) => {
  expect(parseMode(written)?.executable).toBe(expected);
});

import { describe, expect, it } from 'vitest';
import { parseShell } from '../syntax';
import { mayLeave } from './exit-status';

describe('statements that may leave the list that they stand in', () => {
  it.each([
    ['exit 1', true],
    ['a || exit 1', true],
    ['if a; then return; fi', true],
    ['while a; do break; done', true],
    ['{ exec b; } 2>&1', true],
    ['(a || exit 1)', false],
    ['X=$(a || exit 1)', false],
    ['echo "$(exit 1)" `exit 2`', false],
    ['f() { exit 1; }', false],
    ['echo exit', false],
  ])('%s: %s', (script, expected) => {
    const [statement] = parseShell(script).commands;
    expect(statement && mayLeave(statement)).toBe(expected);
  });
});

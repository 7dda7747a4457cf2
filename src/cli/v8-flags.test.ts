import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { flagsForShortRuns } from './v8-flags';

// What `node --v8-options` lists, of these versions.
it.each([
  ['Node.js 20', '11.3.244.8-node.33', ['--interrupt-budget']],
  ['Node.js 22', '12.4.254.21-node.57', ['--invocation-count-for-maglev', '--invocation-count-for-turbofan']],
  ['Node.js 24', '13.6.233.17-node.53', ['--invocation-count-for-maglev', '--invocation-count-for-turbofan']],
  ['Node.js 26', '14.6.202.34-node.34', ['--invocation-count-for-maglev', '--invocation-count-for-turbofan']],
])('%s is told of flags that it has', (_, v8, names) => {
  expect(flagsForShortRuns(v8).map((flag) => flag.replace(/=.*/, ''))).toEqual(names);
});

it('names flags that the V8 at hand knows', () => {
  const options = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  for (const flag of flagsForShortRuns(process.versions.v8)) expect(options).toContain(` ${flag.replace(/=.*/, '')} `);
});

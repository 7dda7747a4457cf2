/** What V8 is told before a run. A flag that it does not know it complains of on standard error, so each is told to versions that have it only. */

/**
 * A linter's process is short, and code that V8 optimises seldom lives to pay for it: with its own limits optimising costs as much as all else on 100 scripts.
 * Measured with these: on Node.js 20 half the processor time on 80 scripts and a quarter less on 800, on 22 and 24 a quarter to a third less on 100 templates
 * and on 500 files (bench/cli.mjs).
 * @param v8 its version, as in process.versions
 */
export function flagsForShortRuns(v8: string): readonly string[] {
  return Number.parseInt(v8, 10) < 12
    ? // In bytes of bytecode that run in a function; V8's own is 66 KB.
      ['--interrupt-budget=600000']
    : // In calls; V8's own are 400 and 3000.
      ['--invocation-count-for-maglev=4000', '--invocation-count-for-turbofan=30000'];
}

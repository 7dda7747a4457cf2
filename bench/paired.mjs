// Measuring two things against each other on a machine that does other things too: in turns, and by medians.

/** @param {readonly number[]} values at least one */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/**
 * Runs all in turns.
 * @param {Readonly<Record<string, () => unknown>>} what by name
 * @param {number} runs counted
 * @param {number} warmUp run before, and not counted
 * @returns {(name: string) => readonly number[]} milliseconds of each run of one of them
 */
export function inTurns(what, runs, warmUp) {
  const all = Object.entries(what).map(([name, run]) => ({ name, run, times: /** @type {number[]} */ ([]) }));
  for (let round = -warmUp; round < runs; round++) {
    for (const { run, times } of all) {
      const start = performance.now();
      run();
      const took = performance.now() - start;
      if (round >= 0) times.push(took);
    }
  }
  return (name) => all.find((one) => one.name === name)?.times ?? [];
}

/**
 * How many times as long one takes as the other: the median over the runs, each compared with the run of the other beside it.
 * @param {readonly number[]} times
 * @param {readonly number[]} baseline of as many runs
 */
export function pairedRatio(times, baseline) {
  return median(times.map((time, run) => time / (baseline[run] ?? NaN)));
}

/**
 * The same for the fastest run of each: what is left of a ratio when other programs want the machine too.
 * @param {readonly number[]} times
 * @param {readonly number[]} baseline
 */
export function fastestRatio(times, baseline) {
  return Math.min(...times) / Math.min(...baseline);
}

/** @param {number} milliseconds */
export function ms(milliseconds) {
  return `${milliseconds.toFixed(milliseconds < 10 ? 2 : 1)} ms`;
}

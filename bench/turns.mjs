// How long the event loop stands still: by the clock, and by the processor time of this thread alone, which other programs do not lengthen.
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds of the processor that this thread has used; undefined where the system does not tell (Linux does). */
export function threadTime() {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return undefined;
  }
}

/**
 * Watches the event loop until it is told to stop.
 * @returns {() => { took: number, work: number, pause: number, turn: number }} milliseconds: in all, of this thread's processor time, the longest pause by
 *   the clock, and the longest by processor time
 */
export function watchTurns() {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  const before = threadTime() ?? NaN;
  let last = before;
  let turn = 0;
  const look = () => {
    const now = threadTime() ?? NaN;
    turn = Math.max(turn, now - last);
    last = now;
  };
  const timer = setInterval(look, 1);
  return () => {
    look();
    clearInterval(timer);
    delay.disable();
    return { took: performance.now() - start, work: last - before, pause: delay.max / 1e6, turn };
  };
}

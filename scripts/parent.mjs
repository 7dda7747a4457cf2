const POLL_MS = 500;

/**
 * Calls back when npm, which runs this program through a shell, is gone: a shell that is asked to end does not pass it on.
 * Started without npm, a program may outlive its parent (`node scripts/start.mjs &`), and nothing is watched.
 * @param {() => void} gone
 */
export function whenNpmIsGone(gone) {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const poll = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(poll);
    gone();
  }, POLL_MS);
  poll.unref();
}

import { afterEach } from 'vitest';

/**
 * Keeps a picture of the workbench for each test that fails: what waits for something says only that it did not come.
 * @param {() => import('../../harness/open-workbench.mjs').Workbench | undefined} workbench
 */
export function pictureOfFailures(workbench) {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const name = task.name.replace(/[^a-z0-9]+/gi, '-').slice(0, 60);
    await workbench()
      ?.screenshot(`failed-${name}`)
      .catch(() => undefined);
  });
}

/** Tells when profiles or logins change on the disk. */
import { watch as watchFolder, type FSWatcher } from 'node:fs';
import { dirname, sep } from 'node:path';
import type { Disposable } from '../aws';

/** Editors write in several steps; one call for all of them. */
const SETTLE = 100;

/**
 * A `Surroundings.watch` for Node.js: watches the folders of the paths. Where one does not exist yet it watches the nearest that does, until it
 * appears. Calls back within a second.
 */
export function watchPaths(paths: readonly string[], changed: () => void): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let watchers: readonly FSWatcher[] = [];
  let isOver = false;
  const close = (): void => {
    for (const watcher of watchers) watcher.close();
    watchers = [];
  };
  const arm = (): void => {
    close();
    const folders = new Set(paths.flatMap((path) => [dirname(path), path]));
    watchers = [...folders].flatMap((folder) => watchNearest(folder, paths, notice) ?? []);
  };
  const notice = (): void => {
    if (isOver) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // A folder may have come or gone.
      arm();
      changed();
    }, SETTLE);
  };
  arm();
  return {
    dispose: () => {
      isOver = true;
      clearTimeout(timer);
      close();
    },
  };
}

function isNear(path: string, paths: readonly string[]): boolean {
  return paths.some((each) => each === path || each.startsWith(path + sep) || path.startsWith(each + sep));
}

function watchNearest(folder: string, paths: readonly string[], notice: () => void): FSWatcher | undefined {
  let at = folder;
  for (;;) {
    try {
      const here = at;
      const watcher = watchFolder(here, { persistent: false }, (_event, name) => {
        // A folder far up, such as the home folder, has much else going on.
        if (name === null || isNear(here.endsWith(sep) ? here + name : here + sep + name, paths)) notice();
      });
      watcher.on('error', notice);
      return watcher;
    } catch {
      const parent = dirname(at);
      if (parent === at) return undefined;
      at = parent;
    }
  }
}

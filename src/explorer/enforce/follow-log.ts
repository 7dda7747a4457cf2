/** Tells when the log of changes grows, also by another window. */
import { Disposable, RelativePattern, Uri, workspace } from 'vscode';

export function followLog(path: string, grown: () => void): Disposable {
  const file = Uri.file(path);
  const pattern = new RelativePattern(Uri.joinPath(file, '..'), file.path.slice(file.path.lastIndexOf('/') + 1));
  const watcher = workspace.createFileSystemWatcher(pattern);
  return Disposable.from(watcher, watcher.onDidChange(grown), watcher.onDidCreate(grown));
}

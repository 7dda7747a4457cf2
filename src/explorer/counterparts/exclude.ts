/** What a search for files leaves out, as one glob of VS Code's. */

/** Others' files, and what tools write. */
const NEVER = ['**/node_modules/**', '**/.git/**', '**/.terraform/**', '**/.venv/**'];
/** What a glob of VS Code's cannot be put together from. */
const STRANGE = /[{}\\]/;

/**
 * @param gitignore the text of the workspace's `.gitignore`. What a line with `!` brings back is left out with the rest: who looks for a script elsewhere than in
 * what is ignored finds it.
 * @param settings `files.exclude` and `search.exclude`
 */
export function excludeGlob(gitignore: string, settings: readonly Readonly<Record<string, unknown>>[]): string {
  const fromSettings = settings.flatMap((each) =>
    Object.entries(each).flatMap(([glob, on]) => (on === true && !STRANGE.test(glob) ? [glob] : [])),
  );
  return `{${[...new Set([...NEVER, ...fromSettings, ...gitignore.split('\n').flatMap(globsOf)])].join(',')}}`;
}

/** gitignore(5), "Pattern format". */
function globsOf(line: string): readonly string[] {
  const pattern = line.trim();
  if (pattern === '' || /^[#!]/.test(pattern) || STRANGE.test(pattern) || pattern.includes(',')) return [];
  const path = pattern.replace(/^\//, '').replace(/\/$/, '');
  if (path === '' || path === '*' || path === '**') return [];
  const isAnchored = pattern.replace(/\/$/, '').includes('/');
  const glob = isAnchored ? path : `**/${path}`;
  return pattern.endsWith('/') ? [`${glob}/**`] : [glob, `${glob}/**`];
}

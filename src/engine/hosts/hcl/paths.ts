/** Paths of files as URIs, or as they are given where they are no URIs. */

/** The folder that a file is in, with its slash; empty for a bare name. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}

/** The file that a path leads to from a folder. */
export function resolvePath(folder: string, path: string): string | undefined {
  const scheme = /^[a-z][\w+.-]*:\/\/[^/]*/i.exec(folder)?.[0] ?? '';
  // What was put together from a folder's own URI is a URI already, but for the name that was put behind it.
  if (scheme !== '' && path.startsWith(scheme)) {
    return normal(scheme, path.slice(scheme.length).replace(/[^\w.~!$&'()*+,;=:@%/-]/gu, encodeSegment));
  }
  if (/^[~\\]|^[a-z]:[\\/]/i.test(path)) return undefined;
  const encoded = scheme === '' ? path : path.split('/').map(encodeSegment).join('/');
  return normal(scheme, path.startsWith('/') ? encoded : folder.slice(scheme.length) + encoded);
}

function encodeSegment(segment: string): string {
  try {
    return encodeURIComponent(segment).replace(/%(?:40|3A|24|26|2B|2C|3B|3D)/g, decodeURIComponent);
  } catch {
    return segment;
  }
}

function normal(scheme: string, path: string): string {
  const absolute = path.startsWith('/');
  const result: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && result.length > 0 && result[result.length - 1] !== '..') result.pop();
    else if (segment !== '..' || !absolute) result.push(segment);
  }
  return `${scheme}${absolute ? '/' : ''}${result.join('/')}${path.endsWith('/') && result.length > 0 ? '/' : ''}`;
}

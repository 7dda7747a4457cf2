import ignore from 'ignore';
import type { FileAccess } from '../hosts/surroundings';
import { readConfiguration, type Configuration } from './configuration';

/** The configuration that counts for a file. */
export interface FoundConfiguration {
  /** Where it is written. */
  readonly uri: string;
  readonly configuration: Configuration;
  /** True where it says something that has no effect. */
  readonly faulty: boolean;
  /** True where it leaves the file out. */
  readonly ignored: boolean;
}

const NAMES = ['.ec2-warden.yaml', '.ec2-warden.yml'];
/** A path of more folders than this is none that people work in. */
const MAX_FOLDERS = 40;

/**
 * The nearest `.ec2-warden.yaml` in the folder of a file and those above, up to the root of its git repository where it is in one.
 * @param uri of the file
 */
export async function findConfiguration(
  uri: string,
  files: FileAccess,
  ruleIds: readonly string[],
): Promise<FoundConfiguration | undefined> {
  // `untitled:Untitled-1` lies in no folder.
  const [, origin = '', path] = /^([a-z][\w+.-]*:\/\/[^/?#]*)(\/[^?#]*)/i.exec(uri) ?? [];
  if (path === undefined) return undefined;
  const names = path.split('/').slice(1);
  for (let depth = names.length - 1; depth >= Math.max(0, names.length - MAX_FOLDERS); depth--) {
    const folder = [origin, ...names.slice(0, depth)].join('/');
    for (const name of NAMES) {
      const text = await files.read(`${folder}/${name}`);
      if (text === undefined) continue;
      const { configuration, problems } = readConfiguration(text, ruleIds);
      const ignored = isIgnored(configuration, names.slice(depth).join('/'));
      return { uri: `${folder}/${name}`, configuration, faulty: problems.length > 0, ignored };
    }
    if (await isRepository(folder, files)) return undefined;
  }
  return undefined;
}

/** A work tree of git's has a file `.git` where it is one of several. */
async function isRepository(folder: string, files: FileAccess): Promise<boolean> {
  return (await files.read(`${folder}/.git/HEAD`)) !== undefined || (await files.read(`${folder}/.git`)) !== undefined;
}

/** @param path from the folder of the configuration, as in a URI */
function isIgnored({ ignore: patterns }: Configuration, path: string): boolean {
  if (patterns.length === 0) return false;
  const relative = decoded(path);
  return (
    ignore.isPathValid(relative) &&
    ignore()
      .add([...patterns])
      .ignores(relative)
  );
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

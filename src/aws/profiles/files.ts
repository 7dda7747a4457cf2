/** Which files hold the profiles, and what is in them: read by the SDK, explained by the line that each setting stands on. */
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/core/config';
import type { AwsSettings } from '../aws';
import { sectionsOf, type Section } from './sections';
import type { Place, ProfileFiles, ProfileProblem } from './profile';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of one profile or of one `sso-session`, as the SDK reads them. */
export type ProfileData = Readonly<Record<string, string | undefined>>;

export interface SharedConfig {
  readonly files: ProfileFiles;
  /** Of both files, merged as the SDK does: what the credentials file says wins. `sso-session.NAME` and `services.NAME` are among them. */
  readonly data: ReadonlyMap<string, ProfileData>;
  /** Names of the profiles, in the order of the config file, then of the credentials file. */
  readonly profiles: readonly string[];
  /** Where a profile's sections begin. */
  places(profile: string): readonly Place[];
  /** Where a setting of a profile stands that counts: in the credentials file, where both have it. */
  placeOf(profile: string, setting: string): Place | undefined;
  /** Which of the two files has a setting of a profile. */
  filesWith(profile: string, setting: string): readonly ('config' | 'credentials')[];
  readonly problems: readonly ProfileProblem[];
  /** The mode bits of the credentials file, where there is one and the system has them. */
  readonly credentialsMode: number | undefined;
}

function expand(path: string): string {
  return path.startsWith('~/') || path.startsWith('~\\') ? join(homedir(), path.slice(2)) : resolve(path);
}

/** Settings before the environment, the environment before the usual places. */
export function profileFiles(settings: AwsSettings, env: Environment): ProfileFiles {
  const folder = join(homedir(), '.aws');
  const chosen = (setting: string | undefined, variable: string | undefined, usual: string): string => {
    if (setting !== undefined && setting !== '') return expand(setting);
    return variable === undefined || variable === '' ? usual : expand(variable);
  };
  return {
    config: chosen(settings.configFile, env['AWS_CONFIG_FILE'], join(folder, 'config')),
    credentials: chosen(settings.credentialsFile, env['AWS_SHARED_CREDENTIALS_FILE'], join(folder, 'credentials')),
    ssoCache: join(folder, 'sso', 'cache'),
  };
}

/** What every reader of the SDK is told, so that all read the same files, and as they are now. */
export function sdkFiles(files: ProfileFiles): {
  readonly filepath: string;
  readonly configFilepath: string;
  readonly ignoreCache: true;
} {
  return { filepath: files.credentials, configFilepath: files.config, ignoreCache: true };
}

interface TextFile {
  readonly which: 'config' | 'credentials';
  readonly file: string;
  readonly sections: readonly Section[];
  readonly problem: ProfileProblem | undefined;
}

async function readSections(which: 'config' | 'credentials', file: string): Promise<TextFile> {
  try {
    return { which, file, sections: sectionsOf(await readFile(file, 'utf8')), problem: undefined };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { which, file, sections: [], problem: undefined };
    const reason =
      code === 'EACCES' || code === 'EPERM' ? 'its permissions do not allow it' : (code ?? 'unknown reason');
    return {
      which,
      file,
      sections: [],
      problem: { kind: 'unreadable-file', message: `${file} cannot be read: ${reason}.`, place: { file, line: 0 } },
    };
  }
}

const PROFILE_SECTION = /^profile\s+(?:"([^"]+)"|'([^']+)'|(\S+))$/;

/** The profile that a section is of; undefined for one that is none, or that is not read as one in this file. */
function profileOf(section: Section, which: 'config' | 'credentials'): string | undefined {
  if (which === 'credentials' || section.name === 'default') return /\s/.test(section.name) ? undefined : section.name;
  const match = PROFILE_SECTION.exec(section.name);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

const OTHER_SECTIONS = /^(?:sso-session|services)\s|^(?:plugins|preview)$/;

/** A section that looks like a profile and is read as none. */
function misnamed({ which, file, sections }: TextFile): readonly ProfileProblem[] {
  return sections.flatMap((section): readonly ProfileProblem[] => {
    if (profileOf(section, which) !== undefined || OTHER_SECTIONS.test(section.name)) return [];
    const right = which === 'config' ? `[profile ${section.name}]` : `[${section.name.replace(/^profile\s+/, '')}]`;
    return [
      {
        kind: 'missing-setting',
        message: `[${section.name}] is not read: in this file a profile's section is called ${right}.`,
        place: { file, line: section.line },
      },
    ];
  });
}

async function modeOf(file: string): Promise<number | undefined> {
  if (process.platform === 'win32') return undefined;
  return stat(file).then(
    ({ mode }) => mode & 0o777,
    () => undefined,
  );
}

export async function readSharedConfig(settings: AwsSettings, env: Environment): Promise<SharedConfig> {
  const files = profileFiles(settings, env);
  const [{ configFile, credentialsFile }, config, credentials, credentialsMode] = await Promise.all([
    loadSharedConfigFiles(sdkFiles(files)),
    readSections('config', files.config),
    readSections('credentials', files.credentials),
    modeOf(files.credentials),
  ]);
  const data = new Map<string, ProfileData>(Object.entries(configFile));
  for (const [name, own] of Object.entries(credentialsFile)) data.set(name, { ...data.get(name), ...own });
  const sectionsFor = (profile: string): { readonly text: TextFile; readonly section: Section }[] =>
    [credentials, config].flatMap((text) =>
      text.sections
        .filter((section) => profileOf(section, text.which) === profile)
        .map((section) => ({ text, section })),
    );
  const named = [config, credentials].flatMap((text) =>
    text.sections.flatMap((section) => profileOf(section, text.which) ?? []),
  );
  return {
    files,
    data,
    profiles: [...new Set(named)],
    places: (profile) => sectionsFor(profile).map(({ text, section }) => ({ file: text.file, line: section.line })),
    placeOf: (profile, setting) => {
      const found = sectionsFor(profile).find(({ section }) => section.settings.has(setting));
      const line = found?.section.settings.get(setting);
      return found && line !== undefined ? { file: found.text.file, line } : undefined;
    },
    filesWith: (profile, setting) =>
      sectionsFor(profile).flatMap(({ text, section }) => (section.settings.has(setting) ? [text.which] : [])),
    problems: [config, credentials].flatMap((text) => [...(text.problem ? [text.problem] : []), ...misnamed(text)]),
    credentialsMode,
  };
}

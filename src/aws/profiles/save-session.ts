/** Writes the keys of a session into a credentials file as a profile, and leaves every other byte as it is. */
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { AwsFailure } from '../clients/failure';
import { sectionsOf, type Section } from './sections';

export interface SessionKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expires: Date;
}

/** What this function writes, in this order. */
const SETTINGS = [
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'x_security_token_expires',
] as const;

/** As the SDK reads names of sections; white space and brackets would make another section of it. */
const NAME = /^[\w\-@+.%:/]+$/;

/**
 * The file's text with the profile set. A section of that name is only overwritten where it holds a session that was saved this way.
 * @throws AwsFailure where the name cannot be used
 */
export function withSession(text: string, name: string, keys: SessionKeys): string {
  if (!NAME.test(name))
    throw refusal(`"${name}" cannot be a profile's name: letters, digits and _-@+.%:/ can be in one.`);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const values: Readonly<Record<string, string>> = {
    aws_access_key_id: keys.accessKeyId,
    aws_secret_access_key: keys.secretAccessKey,
    aws_session_token: keys.sessionToken,
    x_security_token_expires: keys.expires.toISOString(),
  };
  const lines = text.split(newline);
  const section = sectionsOf(text).find((each) => each.name === name);
  if (section) return overwritten(lines, section, values).join(newline);
  const block = [`[${name}]`, ...SETTINGS.map((setting) => `${setting} = ${values[setting] ?? ''}`), ''];
  const isEmpty = text.trim() === '';
  const before = isEmpty ? [] : lines.at(-1) === '' ? [...lines.slice(0, -1), ''] : [...lines, ''];
  return [...before, ...block].join(newline);
}

function overwritten(
  lines: readonly string[],
  section: Section,
  values: Readonly<Record<string, string>>,
): readonly string[] {
  if (!section.settings.has('aws_session_token') || !section.settings.has('x_security_token_expires')) {
    throw refusal(
      `The credentials file has a profile ${section.name} already, and it holds no saved session. Choose another name.`,
    );
  }
  const result = [...lines];
  const missing: string[] = [];
  for (const setting of SETTINGS) {
    const at = section.settings.get(setting);
    const written = `${setting} = ${values[setting] ?? ''}`;
    if (at === undefined) missing.push(written);
    else result[at] = written;
  }
  result.splice(section.line + 1, 0, ...missing);
  return result;
}

function refusal(message: string): AwsFailure {
  return new AwsFailure(message, { kind: 'guard', action: 'none', advice: 'Nothing was written.' });
}

/** Writes at once or not at all; the file is readable by its owner only, also where it was not before. Follows a symbolic link. */
export async function saveSessionAs(file: string, name: string, keys: SessionKeys): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw cannotWrite(file, error);
  });
  const changed = withSession(text, name, keys);
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFileAtomic(file, changed, { mode: 0o600 });
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

function cannotWrite(file: string, cause: unknown): AwsFailure {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
  return new AwsFailure(
    `${file} cannot be written (${reason}).`,
    { kind: 'other', action: 'retry', advice: 'Look at its permissions and those of its folder. Nothing was changed.' },
    { cause },
  );
}

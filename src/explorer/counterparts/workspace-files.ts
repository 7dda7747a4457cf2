/** The files of the workspace that declare instances or are scripts for them, read when somebody asks. */
import pMap from 'p-map';
import { CancellationTokenSource, RelativePattern, Uri, workspace, type WorkspaceFolder } from 'vscode';
import { couldDeclare, type AskDeclared } from './declares';
import { excludeGlob } from './exclude';
import type { DeclaringFile } from './leading-to';

/** Templates, configurations and scripts, by the names that they have. Groups in a glob of VS Code's hold no groups. */
const ENDINGS = [
  'tf',
  'tofu',
  'tf.json',
  'yaml',
  'yml',
  'json',
  'template',
  'sh',
  'bash',
  'ps1',
  'tftpl',
  'tpl',
  'tmpl',
];
const NAMES = ['user-data', 'user_data', 'userdata'];
const FILES = `{${[...ENDINGS.map((ending) => `**/*.${ending}`), ...NAMES.map((name) => `**/${name}*`)].join(',')}}`;
const MOST_FILES = 2000;
/** A template may not be larger (CloudFormation quotas: 1 MB from S3); most are a few kilobytes. */
const MOST_BYTES = 512 * 1024;
const AT_ONCE = 8;

export interface WorkspaceFiles {
  /** Files with what they declare. Under one signal they are read once, so that evidence on fifty instances looks once. */
  readonly all: (signal: AbortSignal) => Promise<readonly DeclaringFile[]>;
}

export function createWorkspaceFiles(ask: AskDeclared, log: (message: string) => void): WorkspaceFiles {
  const known = new WeakMap<AbortSignal, Promise<readonly DeclaringFile[]>>();

  const read = async (signal: AbortSignal): Promise<readonly DeclaringFile[]> => {
    const uris = (await Promise.all((workspace.workspaceFolders ?? []).map((folder) => find(folder, signal)))).flat();
    if (uris.length >= MOST_FILES) log(`Only ${MOST_FILES} files of the workspace were searched for scripts.`);
    const files: DeclaringFile[] = [];
    const readOne = async (uri: Uri): Promise<void> => {
      const text = await textOf(uri);
      if (text === undefined || !couldDeclare(text)) return;
      const declarations = await ask(uri.toString(), text);
      if (declarations.launches.length + declarations.userData.length > 0) {
        files.push({ uri: uri.toString(), declarations });
      }
    };
    await pMap(uris.slice(0, MOST_FILES), readOne, { concurrency: AT_ONCE, signal });
    return files.sort((a, b) => (a.uri < b.uri ? -1 : 1));
  };

  return {
    all: async (signal) => {
      const files = known.get(signal) ?? read(signal);
      known.set(signal, files);
      return files;
    },
  };
}

async function find(folder: WorkspaceFolder, signal: AbortSignal): Promise<readonly Uri[]> {
  const gitignore = (await textOf(Uri.joinPath(folder.uri, '.gitignore'))) ?? '';
  const settings = ['files', 'search'].map(
    (section) => workspace.getConfiguration(section, folder.uri).get<Record<string, unknown>>('exclude') ?? {},
  );
  const cancel = new CancellationTokenSource();
  const stop = (): void => cancel.cancel();
  signal.addEventListener('abort', stop);
  try {
    const pattern = new RelativePattern(folder, FILES);
    return await workspace.findFiles(pattern, excludeGlob(gitignore, settings), MOST_FILES, cancel.token);
  } finally {
    signal.removeEventListener('abort', stop);
    cancel.dispose();
  }
}

/** Undefined for what is too large, or no text. */
async function textOf(uri: Uri): Promise<string | undefined> {
  try {
    const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (open !== undefined) return open.getText();
    const { size } = await workspace.fs.stat(uri);
    if (size > MOST_BYTES) return undefined;
    return new TextDecoder('utf-8', { fatal: true }).decode(await workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

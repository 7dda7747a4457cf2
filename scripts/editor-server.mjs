import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly, startGroup } from './process-group.mjs';

const START_MS = 60_000;

/** What keeps a fresh VS Code quiet: no welcome, no chat, no news, no calls to an extension gallery. */
export const QUIET_SETTINGS = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'npm.fetchOnlinePackageInfo': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * @typedef {object} EditorServerOptions
 * @property {import('./editor-tools.mjs').EditorTools} tools
 * @property {string} dataFolder where the editor keeps everything it writes
 * @property {string} workspace the folder that it opens
 * @property {string} [vsix] an extension to install first
 * @property {readonly string[]} [others] further extensions to install
 * @property {string} [port] a port or a range of ports; any free one when left out
 * @property {Record<string, unknown>} [settings] user settings, over the quiet ones
 * @property {readonly string[]} [flags] further flags of the server
 * @property {NodeJS.ProcessEnv} [env] further variables of the server and its extension hosts
 */

/**
 * @typedef {object} EditorServer
 * @property {(payload?: readonly (readonly [string, string])[]) => string} address the URL of the workbench; whoever has it may edit
 * @property {(path: string) => string} remote the URI under which the workbench knows a file of this machine
 * @property {() => string} log what the server has printed so far
 * @property {Promise<number>} exited
 * @property {() => Promise<number>} stop
 */

/**
 * Serves VS Code on the loopback interface, to whoever holds its secret address only.
 * @param {EditorServerOptions} options
 * @returns {Promise<EditorServer>} when it answers
 * @throws {Error} when it does not, with what it printed
 */
export async function startEditorServer(options) {
  const { tools, dataFolder, workspace, vsix, others = [], port = '0', settings, flags = [], env } = options;
  const folders = [
    ...['--user-data-dir', join(dataFolder, 'user')],
    ...['--extensions-dir', join(dataFolder, 'extensions')],
    ...['--server-data-dir', join(dataFolder, 'server')],
    '--accept-server-license-terms',
  ];
  mkdirSync(join(dataFolder, 'user/User'), { recursive: true });
  writeFileSync(
    join(dataFolder, 'user/User/settings.json'),
    JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2),
  );
  const extensions = [...(vsix === undefined ? [] : [vsix]), ...others];
  if (extensions.length > 0) {
    const installing = extensions.flatMap((path) => ['--install-extension', path]);
    await runQuietly(tools.node, [tools.server, ...folders, ...installing]);
  }

  const token = randomBytes(16).toString('hex');
  let log = '';
  /** @type {(port: string) => void} */
  let isUp = () => undefined;
  const up = new Promise((resolve) => (isUp = resolve));
  const group = startGroup(
    tools.node,
    [
      ...[tools.server, '--host', '127.0.0.1', '--port', port, '--connection-token', token, '--disable-telemetry'],
      ...['--disable-workspace-trust', '--default-folder', workspace, ...folders, ...flags],
    ],
    {
      env: { ...process.env, ...env },
      output: 'pipe',
      onOutput: (text) => {
        log += text;
        const [, listening] = /agent listening on (\d+)/.exec(log) ?? [];
        if (listening !== undefined) isUp(listening);
      },
    },
  );
  const boundPort = await Promise.race([
    up,
    group.exited.then(() => undefined),
    new Promise((resolve) => setTimeout(resolve, START_MS).unref()),
  ]);
  if (boundPort === undefined) {
    await group.stop();
    throw new Error(`The VS Code server did not start.\n${log.slice(-4000)}`);
  }
  const authority = `127.0.0.1:${boundPort}`;
  return {
    address: (payload = []) => {
      const rest = payload.length === 0 ? '' : `&payload=${encodeURIComponent(JSON.stringify(payload))}`;
      return `http://${authority}/?tkn=${token}${rest}`;
    },
    remote: (path) => `vscode-remote://${authority}${path}`,
    log: () => log,
    exited: group.exited,
    stop: group.stop,
  };
}

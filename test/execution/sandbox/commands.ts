import { chmodSync, copyFileSync, existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { AgentSettings } from './protocol';

/** Real programs that scripts may use, where the machine has them. */
const TOOLS: readonly string[] = [
  ...[
    'awk',
    'base64',
    'basename',
    'bash',
    'cat',
    'chmod',
    'cmp',
    'cp',
    'curl',
    'cut',
    'dash',
    'date',
    'dirname',
    'env',
  ],
  ...[
    'expr',
    'false',
    'find',
    'grep',
    'head',
    'id',
    'install',
    'jq',
    'ln',
    'ls',
    'md5sum',
    'mkdir',
    'mktemp',
    'mv',
    'nice',
  ],
  ...['nohup', 'od', 'paste', 'printf', 'pwd', 'rev', 'rm', 'sed', 'seq', 'sh', 'sort', 'stat', 'tail', 'tee', 'test'],
  ...['time', 'timeout', 'touch', 'tr', 'true', 'truncate', 'uname', 'uniq', 'wc', 'wget', 'xargs'],
];

/** Commands that change the machine or reach a network: recorded, not run. */
const RECORDED: readonly string[] = [
  ...[
    'amazon-linux-extras',
    'apk',
    'apt',
    'apt-get',
    'aws',
    'cfn-init',
    'cfn-signal',
    'chown',
    'crontab',
    'dnf',
    'docker',
  ],
  ...[
    'ec2-metadata',
    'hostname',
    'hostnamectl',
    'ip',
    'iptables',
    'kubectl',
    'logger',
    'mail',
    'mkfs',
    'modprobe',
    'mount',
  ],
  ...[
    'pip',
    'pip3',
    'reboot',
    'route',
    'rpm',
    'service',
    'shutdown',
    'snap',
    'ssh',
    'timedatectl',
    'umount',
    'useradd',
  ],
  ...['usermod', 'wall', 'yum'],
];

/** Stand-ins with behaviour of their own, one file each. */
const STAND_INS: readonly string[] = ['sleep', 'su', 'sudo', 'systemctl'];

const BUSYBOX_APPLETS: readonly string[] = [
  'awk',
  'cat',
  'cut',
  'grep',
  'head',
  'sed',
  'sh',
  'tr',
  'wget',
  'nc',
  'xargs',
];

/** Where a program is on the machine, or undefined. */
function locate(name: string, { path, host }: AgentSettings): string | undefined {
  for (const folder of path.split(':')) {
    const file = `${host}${folder}/${name}`;
    if (folder.startsWith('/') && existsSync(file)) return file;
  }
  return undefined;
}

/** The interpreter itself: a version manager's shim would look for its own folders. */
function locatePython(settings: AgentSettings): string | undefined {
  const shim = locate('python3', settings);
  if (shim === undefined) return undefined;
  for (const file of [shim, `${settings.host}/usr/bin/python3`]) {
    try {
      const real = execFileSync(file, ['-c', 'import sys, urllib.request; print(sys.executable)'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const executable = real.toString().trim();
      return executable.startsWith(settings.host) ? executable : settings.host + executable;
    } catch {
      // A shim that cannot run here; try the next.
    }
  }
  return undefined;
}

/** Makes the folders that are PATH for scripts. Answers with the tools there are. */
export function makeCommands(settings: AgentSettings): readonly string[] {
  const bin = join(settings.root, 'bin');
  const busyboxBin = join(settings.root, 'busybox-bin');
  for (const folder of [bin, busyboxBin]) mkdirSync(folder, { recursive: true });
  const tools: string[] = [];
  for (const name of TOOLS) {
    const file = locate(name, settings);
    if (file === undefined) continue;
    symlinkSync(settings.host === '' ? realpathSync(file) : file, join(bin, name));
    tools.push(name);
  }
  const python = locatePython(settings);
  if (python !== undefined) {
    symlinkSync(python, join(bin, 'python3'));
    tools.push('python3');
  }
  const busybox = locate('busybox', settings);
  if (busybox !== undefined) {
    for (const name of BUSYBOX_APPLETS) symlinkSync(busybox, join(busyboxBin, name));
    tools.push('busybox');
  }
  for (const name of RECORDED) copyFileSync(join(settings.commands, 'record'), join(bin, name));
  for (const name of STAND_INS) copyFileSync(join(settings.commands, name), join(bin, name));
  for (const name of [...RECORDED, ...STAND_INS]) chmodSync(join(bin, name), 0o755);
  writeFileSync(join(settings.root, 'calls'), '');
  return tools;
}

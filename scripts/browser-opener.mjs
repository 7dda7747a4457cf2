import { spawn } from 'node:child_process';
import { onPath } from './desktop-code.mjs';

/**
 * Opens an address in the person's own browser.
 * @param {string} address
 * @returns {boolean} whether there was a program to ask
 */
export function openInBrowser(address) {
  const [command, ...args] = opener(address);
  if (command === undefined) return false;
  const child = spawn(command, args, { stdio: 'ignore', detached: true, windowsHide: true });
  child.on('error', () => undefined);
  child.unref();
  return true;
}

/** @param {string} address @returns {string[]} */
function opener(address) {
  if (process.platform === 'darwin') return ['open', address];
  // rundll32 takes the address as it is; `start` would end it at the first &.
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address];
  const program = onPath('xdg-open');
  return program === undefined ? [] : [program, address];
}

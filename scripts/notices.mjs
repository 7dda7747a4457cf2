import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

const PACKAGE = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;

/**
 * The licence texts of the npm packages that went into bundles, as their licences ask of whoever passes them on.
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @returns {string}
 * @throws {Error} when a bundled package carries no licence text
 */
export function thirdPartyNotices(metafiles) {
  /** @type {Map<string, string>} */
  const folders = new Map();
  for (const input of metafiles.flatMap((metafile) => Object.keys(metafile.inputs))) {
    const match = PACKAGE.exec(input);
    if (match !== null) folders.set(match[0], match[1] ?? '');
  }
  const notices = [...folders]
    .sort(([, a], [, b]) => (a < b ? -1 : 1))
    .map(([folder, name]) => {
      const { version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
      return `${name} ${version} (${license})\n\n${licenceText(join(ROOT, folder), name)}`;
    });
  const separator = `\n\n${'-'.repeat(80)}\n\n`;
  return `${['The bundles of EC2 Warden contain these packages.', ...notices].join(separator)}\n`;
}

/** @param {string} folder @param {string} name @returns {string} */
function licenceText(folder, name) {
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  if (file === undefined || !existsSync(join(folder, file)))
    throw new Error(`${name} is bundled and has no licence text.`);
  return readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
}

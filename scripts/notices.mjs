import { readdirSync, readFileSync } from 'node:fs';
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
  const packages = [...folders].map(([folder, name]) => {
    const { version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
    return { name, license, title: `${name} ${version} (${license})`, text: ownText(join(ROOT, folder)) };
  });
  // Packages of one maker under one licence share its text; some of them leave it to the others to carry it.
  const titles = /** @type {Map<string, string[]>} */ (new Map());
  for (const { name, license, title, text } of packages.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const [scope = ''] = name.startsWith('@') ? name.split('/') : [];
    const sibling = packages.find(
      (other) =>
        scope !== '' && other.name.startsWith(`${scope}/`) && other.license === license && other.text !== undefined,
    );
    const known = text ?? sibling?.text;
    if (known === undefined) throw new Error(`${name} is bundled and has no licence text.`);
    titles.set(known, [...(titles.get(known) ?? []), title]);
  }
  const notices = [...titles].map(([text, names]) => `${names.join('\n')}\n\n${text}`);
  const separator = `\n\n${'-'.repeat(80)}\n\n`;
  return `${['The bundles of EC2 Warden contain these packages.', ...notices].join(separator)}\n`;
}

/** @param {string} folder @returns {string | undefined} */
function ownText(folder) {
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  if (file === undefined) return undefined;
  return readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
}

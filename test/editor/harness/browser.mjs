import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { onPath } from '../../../scripts/desktop-code.mjs';
import { ensureChromium } from '../../../scripts/editor-tools.mjs';

const NAMES = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'chrome',
  'msedge',
];

const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  `${process.env['ProgramFiles'] ?? 'C:\\Program Files'}\\Google\\Chrome\\Application\\chrome.exe`,
  `${process.env['ProgramFiles(x86)'] ?? 'C:\\Program Files (x86)'}\\Microsoft\\Edge\\Application\\msedge.exe`,
];

const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * The browser to test in: CHROME_PATH, else one of this machine, else the Chromium that npm has.
 * @param {import('../../../scripts/editor-tools.mjs').EditorTools} tools
 * @returns {Promise<{ program: string, env?: NodeJS.ProcessEnv }>}
 */
export async function browserProgram(tools) {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && !existsSync(named)) throw new Error(`CHROME_PATH names ${named}, which is not there.`);
  const program = named ?? NAMES.map(onPath).find((path) => path !== undefined) ?? APPLICATIONS.find(existsSync);
  if (program !== undefined) return { program };

  const folder = await ensureChromium(tools);
  const fonts = existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') };
  const libraries = [join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH']].filter((path) => path !== undefined);
  return { program: join(folder, 'chromium'), env: { LD_LIBRARY_PATH: libraries.join(':'), ...fonts } };
}

/**
 * A headless browser. Whoever opens it closes it; it also ends when this process does.
 * @param {import('../../../scripts/editor-tools.mjs').EditorTools} tools
 */
export async function launchBrowser(tools) {
  const { program, env } = await browserProgram(tools);
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return chromium.launch({
    executablePath: program,
    args: [...QUIET, ...(isRoot ? ['--no-sandbox'] : [])],
    env: /** @type {Record<string, string>} */ ({ ...process.env, ...env }),
  });
}

/**
 * A page that can reach this machine only.
 * @param {import('playwright-core').Browser} browser
 */
export async function openPage(browser) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.route(
    (url) => /^(https?|wss?):$/.test(url.protocol) && url.hostname !== '127.0.0.1',
    (route) => route.abort(),
  );
  return page;
}

// node bench/keystroke.mjs [--runs 200]: from a keystroke in 1,000 lines to its diagnostics, through the language server as it is delivered
// (dist/server.js, so build first) over Node IPC, as VS Code talks to it; and what the bare parser of the format takes for the same text.
import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseTree } from 'jsonc-parser';
import { parse as parseShell } from 'unbash';
import { createProtocolConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node';
import { Language, Parser } from 'web-tree-sitter';
import { parseAllDocuments } from 'yaml';
import { GRAMMAR_FILES } from '../scripts/build.mjs';
import { ROOT } from '../scripts/paths.mjs';
import { median, ms } from './paired.mjs';
import { cloudFormationJson, cloudFormationYaml, manifests, powershell, terraform } from './templates.mjs';
import { TYPICAL, userData } from './user-data.mjs';

const LINES = 1000;
const WARM_UP = 30;

/** @param {readonly number[]} times @param {number} share */
function percentile(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/** @param {keyof typeof GRAMMAR_FILES} grammar */
async function treeSitter(grammar) {
  const parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync(join(ROOT, GRAMMAR_FILES[grammar]))));
  return (/** @type {string} */ text) => parser.parse(text)?.delete();
}

/**
 * Milliseconds that the server's main thread has been on a processor; undefined where the system does not say. Less noisy than the clock where other
 * programs want the machine, too.
 * @param {number | undefined} pid
 */
function processorTime(pid) {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return undefined;
  }
}

await Parser.init({ wasmBinary: readFileSync(join(ROOT, GRAMMAR_FILES['tree-sitter.wasm'])) });
const yaml = (/** @type {string} */ text) => parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false });

/**
 * What is typed into, with the mark in whose place it is typed, the language, the bare parser and the limit in milliseconds at p95.
 * @type {readonly { name: string, uri: string, language: string, text: string, at: string, bare: (text: string) => unknown, limit: number }[]}
 */
const CASES = [
  ...[{ name: 'shell', uri: 'user-data.sh', language: 'shellscript', text: userData(LINES, 1), at: '\nsystemctl ' }],
  ...[{ name: 'JSON', uri: 'fleet.json', language: 'json', text: cloudFormationJson(LINES), at: '"systemctl ' }],
  ...[{ name: 'Terraform', uri: 'main.tf', language: 'terraform', text: terraform(LINES), at: '    systemctl ' }],
  ...[{ name: 'YAML', uri: 'fleet.yaml', language: 'yaml', text: cloudFormationYaml(LINES), at: '    systemctl ' }],
  ...[
    { name: 'PowerShell', uri: 'user-data.ps1', language: 'powershell', text: powershell(LINES), at: '# Service 30' },
  ],
  ...[{ name: 'YAML of no interest', uri: 'web.yaml', language: 'yaml', text: manifests(LINES), at: 'replicas: 30' }],
  // As much work as public scripts have; the others have five times as much.
  ...[
    {
      name: 'shell, typical',
      uri: 'typical.sh',
      language: 'shellscript',
      text: userData(LINES, 1, TYPICAL),
      at: '\nsystemctl ',
    },
  ],
].map((each) => ({
  ...each,
  uri: `file:///bench/${each.uri}`,
  bare: yaml,
  limit: each.name === 'YAML' ? 40 : each.name === 'YAML of no interest' ? 1 : 16,
}));
const bareParsers = {
  shell: parseShell,
  'shell, typical': parseShell,
  JSON: (/** @type {string} */ text) => parseTree(text),
  // HCL is read by no library, so there is nothing to compare with.
  Terraform: undefined,
  PowerShell: await treeSitter('powershell.wasm'),
};

/** The same text as another string, which nothing can know already. @param {string} text @param {number} version */
function unseen(text, version) {
  return `${text}\n${version}`.slice(0, text.length);
}

const { values } = parseArgs({ options: { runs: { type: 'string', default: '200' } } });
const runs = Number(values.runs);
const program = join(ROOT, 'dist/server.js');
if (!existsSync(program)) throw new Error('There is no dist/server.js: run `npm run build` first.');
const server = fork(program, ['--node-ipc'], { silent: true });
const connection = createProtocolConnection(new IPCMessageReader(server), new IPCMessageWriter(server));
connection.listen();
await connection.sendRequest('initialize', {
  processId: process.pid,
  rootUri: null,
  capabilities: {
    textDocument: { diagnostic: {} },
    workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
  },
});
connection.onRequest('client/registerCapability', () => null);
await connection.sendNotification('initialized', {});

process.stdout.write(`node ${process.version}, ${LINES} lines each, ${runs} keystrokes after ${WARM_UP}\n`);
process.stdout.write(
  `  ${''.padEnd(22)}${['p50', 'p95', 'limit', 'cpu p50', 'cpu p95', 'bare parser', 'p50 / bare', 'findings'].map((title) => title.padStart(12)).join('')}\n`,
);
let over = 0;
for (const { name, uri, language, text, at, bare, limit } of CASES) {
  const parse = name in bareParsers ? bareParsers[/** @type {keyof typeof bareParsers} */ (name)] : bare;
  const middle = text.indexOf(at, text.length / 3);
  if (middle === -1) throw new Error(`${name} has no ${JSON.stringify(at)} to type at.`);
  const before = text.slice(0, middle + at.length).split('\n');
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const textDocument = { uri, languageId: language, version: 1, text };
  await connection.sendNotification('textDocument/didOpen', { textDocument });
  /** @type {number[]} */
  const times = [];
  /** @type {number[]} */
  const bareTimes = [];
  /** @type {number[]} */
  const busyTimes = [];
  let findings = 0;
  for (let run = -WARM_UP; run < runs; run++) {
    const version = run + WARM_UP + 2;
    // A word grows letter by letter: no text is seen twice, so nothing can be known of it.
    const letter = String.fromCharCode(97 + (version % 26));
    const busyStart = processorTime(server.pid);
    const start = performance.now();
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: position, end: position }, text: letter }],
    });
    /** @type {{ items: unknown[] }} */
    const report = await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    const took = performance.now() - start;
    const busyEnd = processorTime(server.pid);
    const bareStart = performance.now();
    parse?.(unseen(text, version));
    const bareTook = performance.now() - bareStart;
    if (run >= 0) {
      times.push(took);
      if (busyStart !== undefined && busyEnd !== undefined) busyTimes.push(busyEnd - busyStart);
      bareTimes.push(bareTook);
    }
    findings = report.items.length;
  }
  await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  const p95 = percentile(times, 0.95);
  if (p95 > limit) over++;
  const cells = [
    ms(median(times)),
    ms(p95),
    `${p95 > limit ? 'over ' : ''}${limit} ms`,
    ...[0.5, 0.95].map((share) => (busyTimes.length === 0 ? '' : ms(percentile(busyTimes, share)))),
    parse ? ms(median(bareTimes)) : 'none',
    parse ? (median(times) / median(bareTimes)).toFixed(2) : '',
    String(findings),
  ];
  process.stdout.write(`  ${name.padEnd(22)}${cells.map((cell) => cell.padStart(12)).join('')}\n`);
}
process.stdout.write(over === 0 ? 'All within their limits.\n' : `${over} over the limit.\n`);
await connection.sendRequest('shutdown');
await connection.sendNotification('exit');
connection.dispose();

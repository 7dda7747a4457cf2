/**
 * What dist/cli.js begins with. The program follows it in a comment (scripts/one-file.mjs): V8 looks through all code of a file before it runs any of it, which took a
 * quarter of a run over one script, and through a comment it only skips. The program is compiled from there, or taken as the build has compiled it where that
 * lies beside the file; alone, the file does the same, in as much time as any script of its size.
 */
import * as fs from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { flagsForShortRuns } from './v8-flags';

/** The program's own hash, put in by the build: what was compiled of another program is not taken for it. */
declare const PROGRAM_HASH: string;

const OPENING = '\n/*\n';
const CLOSING = '*/\n';
const WRAPPER = '(function (exports, require, module, __filename, __dirname) {';

// V8 takes what it has compiled under the same flags only.
for (const flag of flagsForShortRuns(process.versions.v8)) setFlagsFromString(flag);

/** All of it is ASCII. */
const text = fs.readFileSync(__filename, 'latin1');
const program = text.slice(text.indexOf(OPENING) + OPENING.length, -CLOSING.length).replaceAll('*\u0001/', '*/');
const compiledFile = `${__filename}.${PROGRAM_HASH}.${process.versions.v8}.${process.arch}`;
const compiled = fs.existsSync(compiledFile) ? fs.readFileSync(compiledFile) : undefined;
const script = new Script(`${WRAPPER}${program}\n})`, {
  filename: __filename,
  columnOffset: -WRAPPER.length,
  ...(compiled && { cachedData: compiled }),
});
const run = script.runInThisContext() as (...args: readonly unknown[]) => void;
run(exports, require, module, __filename, __dirname);

// For the build, which runs the program once and keeps what V8 has compiled by then.
Object.assign(module.exports as object, {
  /** Whether V8 took what was kept. */
  wasCompiled: compiled !== undefined && script.cachedDataRejected === false,
  keepCompiled: () => {
    fs.writeFileSync(compiledFile, script.createCachedData());
  },
});

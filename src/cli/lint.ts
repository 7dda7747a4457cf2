import * as path from 'node:path';
import type { Engine, Severity } from '../engine';
import { faultyInputs } from './configuration';
import { type Problem, UsageError } from './fault';
import { findInputs, type Input } from './inputs';
import type { Mode } from './lint-input';
import { type Done, lintInputs, type StartThreads } from './lint-inputs';
import type { Outcome } from './outcome';
import { harmless } from './reporters/display';
import type { Format, Report } from './reporters/report';
import { REPORTERS } from './reporters/reporters';
import { ruleSeverities } from './rule-option';
import { atLeast } from './severity';
import { type Surroundings, wantsColor } from './surroundings';

/** The options of `ec2-warden lint`, as they were given. */
export interface LintOptions {
  readonly format: Format;
  readonly fix?: boolean;
  readonly fixDryRun?: boolean;
  /** Each `ID=SEVERITY`. */
  readonly rule?: readonly string[];
  readonly failOn: Severity;
  readonly stdinFilename?: string;
}

/** Where the output is no terminal: as wide as a terminal or a browser usually is, as logs do not wrap well. */
const DEFAULT_COLUMNS = 120;

/**
 * `ec2-warden lint`.
 * @param startThreads undefined where all is to be done on this thread
 * @returns the exit status: 0 clean, 1 findings, 2 something could not be linted or fixed
 * @throws UsageError for options that make no sense; nothing was read or written then
 */
export async function lint(
  paths: readonly string[],
  options: LintOptions,
  engine: Engine,
  surroundings: Surroundings,
  version: string,
  startThreads?: StartThreads,
): Promise<number> {
  const { cwd, env, stdout, stderr } = surroundings;
  const named = pathsToLint(paths, options);
  const rules = ruleSeverities(options.rule ?? [], engine.rules);
  const mode: Mode = options.fix ? 'fix' : options.fixDryRun ? 'preview' : 'report';

  const missing: Problem[] = [];
  const inputs = findInputs(named, cwd, options.stdinFilename, missing);
  const stdin = (): Promise<Uint8Array> => surroundings.stdin();
  const asked = await lintInputs({ inputs, rules, mode }, engine, stdin, startThreads);
  const configuration = { inputs: faultyInputs(asked.faulty, inputs, cwd), rules, mode };
  const linted = [...(await lintInputs(configuration, engine, stdin)).linted, ...asked.linted];
  const again = (touched: readonly Input[]): Promise<Done> =>
    lintInputs({ inputs: touched, rules, mode: 'report' }, engine, stdin, startThreads);
  const outcomes =
    mode === 'fix'
      ? await leftAfter(await (await import('./write-fixed')).writeFixed(linted), again)
      : linted.map(({ found }) => found);
  const problems = [...missing, ...outcomes.flatMap((outcome) => outcome.problems)];
  for (const { file, message } of problems) stderr.write(`${harmless(`ec2-warden: ${file}: ${message}`)}\n`);

  const unknown = outcomes.filter(({ state, input }) => state === 'unknown' && input.named).map(({ input }) => input);
  if (unknown.length > 0) stderr.write(notLinted(unknown));

  // With --fix standard output belongs to the fixed text, if standard input was linted.
  const passedOn = outcomes.find((outcome) => outcome.passedOn !== undefined)?.passedOn;
  if (passedOn !== undefined) stdout.write(passedOn);
  const reportTo = passedOn === undefined ? stdout : stderr;
  if (mode === 'fix') {
    const { fixReport } = await import('./fix-report');
    const output = options.format === 'text' ? reportTo : stderr;
    const changes = fixReport(outcomes, { color: wantsColor(output, env), terminal: output.isTTY });
    if (changes !== '') output.write(options.format === 'text' ? `${changes}\n` : changes);
  }
  if (mode === 'preview') {
    const { changesDiff, previewSummary } = await import('./fix-report');
    // In a pipe it is for patch(1), whatever FORCE_COLOR says.
    stdout.write(changesDiff(outcomes, { color: stdout.isTTY && wantsColor(stdout, env), terminal: stdout.isTTY }));
    stderr.write(previewSummary(outcomes));
  } else {
    const report: Report = {
      outcomes,
      problems,
      rules: engine.rules,
      version,
      cwd,
      root: rootOf(cwd, env['GITHUB_WORKSPACE']),
      color: wantsColor(reportTo, env),
      columns: reportTo.columns ?? DEFAULT_COLUMNS,
    };
    reportTo.write(REPORTERS[options.format](report));
  }
  return exitStatus(outcomes, problems, options.failOn);
}

/** What is left where `--fix` wrote. What is wrong in a file may stand in another that is fixed now, so that all with findings left are linted again. */
async function leftAfter(
  outcomes: readonly Outcome[],
  again: (touched: readonly Input[]) => Promise<Done>,
): Promise<readonly Outcome[]> {
  const written = outcomes.flatMap(({ input, change }) => (change === undefined ? [] : [input]));
  const touched = outcomes
    .filter(({ input, findings }) => findings.length > 0 && written.some((other) => other !== input))
    .flatMap(({ input }) => (input.path === undefined ? [] : [input]));
  if (touched.length === 0) return outcomes;
  const now = new Map((await again(touched)).linted.map(({ found }) => [found.input.uri, found]));
  return outcomes.map((outcome) => {
    const after = now.get(outcome.input.uri);
    if (after?.state !== 'linted') return outcome;
    return { ...outcome, findings: after.findings, others: after.others, text: after.text };
  });
}

function pathsToLint(paths: readonly string[], { stdinFilename, fixDryRun, format }: LintOptions): readonly string[] {
  if (fixDryRun && format !== 'text') {
    throw new UsageError(`--fix-dry-run prints a diff, so it does not go with --format ${format}.`);
  }
  if (stdinFilename !== undefined) {
    if (paths.length === 0) return ['-'];
    if (!paths.includes('-'))
      throw new UsageError('--stdin-filename names standard input, so it wants - as PATH, or no PATH.');
  }
  if (paths.length === 0) {
    throw new UsageError(
      'Name the files or folders to lint: "ec2-warden lint ." for this folder, "ec2-warden lint -" for standard input.',
    );
  }
  return paths;
}

/** A file that was named and not understood must not pass for a clean one. */
function notLinted(inputs: readonly Input[]): string {
  const names = inputs.slice(0, 3).map(({ file }) => file);
  const more = inputs.length > names.length ? ` and ${inputs.length - names.length} more` : '';
  const hint = inputs.some(({ path }) => path === undefined)
    ? '; --stdin-filename user-data.sh makes standard input a script'
    : '';
  return `${harmless(`ec2-warden: ${names.join(', ')}${more}: not known as a script or template by name or first line, so not linted${hint}`)}\n`;
}

function exitStatus(outcomes: readonly Outcome[], problems: readonly Problem[], failOn: Severity): number {
  if (problems.length > 0) return 2;
  return outcomes.some(({ findings }) => findings.some(({ severity }) => atLeast(severity, failOn))) ? 1 : 0;
}

/** The root of the checkout in GitHub Actions, where the tool runs in it or below; else the working directory. */
function rootOf(cwd: string, workspace: string | undefined): string {
  if (!workspace || !path.isAbsolute(workspace)) return cwd;
  const relative = path.relative(workspace, cwd);
  return relative.startsWith('..') || path.isAbsolute(relative) ? cwd : path.resolve(workspace);
}

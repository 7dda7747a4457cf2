import { expect } from 'vitest';
import type { Engine, Finding, Safety } from '../../src/engine';
import { isTokenless, REFUSALS, type ServiceState } from './metadata-service/protocol';
import { documentOf, fixAll, fixOneByOne, lint } from './engine-runs';
import type { Left, RunResult, Shell } from './sandbox/protocol';
import type { Sandbox } from './sandbox/sandbox';
import type { Vector } from './vector';

const TIME_LIMIT_MS = 15_000;

/** Text as it arrives on an instance: a byte order mark and CRLF belong to the editor's copy. */
function asRun(document: string): string {
  return document.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}

/** What the runs of a script with each of the vector's arguments came to. */
export interface Outcome {
  readonly stdout: string;
  readonly status: number;
  readonly runs: readonly RunResult[];
}

async function runIn(
  sandbox: Sandbox,
  vector: Vector,
  shell: Shell,
  document: string,
  service: ServiceState,
  untilRefused = false,
): Promise<Outcome> {
  const runs: RunResult[] = [];
  for (const args of vector.runs) {
    const { env, stdin } = vector;
    const script = asRun(document);
    runs.push(
      await sandbox.run({ script, shell, args, env, stdin, service, timeLimitMs: TIME_LIMIT_MS, untilRefused }),
    );
  }
  return { stdout: runs.map(({ stdout }) => stdout).join(''), status: runs.at(-1)?.status ?? 0, runs };
}

function state(vector: Vector, tokens: 'optional' | 'required', other: Partial<ServiceState> = {}): ServiceState {
  const { down, interruptedAfterSleeps } = vector;
  return {
    tokens,
    presence: 'up',
    ...(down === undefined ? {} : { down }),
    ...(interruptedAfterSleeps === undefined ? {} : { interruptedAfterSleeps }),
    ...other,
  };
}

/** Everything that two outcomes must share, as text that a failed test shows well. */
function summary(vector: Vector, outcome: Outcome): object {
  return outcome.runs.map(({ calls, files }) => ({ calls, files: files.map((left) => fileSummary(vector, left)) }));
}

function fileSummary(vector: Vector, { path, kind, mode, content }: Left): string {
  const differs = vector.mayDiffer.some((pattern) => path === pattern || path.startsWith(`${pattern}/`));
  const secured = vector.ownerOnly.includes(path);
  return [path, kind, secured ? 'secured' : mode.toString(8), differs ? '' : content].join(' ');
}

function refused(outcome: Outcome): string[] {
  return outcome.runs.flatMap(({ requests }) =>
    requests
      .filter(({ status }) => REFUSALS.includes(status))
      .map(({ method, path, token, status }) => `${status} ${method} ${path} (token: ${token})`),
  );
}

function tokenless(outcome: Outcome): string[] {
  return outcome.runs.flatMap(({ requests }) =>
    requests.filter(isTokenless).map(({ method, path }) => `${method} ${path}`),
  );
}

function throughProxy(outcome: Outcome): string[] {
  return outcome.runs.flatMap(({ requests }) => requests.filter(({ forwarded }) => forwarded).map(({ path }) => path));
}

function open(vector: Vector, outcome: Outcome): string[] {
  return outcome.runs.flatMap(({ files }) =>
    files.filter(({ path, mode }) => vector.ownerOnly.includes(path) && (mode & 0o077) !== 0).map(({ path }) => path),
  );
}

function ran(outcome: Outcome): void {
  expect(outcome.runs.filter(({ timedOut }) => timedOut).length, 'runs that did not end in time').toBe(0);
}

const finds = (vector: Vector, ...ruleIds: string[]): boolean =>
  vector.findings.some(({ ruleId }) => ruleIds.includes(ruleId));

/** The original where IMDSv1 answers: the yardstick for its fixed form. */
export async function runOriginal(sandbox: Sandbox, vector: Vector, shell: Shell): Promise<Outcome> {
  const outcome = await runIn(sandbox, vector, shell, vector.document, state(vector, 'optional'));
  ran(outcome);
  if (vector.original === 'works') {
    expect(
      { stdout: outcome.stdout, status: outcome.status },
      outcome.runs.map(({ stderr }) => stderr).join(''),
    ).toEqual({
      stdout: vector.stdout,
      status: vector.status,
    });
  }
  return outcome;
}

/** The vector is real: the original shows, when run, what is said to be wrong with it. */
export async function checkReal(sandbox: Sandbox, vector: Vector, shell: Shell): Promise<void> {
  const original = await runOriginal(sandbox, vector, shell);
  if (finds(vector, 'credentials-permissions')) expect(open(vector, original), 'paths left open').not.toEqual([]);
  if (finds(vector, 'imds-through-proxy')) expect(throughProxy(original), 'requests through the proxy').not.toEqual([]);
  if (finds(vector, 'imdsv1-call', 'imds-token-not-sent', 'imds-token-request')) {
    const required = await runIn(sandbox, vector, shell, vector.document, state(vector, 'required'), true);
    expect(refused(required), 'refused requests of the original where tokens are required').not.toEqual([]);
  }
  if (finds(vector, 'imdsv1-fallback')) {
    const fallback = await runIn(
      sandbox,
      vector,
      shell,
      vector.document,
      state(vector, 'optional', { tokenRequests: 'refused' }),
    );
    expect(tokenless(fallback), 'requests without a token where no token is given').not.toEqual([]);
  }
}

/** What the engine finds in the original, and what it offers. */
export function checkFindings(engine: Engine, vector: Vector): void {
  const found = lint(engine, documentOf(vector));
  const lineOf = (offset: number): number => vector.document.slice(0, offset).split('\n').length;
  for (const ruleId of new Set([...found, ...vector.findings].map((each) => each.ruleId))) {
    const expected = vector.findings.find((each) => each.ruleId === ruleId);
    const fixOf = (finding: Finding): string => {
      const { safety } = finding.fixes[0] ?? { safety: 'none' };
      return expected?.fix === 'unsafe' && safety !== 'safe' ? 'unsafe' : safety;
    };
    const ofRule = found.filter((finding) => finding.ruleId === ruleId);
    const told = ofRule.map((finding) => `${lineOf(finding.range.start)} ${fixOf(finding)}`).sort();
    const wanted = (expected?.lines ?? [[]]).map((lines) =>
      lines.map((line) => `${line} ${expected?.fix ?? ''}`).sort(),
    );
    const nearest = wanted.find((lines) => lines.length === told.length && lines.every((line, i) => line === told[i]));
    expect(told, `${ruleId}: lines and fixes`).toEqual(nearest ?? wanted[0]);
  }
}

/** A rewritten text: settled for the engine, and doing what the original did where only IMDSv2 answers. */
async function checkRewritten(
  sandbox: Sandbox,
  vector: Vector,
  shell: Shell,
  text: string,
  original: Outcome,
): Promise<void> {
  const fixed = await runIn(sandbox, vector, shell, text, state(vector, 'required'), true);
  const shown = `\n${text}\n${fixed.runs.map(({ stderr }) => stderr).join('')}`;
  ran(fixed);
  expect(refused(fixed), `refused requests of the fixed script${shown}`).toEqual([]);
  expect(tokenless(fixed), `requests without a token${shown}`).toEqual([]);
  expect(throughProxy(fixed), `requests through the proxy${shown}`).toEqual([]);
  expect(
    fixed.runs.flatMap(({ foreign }) => foreign).filter(({ tokenSent }) => tokenSent),
    `tokens sent elsewhere${shown}`,
  ).toEqual([]);
  expect({ stdout: fixed.stdout, status: fixed.status }, `output and status${shown}`).toEqual({
    stdout: vector.stdout,
    status: vector.status,
  });
  if (vector.original === 'works')
    expect(summary(vector, fixed), `files and calls${shown}`).toEqual(summary(vector, original));
  checkOwnerOnly(vector, fixed, shown);
}

function checkOwnerOnly(vector: Vector, outcome: Outcome, shown: string): void {
  const left = outcome.runs.flatMap(({ files }) => files);
  for (const path of vector.ownerOnly) {
    const found = left.find((candidate) => candidate.path === path);
    if (found === undefined) throw new Error(`the script left no ${path}`);
    const wanted = found.kind === 'folder' ? 0o700 : 0o600;
    const mode = `${path} ${found.mode.toString(8)}`;
    expect(found.mode & 0o077, `${mode}: access for others${shown}`).toBe(0);
    expect(found.mode & wanted, `${mode}: access for the owner${shown}`).toBe(wanted);
  }
}

/** With no service at all the fixed script ends as the original does. */
async function checkAbsent(sandbox: Sandbox, vector: Vector, shell: Shell, text: string): Promise<void> {
  if (vector.absent === 'skip') return;
  const absent = state(vector, 'required', { presence: 'absent' });
  const before = await runIn(sandbox, vector, shell, vector.document, absent);
  const after = await runIn(sandbox, vector, shell, text, absent);
  ran(before);
  ran(after);
  const failed = vector.absent === 'fails';
  const ending = ({ stdout, status }: Outcome): object => ({ stdout, status: failed ? status !== 0 : status });
  expect(ending(after), `with no metadata service\n${text}`).toEqual(ending(before));
}

/** A script that something made of the fixed vector does what the original did where only IMDSv2 answers, and ends as it did where nothing answers. */
export async function checkText(sandbox: Sandbox, vector: Vector, shell: Shell, text: string): Promise<void> {
  await checkRewritten(sandbox, vector, shell, text, await runOriginal(sandbox, vector, shell));
  await checkAbsent(sandbox, vector, shell, text);
}

function checkLineEnds(vector: Vector, text: string): void {
  if (vector.document.includes('\r\n'))
    expect(text.replaceAll('\r\n', ''), 'line ends other than CRLF').not.toContain('\n');
  expect(text.startsWith('\uFEFF'), 'byte order mark').toBe(vector.document.startsWith('\uFEFF'));
}

/** Texts that fixing one finding after the other passes through, from the first finding on and from the last. */
function stepwise(
  engine: Engine,
  vector: Vector,
  safety: Safety,
): { readonly ends: string[]; readonly between: string[] } {
  const ways = (['first', 'last'] as const).map((order) => fixOneByOne(engine, vector, safety, order));
  return {
    ends: ways.flatMap((texts) => texts.slice(-1)),
    between: ways.flatMap((texts) => texts.slice(0, -1).slice(0, 1)),
  };
}

function checkSettled(engine: Engine, vector: Vector, text: string): void {
  checkLineEnds(vector, text);
  expect(engine.fixAll(documentOf(vector, text)), 'edits of "fix all" after "fix all"').toEqual([]);
  const left = lint(engine, documentOf(vector, text)).filter(({ ruleId }) =>
    vector.findings.some((each) => each.ruleId === ruleId && each.fix === 'safe'),
  );
  expect(
    left.map(({ ruleId, message }) => `${ruleId}: ${message}`),
    `findings after "fix all"\n${text}`,
  ).toEqual([]);
}

/**
 * The fix, by "fix all" and one by one: each rewritten script does what the original did, and there is nothing more to fix. What
 * is only suggested is held to the same, except that "fix all" leaves it alone. `known` is the original's outcome, where it ran already.
 */
export async function checkFixed(
  engine: Engine,
  sandbox: Sandbox,
  vector: Vector,
  shell: Shell,
  known?: Outcome,
): Promise<void> {
  const text = fixAll(engine, documentOf(vector));
  const original = known ?? (await runOriginal(sandbox, vector, shell));
  const safe = vector.findings.some(({ fix }) => fix === 'safe');
  const { ends, between } = stepwise(engine, vector, safe ? 'safe' : 'suggestion');
  if (safe) checkSettled(engine, vector, text);
  else expect(text, '"fix all" without a safe fix').toBe(vector.document);
  if (vector.findings.some(({ fix }) => fix === 'suggestion')) expect(ends, 'suggestions').not.toEqual([]);

  for (const candidate of new Set(safe ? [text, ...ends] : ends)) {
    await checkRewritten(sandbox, vector, shell, candidate, original);
    await checkAbsent(sandbox, vector, shell, candidate);
  }
  // Half fixed, the script still works where IMDSv1 answers.
  for (const candidate of vector.original === 'works' ? new Set(between) : []) {
    const half = await runIn(sandbox, vector, shell, candidate, state(vector, 'optional'));
    expect({ stdout: half.stdout, status: half.status }, `half fixed\n${candidate}`).toEqual({
      stdout: vector.stdout,
      status: vector.status,
    });
  }
}

import { writeFileSync } from 'node:fs';

/** The least that a suite needs inside an extension host, where no test runner runs: tests by name, one after the other. */

type Body = () => Promise<void> | void;

interface TestCase {
  readonly name: string;
  readonly body: Body | undefined;
  readonly milliseconds: number;
}

interface Outcome {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly milliseconds: number;
  /** Why it failed or was skipped. */
  readonly detail?: string;
}

const cases: TestCase[] = [];

/** Registers a test. It fails when its body throws or is not done after `milliseconds`. */
export function test(name: string, body: Body, milliseconds = 20_000): void {
  cases.push({ name, body, milliseconds });
}

/** Registers a test that cannot run here; it is reported by name, and never counts as passed. */
export function skip(name: string, reason: string): void {
  cases.push({ name: `${name} (${reason})`, body: undefined, milliseconds: 0 });
}

async function outcomeOf({ name, body, milliseconds }: TestCase): Promise<Outcome> {
  if (body === undefined) return { name, status: 'skipped', milliseconds: 0 };
  const start = Date.now();
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`not done after ${milliseconds} ms`));
    }, milliseconds);
  });
  try {
    await Promise.race([Promise.resolve().then(body), tooLong]);
    return { name, status: 'passed', milliseconds: Date.now() - start };
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { name, status: 'failed', milliseconds: Date.now() - start, detail };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Runs the registered tests in their order and writes what happened, after each, to the file that EC2_WARDEN_SUITE_RESULTS
 * names. Every suite exports it as `run`, which is what VS Code calls.
 * @throws when a test failed, so that VS Code's own exit status says so too
 */
export async function run(): Promise<void> {
  const file = process.env['EC2_WARDEN_SUITE_RESULTS'];
  if (file === undefined) throw new Error('EC2_WARDEN_SUITE_RESULTS is not set');
  process.setSourceMapsEnabled(true);
  const tests: Outcome[] = [];
  for (const registered of cases) {
    tests.push(await outcomeOf(registered));
    writeFileSync(file, JSON.stringify({ complete: tests.length === cases.length, tests }));
  }
  const failed = tests.filter(({ status }) => status === 'failed');
  if (failed.length > 0) throw new Error(`failed: ${failed.map(({ name }) => name).join(', ')}`);
}

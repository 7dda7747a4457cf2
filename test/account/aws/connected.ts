/** The library for AWS over an emulated account: what every test here begins with. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import {
  changeLogAt,
  createAws,
  type Aws,
  type AwsChanges,
  type AwsFailure,
  type AwsSettings,
  type MfaRequest,
  type RetryEvent,
} from '../../../src/aws';
import { companyEnvironment, environmentWith } from '../account.mjs';

export interface Opened {
  readonly aws: Aws & AwsChanges;
  readonly folder: string;
  /** What was asked for, in order. */
  readonly asked: MfaRequest[];
  readonly retries: RetryEvent[];
  /** Answers to the next questions for a code; none is given when they have run out. */
  readonly codes: string[];
  readonly settings: { current: AwsSettings };
  close(): void;
}

/** With the company's profiles, or others, and with a log of changes where one is wanted. The environment is this process's until `close`. */
export function openAws(
  endpoint: string,
  files?: { readonly config: string; readonly credentials: string },
  { hasLog = false }: { readonly hasLog?: boolean } = {},
): Opened {
  const folder = mkdtempSync(join(tmpdir(), 'ec2-warden-aws-'));
  const environment = files ? environmentWith(folder, files) : companyEnvironment(folder, endpoint);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const asked: MfaRequest[] = [];
  const codes: string[] = [];
  const retries: RetryEvent[] = [];
  const settings: { current: AwsSettings } = { current: { readOnly: [], maxAttempts: 3 } };
  const aws = createAws({
    settings: () => settings.current,
    watch: () => ({ dispose: () => undefined }),
    askMfaCode: (request) => {
      asked.push(request);
      return Promise.resolve(codes.shift());
    },
    // The proxy counts looks, not seconds.
    wait: () => Promise.resolve(),
    ...(hasLog ? { changeLog: changeLogAt(join(folder, 'changes.jsonl')) } : {}),
  });
  aws.onRetry((event) => retries.push(event));
  return {
    aws,
    folder,
    asked,
    codes,
    retries,
    settings,
    close: () => {
      aws.dispose();
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function all<T>(pages: AsyncIterable<{ readonly items: readonly T[] }>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page.items);
  return items;
}

/** What somebody would be told. */
export async function failureOf(work: Promise<unknown>): Promise<AwsFailure> {
  const { AwsFailure } = await import('../../../src/aws');
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof AwsFailure) return thrown;
  throw new Error('It did not fail as an AwsFailure.', { cause: thrown });
}

/** `ec2-warden enforce`: carries a plan out, after showing what it would change and asking. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { assertPlanIsOf, forMany, readPlan, type Aws, type AwsChanges, type Plan } from '../../aws';
import { reason } from '../fault';
import { printable } from '../reporters/display';
import type { Surroundings } from '../surroundings';
import { connect } from './identity';
import type { EnforceOptions } from './options';
import { readPresent, type Step } from './present';
import type { Terminal } from './terminal';
import { nameOf, plural, resultInWords, stepInWords } from './words';

export interface EnforceTools {
  readonly aws: Aws & AwsChanges;
  readonly surroundings: Surroundings;
  readonly terminal: Terminal;
  /** Where changes are written down, for people. */
  readonly logPath: string;
  /** Somebody gave up: nothing more is begun. */
  readonly signal: AbortSignal;
  /** Called before the first change is sent. */
  readonly sending: () => void;
}

/** What makes the exit status 2, as a sentence. */
class RunFailure extends Error {
  override readonly name = 'RunFailure';
}

/** @returns the exit status: 0 all is as wanted, 1 something was refused or failed, 2 the run itself failed. Never rejects because of AWS. */
export async function enforcePlan(options: EnforceOptions, tools: EnforceTools): Promise<0 | 1 | 2> {
  const { stderr } = tools.surroundings;
  try {
    return (await carryOut(options, tools)) ? 0 : 1;
  } catch (error) {
    const { facts } = error as { facts?: { advice?: unknown } };
    const advice = typeof facts?.advice === 'string' ? ` ${facts.advice}` : '';
    stderr.write(
      `ec2-warden: ${printable(error instanceof Error ? error.message : String(error))}${printable(advice)}\n`,
    );
    return 2;
  }
}

async function carryOut(options: EnforceOptions, tools: EnforceTools): Promise<boolean> {
  const { aws, surroundings, terminal } = tools;
  const asks = options.yes !== true && options.dryRun !== true;
  if (asks && (!terminal.isInteractive || options.plan === '-')) {
    throw new RunFailure('Nobody can be asked here: say --yes to change what the plan wants, or --dry-run to see it.');
  }
  const plan = await loadPlan(options.plan, surroundings);
  const session = await connect(aws, options.profile, surroundings.env);
  assertPlanIsOf(plan, session.account);
  const { readOnly } = aws.status(session);
  if (readOnly !== undefined) throw new RunFailure(`${readOnly} Nothing was sent.`);
  const steps = await readPresent(aws, session, plan.changes);
  const print = (line: string): void => surroundings.stdout.write(`${line}\n`);
  print(`A plan of ${plan.createdAt} for account ${plan.account}, as ${session.profile} (${session.arn}).`);
  for (const region of plan.regions) {
    const own = steps.filter(({ planned }) => planned.region === region);
    if (own.length > 0) print(`${region}\n${own.map((step) => `  ${stepInWords(step)}`).join('\n')}`);
  }
  const wanted = steps.filter(({ is }) => is === 'to-change');
  const gone = steps.filter(({ is }) => is === 'gone').length;
  if (wanted.length === 0) {
    print(gone === 0 ? 'Nothing to change.' : `Nothing to change; ${plural(gone, 'instance')} not found.`);
    return gone === 0;
  }
  const agreed = await agree(wanted, plan, options, terminal);
  const leftAlone = wanted.length - agreed.length;
  const isDone = options.dryRun === true ? await tryAll(agreed, tools, print) : await changeAll(agreed, tools, print);
  if (leftAlone > 0) print(`${plural(leftAlone, 'instance')} left alone.`);
  if (options.dryRun !== true) print(`The log of changes: ${tools.logPath}`);
  return isDone && leftAlone === 0 && gone === 0;
}

async function loadPlan(file: string, surroundings: Surroundings): Promise<Plan> {
  let text: string;
  try {
    text =
      file === '-'
        ? new TextDecoder().decode(await surroundings.stdin())
        : await readFile(resolve(surroundings.cwd, file), 'utf8');
  } catch (error) {
    throw new RunFailure(`${file}: ${reason(error)}`);
  }
  const read = readPlan(text);
  if ('plan' in read) return read.plan;
  const [first = '', ...more] = read.problems;
  throw new RunFailure(
    `${file}: ${first}${more.length === 0 ? '' : ` And ${plural(more.length, 'more problem')}.`} Nothing was sent.`,
  );
}

/** What is to be changed of what could be: nothing that breaks unless somebody says so in so many words. */
async function agree(
  wanted: readonly Step[],
  { account }: Plan,
  { yes, dryRun, allowBreaking }: EnforceOptions,
  terminal: Terminal,
): Promise<readonly Step[]> {
  const breaking = wanted.filter(({ planned }) => planned.verdict === 'will-break');
  const harmless = wanted.filter((step) => !breaking.includes(step));
  const asks = yes !== true && dryRun !== true;
  if (asks && (harmless.length > 0 || allowBreaking === true)) {
    const count = allowBreaking === true ? wanted.length : harmless.length;
    const answer = await terminal.ask(`Change ${plural(count, 'instance')} in account ${account}? [y/N] `);
    if (!/^y(es)?$/i.test(answer?.trim() ?? '')) throw new RunFailure('Nothing was changed.');
  }
  if (breaking.length === 0 || allowBreaking === true) return wanted;
  if (!asks) return harmless;
  const word = `break ${String(breaking.length)}`;
  const typed = await terminal.ask(
    `${plural(breaking.length, 'instance')} will break. Type "${word}" to change ${breaking.length === 1 ? 'it' : 'them'} all the same; Enter leaves ${breaking.length === 1 ? 'it' : 'them'} alone: `,
  );
  return typed?.trim() === word ? wanted : harmless;
}

type Print = (line: string) => void;

/** Asks AWS of each whether it would be allowed; changes nothing. */
async function tryAll(steps: readonly Step[], { aws, signal }: EnforceTools, print: Print): Promise<boolean> {
  let isAllowed = true;
  const ask = (step: Step): Promise<void> => aws.checkMetadataOptions(step.session, step.planned.instance, step.change);
  for await (const outcome of forMany(steps, ask, { signal })) {
    const head = `${nameOf(outcome.item)}, ${outcome.item.planned.region}`;
    isAllowed &&= outcome.is === 'done';
    if (outcome.is === 'done') print(`allowed ${head}`);
    else print(failureInWords(head, outcome.is, outcome.error));
  }
  return isAllowed;
}

async function changeAll(
  steps: readonly Step[],
  { aws, signal, sending }: EnforceTools,
  print: Print,
): Promise<boolean> {
  sending();
  let isDone = true;
  const change = ({ session, planned }: Step) =>
    aws.changeMetadataOptions(session, planned.instance, planned.set, { signal });
  for await (const outcome of forMany(steps, change, { signal })) {
    const { item } = outcome;
    if (outcome.is === 'done') {
      const { line, isAsWanted } = resultInWords(item, outcome.result);
      isDone &&= isAsWanted;
      print(line);
    } else {
      isDone = false;
      print(failureInWords(`${nameOf(item)}, ${item.planned.region}`, outcome.is, outcome.error));
    }
  }
  return isDone;
}

function failureInWords(head: string, is: 'failed' | 'not-begun', error: Error | undefined): string {
  const why = error === undefined ? 'cancelled before it was begun' : printable(error.message);
  return is === 'failed' ? `failed  ${head}: ${why}` : `left    ${head}: ${why}`;
}

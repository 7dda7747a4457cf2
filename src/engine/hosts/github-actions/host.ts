/** GitHub Actions: workflows and composite actions ("Workflow syntax for GitHub Actions", `jobs.<job_id>.steps[*].run` and `shell`). */
import { embedScalar, readCarrier, type Carrier, type Resolve } from '../embedding/carrier';
import { mentions } from '../embedding/mention';
import { setupLine, usedVariables } from '../embedding/setup';
import { ACTIONS_EXPRESSION } from '../embedding/template';
import { isYamlName } from '../embedding/yaml-name';
import type { Embedded, Host, HostDocument } from '../host';
import type { Piece } from '../piece';
import { entriesOf, get, itemsOf, textOf, type Tree } from '../tree/tree';
import { literal, UNKNOWN } from '../../program/value';

const PATH = /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/i;
const RUN = /^[ \t]*(?:-[ \t]+)?["']?run["']?[ \t]*:/m;
const STEPS = /^[ \t]*["']?steps["']?[ \t]*:/m;
const WORKFLOW = /^[ \t]*["']?(?:runs-on|using)["']?[ \t]*:/m;

function recognises({ name, text, languageId }: HostDocument): boolean {
  if (!isYamlName(name, languageId) || !mentions(text)) return false;
  if (PATH.test(name) || languageId === 'github-actions-workflow') return true;
  return RUN.test(text) && STEPS.test(text) && WORKFLOW.test(text);
}

interface Scope {
  /** Shell that is named by the nearest `defaults`. */
  readonly shell: string | undefined;
  readonly isWindows: boolean;
  /** Maps of variables, the outermost first. */
  readonly env: readonly Tree[];
}

function documents(document: HostDocument): readonly Embedded[] {
  const carrier = readCarrier(document, ACTIONS_EXPRESSION);
  return carrier.trees.flatMap((tree) => {
    const top = within({ shell: undefined, isWindows: false, env: [] }, tree);
    const jobs = entriesOf(get(tree, 'jobs')).flatMap(({ value }) => steps(carrier, value, within(top, value)));
    return [...jobs, ...steps(carrier, get(tree, 'runs'), top)];
  });
}

function within(outer: Scope, tree: Tree): Scope {
  const env = get(tree, 'env');
  const runsOn = get(tree, 'runs-on');
  const labels = runsOn?.kind === 'list' ? runsOn.items.map(textOf).join(' ') : (textOf(runsOn) ?? '');
  return {
    shell: textOf(get(tree, 'defaults', 'run', 'shell')) ?? outer.shell,
    isWindows: outer.isWindows || /^windows\b|[ -]windows\b/i.test(labels),
    env: env ? [...outer.env, env] : outer.env,
  };
}

function steps(carrier: Carrier, job: Tree | undefined, scope: Scope): readonly Embedded[] {
  return itemsOf(get(job, 'steps')).flatMap((step) => {
    const run = get(step, 'run');
    const text = textOf(run) ?? '';
    const inner = within(scope, step);
    const shell = textOf(get(step, 'shell')) ?? inner.shell ?? (inner.isWindows ? 'pwsh' : 'bash');
    if (/^(?:pwsh|powershell)\b/.test(shell)) return embedScalar(carrier, run, { languageId: 'powershell' });
    if (!/^(?:\S*\/)?(?:ba|da|z)?sh\b/.test(shell)) return [];
    // The innermost counts, so it comes last.
    const variables = inner.env.flatMap((map) => usedVariables(map, text));
    const setup: readonly Piece[] = [...options(shell), ...variables];
    return embedScalar(carrier, run, { languageId: 'shellscript', setup, resolve: resolveEnv(inner.env) });
  });
}

/** What GitHub calls `bash` and `sh` stops at the first error; a command of one's own does as it says. */
function options(shell: string): readonly Piece[] {
  const stops = !shell.includes('{0}') || /\s-[a-zA-Z]*e/.test(shell);
  const pipes = shell === 'bash' || /\bpipefail\b/.test(shell);
  return [...(stops ? [setupLine('set -e')] : []), ...(pipes ? [setupLine('set -o pipefail')] : [])];
}

/** `${{ env.NAME }}`, where it is set in the file. */
function resolveEnv(env: readonly Tree[]): Resolve {
  return (expression) => {
    const name = /^env\.(\w+)$/.exec(expression)?.[1];
    const value = name === undefined ? undefined : env.map((map) => textOf(get(map, name))).findLast((text) => text !== undefined); // prettier-ignore
    // An expression in it is covered by marks.
    return value === undefined || /[\uE000-\uF8FF]/.test(value) ? UNKNOWN : literal(value);
  };
}

export const githubActions: Host = { label: 'GitHub Actions', recognises, couldMatter: mentions, documents };

/** Programs that are not ours, which say what a file comes to. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureEmulator } from '../../scripts/account/emulator-tools.mjs';
import type { Step } from './form';

const ROOT = new URL('../../', import.meta.url);
const path = (name: string): string => fileURLToPath(new URL(name, ROOT));

export type Rendered = { readonly value: unknown } | { readonly error: string };

interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

export interface Renderers {
  readonly python: Program;
  /** Undefined where there is no Go to build it with. */
  readonly hcl: Program | undefined;
}

/** Makes the renderers ready: PyYAML of the emulated account's environment, HashiCorp's HCL built with Go where that is. */
export async function openRenderers(): Promise<Renderers> {
  const python = { command: await ensureEmulator(), args: [path('test/carried/render.py')] };
  return { python, hcl: builtHcl() };
}

function builtHcl(): Program | undefined {
  if (spawnSync('go', ['version']).status !== 0) return undefined;
  const folder = path('.tools/render-hcl');
  mkdirSync(folder, { recursive: true });
  const program = `${folder}/render-hcl`;
  const { status, stderr } = spawnSync('go', ['build', '-o', program, '.'], {
    cwd: path('test/render/hcl'),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`HCL's renderer could not be built: ${stderr}`);
  return { command: program, args: [] };
}

async function ask({ command, args }: Program, requests: readonly object[]): Promise<readonly Rendered[]> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ended with ${String(code)}`));
    });
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  child.stdin.end(requests.map((request, id) => `${JSON.stringify({ ...request, id })}\n`).join(''));
  await ended;
  const answers = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Rendered & { readonly id: number });
  if (answers.length !== requests.length)
    throw new Error(`${command}: ${answers.length} of ${requests.length} answers`);
  return answers;
}

function requestOf(step: Step, value: unknown): object {
  if (step.by === 'python') return { text: value, steps: step.steps };
  if (step.by === 'hcl-template') return { template: value };
  return { text: value, path: step.path, files: step.files, json: step.json ?? false };
}

/** What each of the texts comes to. */
export async function render(
  renderers: Renderers,
  steps: readonly Step[],
  texts: readonly string[],
): Promise<readonly Rendered[]> {
  let results: readonly Rendered[] = texts.map((value) => ({ value }));
  for (const step of steps) {
    const program = step.by === 'python' ? renderers.python : renderers.hcl;
    if (!program) return texts.map(() => ({ error: 'there is no go to build the renderer with' }));
    const answers = await ask(
      program,
      results.map((result) => requestOf(step, 'value' in result ? result.value : '')),
    );
    results = results.map((result, index) => ('error' in result ? result : (answers[index] ?? { error: 'no answer' })));
  }
  return results;
}

/** Understands one shell program: runs it in the abstract and gathers what it requests, changes and writes. */
import { runBody } from './call';
import { NO_FALLBACK } from './evidence';
import { runScript } from './execute';
import type { Invocation } from './invocation';
import type { Machine } from './machine';
import { WATCHED, type WrittenFile } from './observer';
import { siteCollector, type Site } from './sites';
import { defineFunction, setVariable, copyState, initialState, type KnownFunction } from './state';
import { forEachChild, parseShell, type ParsedScript, type SyntaxNode } from './syntax';
import { rootSource, type Source } from '../program/source';
import { join, pattern, UNKNOWN, type Value } from '../program/value';

/** What one script may cost: far above what any real one needs, low enough for a keystroke. */
const BUDGET = { steps: 60_000, calls: 1_500 };

export interface ShellAnalysis {
  readonly source: Source;
  readonly script: ParsedScript;
  readonly sites: readonly Site[];
  readonly files: readonly WrittenFile[];
  /** Paths of files that the script runs or makes ready to be run. */
  readonly ran: ReadonlySet<string>;
  readonly commands: readonly SeenCommand[];
}

/** A command that is neither a function nor a request, with what the shell was like then. */
export interface SeenCommand {
  readonly invocation: Invocation;
  readonly directory: Value;
}

export function analyseShell(text: string, placeholders?: ReadonlyMap<string, Value>, oneLine = false): ShellAnalysis {
  const source = rootSource(text, placeholders, oneLine);
  const script = parseShell(text);
  const collector = siteCollector(/metadata-token|metadata_token/i.test(text));
  const files: WrittenFile[] = [];
  const ran = new Set<string>();
  const commands: SeenCommand[] = [];
  const machine: Machine = {
    source,
    state: initialState(),
    context: { fallback: NO_FALLBACK, calls: [], uncalled: false },
    input: undefined,
    inputPrinted: [],
    locals: undefined,
    captures: false,
    contents: new Map(),
    sockets: new Map(),
    outputTo: undefined,
    budget: { ...BUDGET },
    observer: {
      request: (request, at) => collector.see(request, at),
      command: (invocation, at) => {
        if (WATCHED.has(invocation.name)) {
          commands.push({ invocation, directory: at.state.directory });
        }
      },
      file: (file) => files.push(file),
      runs: (path) => {
        for (const text of path) ran.add(pattern(text));
      },
    },
    sources: new Map(),
    called: new Set(),
    run: (parsed) => runScript(parsed, machine),
  };
  machine.run(script);
  runUncalled(script, machine);
  return { source, script, sites: collector.sites, files, ran, commands };
}

/**
 * Functions that nothing in the script calls are called by something else: with unknown arguments, at an unknown time, so that whatever
 * any function assigns may or may not have been assigned.
 */
function runUncalled(script: ParsedScript, machine: Machine): void {
  const functions: KnownFunction[] = [];
  const assigned = new Set<string>();
  const visit = (node: SyntaxNode, inFunction: boolean): void => {
    if (node.type === 'Function') {
      functions.push({ name: node.name.value, definition: node, source: machine.source });
      forEachChild(node, (child) => {
        visit(child, true);
      });
      return;
    }
    if (node.type === 'Assignment' && inFunction) assigned.add(node.name);
    // Substitutions define no functions that live on, and reading them is what costs.
    if (node.type === 'Word') return;
    forEachChild(node, (child) => {
      visit(child, inFunction);
    });
  };
  visit(script, false);
  const pending = functions.filter(({ definition }) => !machine.called.has(definition));
  if (pending.length === 0) return;
  machine.state.ended = undefined;
  for (const known of functions) if (!machine.state.functions.has(known.name)) defineFunction(machine.state, known);
  for (const name of assigned) {
    const variable = machine.state.variables.get(name);
    if (variable) setVariable(machine.state, name, { ...variable, value: join(variable.value, UNKNOWN) });
  }
  const start = machine.state;
  for (const known of pending) {
    if (machine.called.has(known.definition)) continue;
    machine.state = copyState(start);
    runBody(known, undefined, { fallback: NO_FALLBACK, calls: [], uncalled: true }, machine);
  }
}

/** Understands one shell program: runs it in the abstract and gathers what it requests, changes and writes. */
import { runBody } from './call';
import { NO_FALLBACK } from './evidence';
import { runScript } from './execute';
import type { Invocation } from './invocation';
import type { Machine } from './machine';
import { WATCHED, type WrittenFile } from './observer';
import { relevanceOf, type Relevance } from './relevance';
import { siteCollector, type Site } from './sites';
import { setVariable, copyState, initialState, type KnownFunction } from './state';
import { forEachChild, parseShell, type ParsedScript, type SyntaxNode } from './syntax';
import { mayCallEc2 } from '../program/ec2-calls';
import { rootSource, type Source } from '../program/source';
import { join, pattern, UNKNOWN, type Value } from '../program/value';

/** What one script may cost: far above what any real one needs, low enough for a keystroke. */
const BUDGET = { steps: 60_000, calls: 600 };

export interface ShellAnalysis {
  readonly source: Source;
  readonly script: ParsedScript;
  readonly sites: readonly Site[];
  readonly files: readonly WrittenFile[];
  /** Programs that it keeps as text, by the syntax that says each. */
  readonly texts: ReadonlyMap<object, Source>;
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
  const knowsTokens = /metadata[-_]token|api\/token/i.test(text);
  const collector = siteCollector(knowsTokens);
  const relevances = new Map<Source, Relevance>([[source, relevanceOf(source, script)]]);
  const files: WrittenFile[] = [];
  const texts = new Map<object, Source>();
  const ran = new Set<string>();
  const commands: SeenCommand[] = [];
  const machine: Machine = {
    source,
    state: initialState(),
    context: { fallback: NO_FALLBACK, calls: [], dead: false, uncalled: undefined },
    input: undefined,
    inputPrinted: [],
    locals: undefined,
    captures: false,
    relevance: (of) => relevances.get(of),
    watches: /\.aws|\.ssh|\.pem|id_(?:rsa|dsa|ecdsa|ed25519)/.test(text) || mayCallEc2(text),
    knowsTokens,
    contents: new Map(),
    sockets: new Map(),
    outputTo: undefined,
    budget: { ...BUDGET },
    observer: {
      request: (request, at) => {
        machine.events++;
        return collector.see(request, at);
      },
      command: (invocation, at) => {
        if (WATCHED.has(invocation.name)) {
          machine.events++;
          commands.push({ invocation, directory: at.state.directory });
        }
      },
      file: (file) => {
        machine.events++;
        files.push(file);
      },
      text: (key, held) => {
        machine.events++;
        if (!texts.has(key)) texts.set(key, held);
      },
      otherwise: (node) => collector.otherwise(node),
      runs: (path) => {
        for (const text of path) ran.add(pattern(text));
      },
    },
    sources: new Map(),
    assigned: new Map(),
    requester: undefined,
    events: 0,
    quiet: new Map(),
    called: new Set(),
    run: (parsed) => runScript(parsed, machine),
  };
  machine.run(script);
  runUncalled(machine);
  // What was run from standard input is looked at already.
  for (const key of machine.sources.keys()) texts.delete(key);
  return { source, script, sites: collector.sites, files, texts, ran, commands };
}

/**
 * Functions that nothing in the script calls are called by something else: with unknown arguments, at an unknown time, so that whatever
 * any function assigns may or may not have been assigned.
 */
function runUncalled(machine: Machine): void {
  machine.state.ended = undefined;
  const start = machine.state;
  let pending = uncalled(machine);
  if (pending.length === 0) return;
  for (const name of assignedIn([...machine.state.functions.values()])) {
    const variable = start.variables.get(name);
    if (variable) setVariable(start, name, { ...variable, value: join(variable.value, UNKNOWN) });
  }
  while (pending.length > 0) {
    for (const known of pending) {
      if (machine.called.has(known.definition)) continue;
      machine.state = copyState(start);
      runBody(known, undefined, { fallback: NO_FALLBACK, calls: [], dead: false, uncalled: known.name }, machine);
    }
    // Functions that a function defines are there only now.
    pending = uncalled(machine);
  }
}

function uncalled({ state, called }: Machine): readonly KnownFunction[] {
  return [...state.functions.values()].filter(({ definition }) => !called.has(definition));
}

function assignedIn(functions: readonly KnownFunction[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Assignment') names.add(node.name);
    if (node.type !== 'Word') forEachChild(node, visit);
  };
  for (const { definition } of functions) visit(definition);
  return names;
}

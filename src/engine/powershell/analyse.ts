/** Understands one PowerShell program: runs it in the abstract and gathers what it requests. */
import type { Grammars } from '../grammar/grammars';
import type { Value } from '../program/value';
import { either, UNKNOWN_DATUM } from './interpret/datum';
import { writtenFiles, type WrittenFile } from './files';
import { runAll } from './interpret/execute';
import { functionsIn, runUncalled } from './interpret/function';
import { NO_CONTEXT, sourceOf, variableName, type Machine } from './interpret/machine';
import { copyState, initialState } from './interpret/state';
import { siteCollector, type Site, type Sites } from './sites';
import { child, parsePowerShell, walk, type Node, type Syntax } from './syntax/parse';

/** What one program may cost: far above what any real one needs, low enough for a keystroke. */
const STEPS = 40_000;
/** Characters of a subexpression in a string; nobody writes more. */
const LONGEST_SUBEXPRESSION = 4000;
const MAX_SUBEXPRESSIONS = 400;

export interface Analysis {
  readonly syntax: Syntax;
  readonly source: Machine['source'];
  readonly sites: readonly Site[];
  readonly shared: Sites['shared'];
  /** Functions and blocks that the program calls itself. */
  readonly called: ReadonlySet<Node>;
  readonly files: readonly WrittenFile[];
}

export function analysePowerShell(
  text: string,
  grammars: Grammars,
  placeholders?: ReadonlyMap<string, Value>,
): Analysis | undefined {
  const syntax = parsePowerShell(text, grammars);
  if (!syntax) return undefined;
  const covers = new Map(syntax.covers);
  const whole: Syntax = { ...syntax, covers };
  const collector = siteCollector();
  const files: WrittenFile[] = [];
  const parsed = new Map<number, readonly Node[]>();
  const functions = functionsIn(syntax.roots, text);
  const machine: Machine = {
    syntax: whole,
    source: sourceOf(whole, placeholders),
    state: initialState(),
    context: NO_CONTEXT,
    frame: undefined,
    input: undefined,
    functions,
    called: new Set(),
    presetsParameters: /PSDefaultParameterValues/i.test(text),
    quiet: new Set(),
    budget: { steps: STEPS, objects: 0 },
    seen: [],
    writes: (path, content, at) => {
      files.push(...writtenFiles(path, content, at));
    },
    request: (readings, at) => collector.see(readings, at),
    parse: ({ start, end }) => {
      const known = parsed.get(start);
      if (known) return known;
      if (end <= start || end - start > LONGEST_SUBEXPRESSION || parsed.size >= MAX_SUBEXPRESSIONS) return [];
      const inner = parsePowerShell(text.slice(start, end), grammars, { start, isWhole: true });
      for (const [at, cover] of inner?.covers ?? []) covers.set(at, cover);
      parsed.set(start, inner?.roots ?? []);
      return inner?.roots ?? [];
    },
  };
  runAll(syntax.roots, machine);
  const called = new Set(machine.called);
  runOthers(syntax.roots, machine);
  const { sites, shared } = collector;
  return { syntax: whole, source: machine.source, sites: [...sites.values()], shared, called, files };
}

const CALLED = new Set(['function_statement', 'class_method_definition', 'script_block_expression']);

/** Functions, methods and blocks that nothing in the program calls are called by something else, at an unknown time. */
function runOthers(roots: readonly Node[], machine: Machine): void {
  machine.state.ended = undefined;
  const bodies: Node[] = [];
  const assigned = new Set<string>();
  const { text } = machine.syntax;
  for (const root of roots) {
    walk(root, (node) => {
      if (!CALLED.has(node.type)) return true;
      bodies.push(node);
      walk(node, (inner) => {
        const target = inner.type === 'assignment_expression' ? inner.children[0] : undefined;
        const name = target && (target.type === 'variable' ? target : child(target, 'variable'));
        if (name) assigned.add(variableName(text.slice(name.start, name.end).replace(/^\$\{?|\}$/g, '')));
        return true;
      });
      return true;
    });
  }
  const start = machine.state;
  for (const name of assigned) {
    const datum = start.variables.get(name);
    if (datum) start.variables.set(name, either(datum, UNKNOWN_DATUM));
  }
  for (const node of bodies) {
    if (machine.called.has(node)) continue;
    machine.state = copyState(start);
    machine.context = NO_CONTEXT;
    runUncalled(node, machine);
  }
}

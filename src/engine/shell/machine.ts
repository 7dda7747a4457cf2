import type { Fallback } from './evidence';
import type { Observer } from './observer';
import type { Outcome } from './outcome';
import type { Printed } from './printed';
import type { Relevance } from './relevance';
import type { Place, Source } from '../program/source';
import { copyState, type State, type Variable } from './state';
import type { Command, ParsedScript, SyntaxNode } from './syntax';
import type { Text, Value } from '../program/value';

/** Under which circumstances a command runs. */
export interface Context {
  /** For which requests it runs only because they could not be made with a token. */
  readonly fallback: Fallback;
  /** The functions that are being called, outermost first, each with the place of the call. */
  readonly calls: readonly { readonly name: string; readonly definition: SyntaxNode; readonly place: Place }[];
  /** True where what is known of arguments and variables says that it is not reached this time. */
  readonly dead: boolean;
  /** The name of the function, inside the body of one that nothing in the script calls, so that its caller is unknown. */
  readonly uncalled: string | undefined;
}

/** The abstract shell while it runs. `state`, `source` and `context` change as it goes. */
export interface Machine {
  source: Source;
  state: State;
  context: Context;
  /** Standard input of the command that runs now, where it is known. */
  input: Value | undefined;
  /** The syntax of that input, where a command of the script prints it. */
  inputPrinted: readonly Printed[];
  /** What the variables that the running function made local are outside it; undefined outside functions. */
  locals: Map<string, Variable | undefined> | undefined;
  /** True where somebody reads what the running command prints. */
  captures: boolean;
  /** What can matter in a text; undefined where that is not known. */
  readonly relevance: (source: Source) => Relevance | undefined;
  /** True where the script speaks of credential files, so that commands that set modes matter. */
  readonly watches: boolean;
  /** True where the script speaks of tokens at all. */
  readonly knowsTokens: boolean;
  /** What the script wrote to files, by path. */
  readonly contents: Map<string, Value>;
  /** Connections that Bash opened by `/dev/tcp`, by file descriptor. */
  readonly sockets: Map<number, { readonly host: Text; readonly port: Text }>;
  /** Descriptor that the running command's output goes to, where it is one of those. */
  outputTo: number | undefined;
  /** What is left of the work that one script may cost. */
  readonly budget: { steps: number; calls: number };
  readonly observer: Observer;
  /** The sources of texts within texts, each made once. */
  readonly sources: Map<SyntaxNode, Source>;
  /** Names that something below a node may assign, each node looked through once. */
  readonly assigned: Map<SyntaxNode, ReadonlySet<string>>;
  /** The command that made the last request. */
  requester: Command | undefined;
  /** How often the observer was told something. */
  events: number;
  /** Functions that did nothing of interest when they ran, with what came of it. */
  readonly quiet: Map<SyntaxNode, Outcome>;
  /** Functions whose bodies were run. */
  readonly called: Set<SyntaxNode>;
  /** Runs a parsed program in the machine's present state. */
  run(script: ParsedScript): Outcome;
}

/** Runs `body` on a copy of the state, as a subshell does, and forgets what it changed. */
export function inSubshell<T>(machine: Machine, body: () => T): T {
  const before = machine.state;
  machine.state = copyState(before);
  try {
    return body();
  } finally {
    machine.state = before;
  }
}

/** Runs `body` with another source, context or input, and puts the former back. */
export function within<T>(
  machine: Machine,
  change: Partial<Pick<Machine, 'source' | 'context' | 'input' | 'inputPrinted' | 'captures'>>,
  body: () => T,
): T {
  const { source, context, input, inputPrinted, captures } = machine;
  Object.assign(machine, change);
  try {
    return body();
  } finally {
    machine.source = source;
    machine.context = context;
    machine.input = input;
    machine.inputPrinted = inputPrinted;
    machine.captures = captures;
  }
}

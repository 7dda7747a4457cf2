/** What a command is given ("about_Command_Syntax", "about_Parameters", "about_Splatting"). */
import type { Range } from '../../text/range';
import { child, type Node } from '../syntax/parse';
import type { Datum, Entry } from './datum';
import { evaluate } from './evaluate';
import { objectsOf, textAt, variable, type Machine } from './machine';

export interface ValueArgument {
  readonly kind: 'value';
  readonly node: Node;
  readonly datum: Datum;
}

export interface ParameterArgument {
  readonly kind: 'parameter';
  readonly node: Node;
  /** As it is written, without its dash. */
  readonly name: string;
  /** True where a colon gives it what stands behind it. */
  readonly colon: boolean;
}

export interface SplatArgument {
  readonly kind: 'splat';
  readonly node: Node;
  /** The entries of the table, or undefined where they are not known. */
  readonly entries: readonly (Entry & { readonly written: string })[] | undefined;
  readonly id: number | undefined;
}

export type CommandArgument = ValueArgument | ParameterArgument | SplatArgument;

function splat(node: Node, machine: Machine): SplatArgument {
  const datum = variable(machine, textAt(machine, node).slice(1));
  const [table, ...more] = objectsOf(machine, datum);
  if (!table || more.length > 0 || datum.length > 1 || table.object.open)
    return { kind: 'splat', node, entries: undefined, id: undefined };
  const entries = [...table.object.entries].map(([written, entry]) => ({ ...entry, written }));
  return { kind: 'splat', node, entries, id: table.id };
}

/** The arguments of a command in their order; each is evaluated once. */
export function commandArguments(command: Node, machine: Machine): readonly CommandArgument[] {
  const elements = child(command, 'command_elements')?.children ?? [];
  return elements.flatMap((node, index): readonly CommandArgument[] => {
    if (node.broken || node.type.startsWith('redirection') || !node.named) return [];
    if (node.type === 'command_parameter') {
      const cover = machine.syntax.covers.get(node.start);
      if (cover)
        return [
          {
            kind: 'parameter',
            node: { ...node, end: cover.end },
            name: parameterName(textAt(machine, cover)),
            colon: false,
          },
        ];
      const colon = machine.syntax.text.charAt(node.end) === ':';
      return [{ kind: 'parameter', node, name: parameterName(textAt(machine, node)), colon }];
    }
    const call = callOf(elements[index - 1], node);
    if (call) return [{ kind: 'value', node: call, datum: evaluate(call, machine) }];
    if (callOf(node, elements[index + 1])) return [];
    if (node.type === 'variable' && textAt(machine, node).startsWith('@')) return [splat(node, machine)];
    return [{ kind: 'value', node, datum: evaluate(node, machine) }];
  });
}

/** `$client.Get("...")`, which the grammar reads as two arguments: a property, and a list right behind it. */
function callOf(access: Node | undefined, list: Node | undefined): Node | undefined {
  if (access?.type !== 'member_access' || list?.type !== 'argument_list' || access.end !== list.start) return undefined;
  return { ...access, type: 'invokation_expression', end: list.end, children: [...access.children, list] };
}

function parameterName(written: string): string {
  return written.replace(/^[-\u2013\u2014]/, '').replace(/:$/, '');
}

/** What parameters a command has. */
export interface Parameters {
  /** In the order in which an abbreviation is looked up. */
  readonly names: readonly string[];
  readonly switches: ReadonlySet<string>;
  readonly aliases: Readonly<Record<string, string>>;
  /** Those that need not be named, in their order. */
  readonly positional: readonly string[];
}

export interface Bound {
  readonly datum: Datum;
  /** Where the value is written; for a splat, in the table. */
  readonly node: Node | undefined;
  readonly range: Range;
  /** Where the parameter and its value are written. */
  readonly whole: Range;
  /** True where the parameter comes from a splatted table. */
  readonly splatted: boolean;
}

export interface Binding {
  readonly values: ReadonlyMap<string, Bound>;
  /** Parameters that are none of the command's, or several. */
  readonly unknown: readonly ParameterArgument[];
  /** True where a splat may hold anything. */
  readonly open: boolean;
}

/** The parameter that a name or the beginning of one means. */
export function parameterNamed(written: string, { names, aliases }: Parameters): string | undefined {
  const name = written.toLowerCase();
  if (names.includes(name)) return name;
  const alias = aliases[name];
  if (alias !== undefined) return alias;
  const matches = names.filter((each) => each.startsWith(name));
  return matches.length === 1 ? matches[0] : undefined;
}

export function bind(args: readonly CommandArgument[], parameters: Parameters): Binding {
  const values = new Map<string, Bound>();
  const unknown: ParameterArgument[] = [];
  const rest: ValueArgument[] = [];
  let open = false;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at];
    if (!arg) break;
    if (arg.kind === 'splat') {
      if (!arg.entries) open = true;
      for (const { written, value, nameRange, valueRange } of arg.entries ?? []) {
        const name = parameterNamed(written, parameters);
        if (name !== undefined)
          values.set(name, {
            datum: value,
            node: undefined,
            range: valueRange,
            whole: { start: nameRange.start, end: valueRange.end },
            splatted: true,
          });
      }
      continue;
    }
    if (arg.kind === 'value') {
      rest.push(arg);
      continue;
    }
    const name = parameterNamed(arg.name, parameters);
    const next = args[at + 1];
    const takes = arg.colon || (name === undefined ? false : !parameters.switches.has(name));
    const value = takes && next?.kind === 'value' ? next : undefined;
    if (value) at++;
    if (name === undefined) {
      unknown.push(arg);
      continue;
    }
    const whole = { start: arg.node.start, end: value?.node.end ?? arg.node.end };
    values.set(name, {
      datum: value?.datum ?? [{ kind: 'text', text: [{ text: 'True' }] }],
      node: value?.node,
      range: value?.node ?? arg.node,
      whole,
      splatted: false,
    });
  }
  for (const name of parameters.positional) {
    if (values.has(name)) continue;
    const next = rest.shift();
    if (!next) break;
    values.set(name, { datum: next.datum, node: next.node, range: next.node, whole: next.node, splatted: false });
  }
  return { values, unknown, open };
}

/** What is left to know of variables where commands may have assigned them, any number of times. */
import type { Machine } from './machine';
import { setVariable } from './state';
import { forEachChild, type SyntaxNode } from './syntax';
import { join, UNKNOWN } from '../program/value';

/** What is left of variables behind commands that are not run, since nothing in them matters: an array may have got other elements. */
export function widenBehind(machine: Machine, body: SyntaxNode): void {
  widen(machine, body);
  const { variables } = machine.state;
  for (const name of machine.assigned.get(body) ?? []) if (variables.get(name)?.elements) variables.delete(name);
}

/** Variables that the body may have changed hold, at its start, what they held before or something unknown. */
export function widen(machine: Machine, body: SyntaxNode): void {
  let names = machine.assigned.get(body);
  if (!names) machine.assigned.set(body, (names = assignedIn(body)));
  for (const name of names) {
    const variable = machine.state.variables.get(name);
    if (variable) setVariable(machine.state, name, { ...variable, value: join(variable.value, UNKNOWN) });
  }
}

/** What cannot assign outside itself: a subshell, a substitution, and words and heredocs, where nothing else is run. */
const IN_SHELLS_OF_THEIR_OWN: ReadonlySet<SyntaxNode['type']> = new Set([
  'Word',
  'HereDoc',
  'CommandExpansion',
  'ProcessSubstitution',
  'Subshell',
]);

/** Names that something below the node may assign. */
function assignedIn(body: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (child: SyntaxNode): void => {
    if (child.type === 'Assignment') names.add(child.name);
    else if (child.type === 'For' || child.type === 'Select') names.add(child.name.value);
    else if (
      child.type === 'Command' &&
      child.name &&
      /^(?:read|getopts|printf|mapfile|readarray)$/.test(child.name.value)
    ) {
      for (const arg of child.args) if (arg.type === 'Word' && /^[A-Za-z_]\w*$/.test(arg.value)) names.add(arg.value);
    }
    if (!IN_SHELLS_OF_THEIR_OWN.has(child.type)) forEachChild(child, visit);
  };
  visit(body);
  return names;
}

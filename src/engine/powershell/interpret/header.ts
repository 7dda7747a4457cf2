/** The headers that objects hold, as a request sends them. */
import { concat, isLiteral, literal, type Text, type Value } from '../../program/value';
import { valueOf, type Entry, type ObjectState } from './datum';
import type { PowerShellHeader } from './request';

/** Of all that a value may be, what says most of a token: one that is there, then one that may be. */
function best(value: Value): Text {
  const holding = (hole: string): Text | undefined =>
    value.find((text) => text.some((part) => !isLiteral(part) && part.hole === hole));
  return holding('token') ?? holding('unknown') ?? value.find((text) => text.length > 0) ?? [];
}

function header(entry: Entry): PowerShellHeader {
  const name = best(entry.name);
  const value = best(valueOf(entry.value));
  return { text: concat(concat([name], literal(': ')), [value])[0] ?? [], entry };
}

export function headersOf(objects: readonly ObjectState[]): {
  readonly headers: readonly PowerShellHeader[];
  readonly hidden: boolean;
} {
  return {
    headers: objects.flatMap(({ entries }) => [...entries.values()].map(header)),
    hidden: objects.some(({ open }) => open),
  };
}

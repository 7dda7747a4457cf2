/** The variables of a shell, made to be copied at every branch: a large part that copies share, and a small one of each copy's own. */
import type { Place } from '../program/source';
import { join, UNKNOWN, type Value } from '../program/value';

export interface Variable {
  readonly value: Value;
  /** The elements of an array by index or key; absent for a plain variable. */
  readonly elements?: ReadonlyMap<string, Value>;
  /** True where child processes see it. */
  readonly exported: boolean;
  /** Its last assignment. */
  readonly set?: Place;
}

/** Own changes beyond this number are merged into the shared part. */
const MAX_OWN = 24;

export interface Variables extends Iterable<[string, Variable]> {
  get(name: string): Variable | undefined;
  set(name: string, variable: Variable): void;
  delete(name: string): void;
  /** A table that starts out the same and changes apart. */
  copy(): Variables;
  /** What is certain whichever of the two tables holds. */
  join(other: Variables): Variables;
}

type Own = Map<string, Variable | undefined>;

class Table implements Variables {
  constructor(
    private shared: ReadonlyMap<string, Variable>,
    private own: Own,
    /** True where a copy has the same `own`, so that it must not be written to. */
    private lent = false,
  ) {}

  get(name: string): Variable | undefined {
    return this.own.size > 0 && this.own.has(name) ? this.own.get(name) : this.shared.get(name);
  }

  set(name: string, variable: Variable): void {
    this.write(name, variable);
  }

  delete(name: string): void {
    if (this.get(name)) this.write(name, undefined);
  }

  private write(name: string, variable: Variable | undefined): void {
    if (this.own.size >= MAX_OWN) {
      this.shared = new Map(this);
      this.own = new Map();
      this.lent = false;
    } else if (this.lent) {
      this.own = new Map(this.own);
      this.lent = false;
    }
    this.own.set(name, variable);
  }

  copy(): Variables {
    this.lent = true;
    return new Table(this.shared, this.own, true);
  }

  join(other: Variables): Variables {
    if (!(other instanceof Table)) return other;
    if (this.shared === other.shared) {
      if (this.own === other.own) return this;
      const own: Own = new Map();
      for (const name of new Set([...this.own.keys(), ...other.own.keys()]))
        own.set(name, joined(this.get(name), other.get(name)));
      return new Table(this.shared, own);
    }
    const all = new Map<string, Variable>();
    for (const [name, variable] of this) {
      const result = joined(variable, other.get(name));
      if (result) all.set(name, result);
    }
    for (const [name, variable] of other) {
      const result = all.has(name) ? undefined : joined(undefined, variable);
      if (result) all.set(name, result);
    }
    return new Table(all, new Map());
  }

  *[Symbol.iterator](): Iterator<[string, Variable]> {
    for (const entry of this.shared) if (!this.own.has(entry[0])) yield entry;
    for (const [name, variable] of this.own) if (variable) yield [name, variable];
  }
}

export function noVariables(): Variables {
  return new Table(new Map(), new Map());
}

function joined(a: Variable | undefined, b: Variable | undefined): Variable | undefined {
  if (a === b) return a;
  // Where one path never set it, the environment may have.
  if (!a || !b) {
    const only = a ?? b;
    return only && { ...only, value: join(only.value, UNKNOWN), exported: false };
  }
  const elements = joinElements(a.elements, b.elements);
  const set = a.set ?? b.set;
  return {
    value: join(a.value, b.value),
    exported: a.exported && b.exported,
    ...(elements ? { elements } : {}),
    ...(set ? { set } : {}),
  };
}

function joinElements(
  a: ReadonlyMap<string, Value> | undefined,
  b: ReadonlyMap<string, Value> | undefined,
): ReadonlyMap<string, Value> | undefined {
  if (!a || !b) return a ?? b;
  if (a === b) return a;
  const result = new Map(a);
  for (const [key, value] of b) {
    const other = result.get(key);
    result.set(key, other ? join(other, value) : value);
  }
  return result;
}

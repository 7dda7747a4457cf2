/**
 * Which parts of a program can matter: those that make requests or set modes, and what they get their values from. Most of a script installs and
 * configures things; to read its tree would take most of the time and tell nothing.
 */
import type { Range } from '../../text/range';
import type { Cut } from './chunks';

export interface Relevance {
  /** True where something in the span may matter. */
  matters(start: number, end: number): boolean;
}

/** Requests, the addresses and headers of the metadata service, and characters that stand for what a host puts in. */
const ANCHOR =
  /169\.254|fd00:|instance-data|2852039166|0xa9fea9fe|metadata-token|api\/token|Invoke-Expression|Net\.(?:WebClient|WebRequest|HttpWebRequest|Http\.)|\.(?:Download|Upload|OpenRead|GetAsync|GetStringAsync|GetStreamAsync|GetByteArrayAsync|Send|PutAsync|GetResponse)|(?:Set|New)-(?:Alias|Variable)|PSDefaultParameterValues|[\ue000-\uf8ff]/i;

const WRITES = /\b(?:Out-File|Set-Content|Add-Content)\b/i;
const CLIENT = /\b(?:irm|iwr|curl|wget|Invoke-(?:RestMethod|WebRequest))\b/i;
/** An address that is written out and has a name for a host. */
const ELSEWHERE = /https?:\/\/(?!instance-data|fd00|[\w.-]*169)[a-z][\w-]*\./i;

/** What it may have in common with others: headers, a session, arguments. */
const SHARES = /-H\w*[\s:]+[$(]|-WebS\w*|(?<![\w@])@\w/i;

/** A request that is none to the metadata service can hold nothing either that another one would. */
function isAnchor(unit: string, writesScripts: boolean): boolean {
  return (
    (writesScripts && WRITES.test(unit)) ||
    ANCHOR.test(unit) ||
    (CLIENT.test(unit) && (!ELSEWHERE.test(unit) || SHARES.test(unit)))
  );
}

const FUNCTION = /\b(?:function|filter|workflow)\s+(?:\w+:)?([\w-]+)/i;
const VARIABLE = /\$(?:\{([^}\n]{1,200})\}|((?:\w+:)?\w+))|(?<![\w@])@(\w+)/g;
/** What everybody uses for anything. */
const AUTOMATIC = new Set([
  '_',
  'null',
  'true',
  'false',
  'args',
  'psitem',
  'error',
  'lastexitcode',
  'this',
  'input',
  'matches',
]);

/** The name of a variable without its scope; `env:` is no scope. */
export function bareName(written: string): string {
  const name = written.toLowerCase();
  return name.replace(/^(?:global|script|local|private|using|variable):/, '');
}

function names(text: string): readonly string[] {
  return [...text.matchAll(VARIABLE)]
    .map(([, braced, plain, splat]) => bareName(braced ?? plain ?? splat ?? ''))
    .filter((name) => !AUTOMATIC.has(name));
}

interface Defined {
  readonly name: string;
  /** True where it is a variable of the program rather than of a function. */
  readonly isOuter: boolean;
}

/** The variables that a unit gives a value, or changes. */
function defined(text: string): readonly Defined[] {
  const isOuter = /\$(?:script|global|env):/i.test(text);
  const of = (found: readonly string[]): readonly Defined[] => found.map((name) => ({ name, isOuter }));
  if (/^\s*(?:function|filter|param|\[[^\]\n]*\]\s*(?:param|\$))|\bparam\s*\(|^\s*(?:foreach|for)\b/i.test(text)) {
    return of(names(text));
  }
  const result: Defined[] = [];
  if (/^[\s(}]*[$[]/.test(text)) {
    const equals = text.indexOf('=');
    const first = names(text.slice(0, equals === -1 ? undefined : equals));
    result.push(...of(equals === -1 ? first.slice(0, 1) : first));
  }
  if (!/variable|-ov/i.test(text)) return result;
  for (const [, name = ''] of text.matchAll(/(?:-Variable|-ov|Variable\s+-Name|(?:Set|New)-Variable)\s+['"]?(\w+)/gi))
    result.push({ name: name.toLowerCase(), isOuter: true });
  return result;
}

interface OwnUnit extends Range {
  readonly text: string;
  /** The function that it is in, where it is in one. */
  readonly inside: string | undefined;
}

/** The units with the function that each is in, by how its braces nest. */
function withFunctions(text: string, { units }: Cut): readonly OwnUnit[] {
  const open: (string | undefined)[] = [];
  /** What stands before a brace on a line of its own. */
  let before = '';
  return units.map(({ start, end, block }) => {
    const own = text.slice(start, end);
    const inside = open[open.length - 1];
    if (block === 'closes') open.pop();
    else if (block === 'opens') {
      const head = own.trim() === '{' ? before : own;
      open.push(FUNCTION.exec(head)?.[1]?.toLowerCase() ?? open[open.length - 1]);
    }
    before = own;
    return { start, end, text: own, inside };
  });
}

/** Words that may call a function. */
const WORD = /(?<![\w$.-])[A-Za-z][\w-]*/g;

const DEFINES = /\b(?:function|filter|workflow)\s+$/i;

function calledIn(
  text: string,
  functions: ReadonlyMap<string, unknown>,
): readonly { readonly name: string; readonly at: number }[] {
  return [...text.matchAll(WORD)]
    .map((match) => ({ name: match[0].toLowerCase(), at: match.index }))
    .filter(({ name, at }) => functions.has(name) && !DEFINES.test(text.slice(Math.max(0, at - 12), at)));
}

export function relevanceOf(text: string, cut: Cut): Relevance {
  const units = withFunctions(text, cut);
  const definers = new Map<string, number[]>();
  const bodies = new Map<string, number[]>();
  const add = (map: Map<string, number[]>, name: string, index: number): void => {
    const known = map.get(name);
    if (known) known.push(index);
    else map.set(name, [index]);
  };
  for (const [index, unit] of units.entries()) {
    for (const { name, isOuter } of defined(unit.text)) {
      // A function's own variables are nobody else's.
      add(definers, isOuter || unit.inside === undefined ? name : `${unit.inside} ${name}`, index);
    }
    if (unit.inside !== undefined) add(bodies, unit.inside, index);
  }
  const callers = new Map<string, number[]>();
  /** The functions that each unit calls for what they give. */
  const asked = units.map((unit, index) => {
    if (bodies.size === 0) return [];
    const start = unit.text.length - unit.text.trimStart().length;
    return calledIn(unit.text, bodies).flatMap(({ name, at }) => {
      add(callers, name, index);
      return at === start ? [] : [name];
    });
  });
  // Who calls a function that makes requests makes them too.
  const writesScripts = /@['"][ \t]*\n/.test(text);
  const requesting = new Set<number>();
  const spread = units.flatMap((unit, index) => (isAnchor(unit.text, writesScripts) ? [index] : []));
  for (let index = spread.pop(); index !== undefined; index = spread.pop()) {
    if (requesting.has(index)) continue;
    requesting.add(index);
    const inside = units[index]?.inside;
    if (inside !== undefined) spread.push(...(callers.get(inside) ?? []));
  }
  // What they make them with comes from somewhere.
  const relevant = new Set(requesting);
  const pending = [...requesting];
  const done = new Set<string>();
  const take = (key: string, indices: readonly number[] | undefined): void => {
    if (!indices || done.has(key)) return;
    done.add(key);
    for (const index of indices) {
      if (relevant.has(index)) continue;
      relevant.add(index);
      pending.push(index);
    }
  };
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    const unit = units[index];
    for (const name of names(unit?.text ?? '')) {
      take(`$${name}`, definers.get(name));
      if (unit?.inside !== undefined) take(`$${unit.inside} ${name}`, definers.get(`${unit.inside} ${name}`));
    }
    for (const name of asked[index] ?? []) take(name, bodies.get(name));
  }
  const spans = [...relevant].sort((a, b) => a - b).flatMap((index) => units[index] ?? []);
  return {
    matters: (start, end) => {
      let low = 0;
      let high = spans.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((spans[middle]?.end ?? 0) <= start) low = middle + 1;
        else high = middle;
      }
      return (spans[low]?.start ?? Infinity) < end;
    },
  };
}

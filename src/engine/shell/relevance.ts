/**
 * Which parts of a program can matter at all. Most of a boot script installs and starts things; to follow what it does there would take most of the
 * time and tell nothing. A part matters where it names something that the rules are about, or calls a function that does.
 */
import { KNOWN_OPERATIONS } from '../program/ec2-calls';
import type { Source } from '../program/source';
import { forEachChild, type FunctionDefinition, type ParsedScript, type SyntaxNode } from './syntax';

export interface Relevance {
  /** True where something in the span may matter. */
  matters(start: number, end: number): boolean;
}

/** Programs that make requests, shells and interpreters that run text, paths of the metadata service, tokens, credential files, calls of EC2, and what ends a script. */
const NAMED =
  /curl|wget|\bhttps?\b|\bxh\b|\bfetch\b|\bftp\s|\bnc(?:at)?\b|\bnetcat\b|aria2c|lynx|w3m|\bGET\b|\bHEAD\b|lwp|python|\beval\b|meta-data|\blatest\/|\/dev\/tcp|token|proxy|\.aws\b|\.ssh\b|\.pem\b|\bid_(?:rsa|dsa|ecdsa|ed25519)|\bumask\b|\balias\b|\btrap\b|\bcrontab\b|revoke-security-group-ingress/;
/** The address of the metadata service. */
const ADDRESS = /169\.254|fd00:|instance-data|2852039166|0xa9/i;
const ANCHOR = new RegExp(`${NAMED.source}|${ADDRESS.source}|${KNOWN_OPERATIONS.source}`, 'gi');

/** An expansion where a command's name stands: `"$@"`, `$CURL ...`. */
const EXPANDED_COMMAND =
  /(?:^|[;&|({`]|\b(?:then|do|else|elif|if|while|until|sudo|exec|time|env|nohup|command)\b)[ \t]*(?:\w{1,100}=\S{0,200}[ \t]{1,20}){0,10}"?\$(?=[@*\w{])/gm;

/** What runs a command, here or elsewhere, that it is given by an expansion: `bash -c "$1"`, `ssh $HOST "$@"`. */
const GIVEN_COMMAND =
  /\b(?:(?:ba|da|a|k|z)?sh[ \t]{1,20}-\w{0,9}c|ssh|su|runuser|timeout|chroot|nice|flock|setsid|stdbuf|docker|podman)\b[^\n]{0,200}?\$/g;

function positionsOf(pattern: RegExp, text: string): number[] {
  const positions: number[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) positions.push(match.index);
  return positions;
}

/** True where the sorted positions have one in the span. */
function hasBetween(positions: readonly number[], start: number, end: number): boolean {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return (positions[low] ?? Infinity) < end;
}

/** What every definition of a function has in it, and every heredoc, whose body lies elsewhere and may have substitutions with functions in it. */
const DEFINITION = /\(\s*\)|\bfunction\b|<</g;

function functionsIn(script: ParsedScript, text: string): readonly FunctionDefinition[] {
  const definitions = positionsOf(DEFINITION, text);
  const functions: FunctionDefinition[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Function') functions.push(node);
    if (node.type === 'Word' || node.type === 'Assignment') return;
    if (hasBetween(definitions, node.pos, node.end)) forEachChild(node, visit);
  };
  if (definitions.length > 0) visit(script);
  return functions;
}

function wordPositions(names: Iterable<string>, text: string): number[] {
  const escaped = [...names].map((name) => name.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&'));
  return escaped.length === 0
    ? []
    : positionsOf(new RegExp(`(?<![\\w.-])(?:${escaped.join('|')})(?![\\w.-])`, 'g'), text);
}

const ASSIGNMENT = /(?<![\w$])([A-Za-z_]\w{0,100})\+?=(?=["'\w$/[])([^\s;&|]{1,200})/g;
/** `A=$B; C=$A`: how far names are followed. */
const MAX_ROUNDS = 3;

/** Where variables stand that are given the service's address, or what such a variable holds. */
function addressPositions(text: string): readonly number[] {
  if (!ADDRESS.test(text)) return [];
  const assignments = [...text.matchAll(ASSIGNMENT)];
  const names = new Set(assignments.flatMap(([, name = '', value = '']) => (ADDRESS.test(value) ? [name] : [])));
  for (let round = 0; ; round++) {
    if (names.size === 0) return [];
    const uses = new RegExp(`\\$\\{?(?:${[...names].join('|')})(?!\\w)`, 'g');
    const before = names.size;
    for (const [, name = '', value = ''] of assignments) if (positionsOf(uses, value).length > 0) names.add(name);
    if (names.size === before || round === MAX_ROUNDS) return positionsOf(uses, text);
  }
}

export function relevanceOf(source: Source, script: ParsedScript): Relevance {
  const { text } = source;
  let positions = positionsOf(ANCHOR, text);
  // Placeholders stand for what nobody knows; a command may be in them.
  for (const placeholder of source.placeholders.keys()) {
    for (let at = text.indexOf(placeholder); at !== -1; at = text.indexOf(placeholder, at + 1)) positions.push(at);
  }
  positions.push(
    ...positionsOf(EXPANDED_COMMAND, text),
    ...positionsOf(GIVEN_COMMAND, text),
    ...addressPositions(text),
  );
  positions.sort((a, b) => a - b);
  const functions = functionsIn(script, text);
  const relevant = new Set<string>();
  for (let grew = functions.length > 0; grew;) {
    grew = false;
    for (const { name, pos, end } of functions) {
      if (relevant.has(name.value) || !hasBetween(positions, pos, end)) continue;
      relevant.add(name.value);
      grew = true;
    }
    if (grew) positions = [...positions, ...wordPositions(relevant, text)].sort((a, b) => a - b);
  }
  return { matters: (start, end) => hasBetween(positions, start, end) };
}

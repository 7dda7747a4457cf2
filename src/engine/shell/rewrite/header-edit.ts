/** The edit that makes a request send a token. */
import { knownText } from '../../program/value';
import type { TextEdit } from '../../text/range';
import type { Field } from '../expand';
import type { ShellRequest } from '../http/client';
import type { Reading } from '../sites';
import { headerOption } from './token-command';

/** Where an option can be put so that it is read before everything else; undefined where that is no place in the script's text. */
export function optionPosition(request: ShellRequest): number | undefined {
  const { anchor, invocation, parsed, part } = request;
  const { node, args } = invocation;
  if (anchor.word.pos < node.pos || anchor.word.end > node.end) return undefined;
  // `-q` keeps its meaning only as the first option (curl(1)).
  const [first] = args;
  const text = first && knownText(first.text);
  if (part === 0 && parsed && first && text !== undefined && /^(?:-q|--disable)$/.test(text) && inNode(first, request))
    return first.word.end;
  return anchor.word.end;
}

function inNode({ word }: Field, { invocation: { node } }: ShellRequest): boolean {
  return word.pos >= node.pos && word.end <= node.end;
}

/** The variable that a header which does not arrive was meant to send, where it is one that holds a token. */
export function meantVariable({ request, header, tokens }: Reading): string | undefined {
  const option = header.header?.option;
  if (!option) return undefined;
  const { source } = request.invocation;
  const words = [...option.fields, ...request.urls.filter(({ loose }) => header.broken === 'unquoted' && loose)];
  for (const { word } of words) {
    for (const [, name = ''] of source.text.slice(word.pos, word.end).matchAll(/\$\{?(\w+)/g))
      if (tokens.has(name)) return name;
  }
  return undefined;
}

/** Adds the header, or puts right the one that was meant to be it. In coordinates of the request's source. */
export function headerEdits(reading: Reading, name: string): readonly TextEdit[] | undefined {
  const { request, header } = reading;
  const text = headerOption(request.client, name);
  const option = header.header?.option;
  if (header.state === 'broken' && option) {
    if (!option.fields.every((field) => inNode(field, request))) return undefined;
    const positions = option.fields.map(({ word }) => word);
    const start = Math.min(...positions.map(({ pos }) => pos));
    let end = Math.max(...positions.map((word) => word.end));
    const [first] = positions;
    // `-sH X` and its like hold other options too.
    if (!first || !/^(?:-H|--header)/.test(first.text)) return undefined;
    if (header.broken === 'unquoted') {
      const stray = request.urls.find(({ loose, word }) => loose && word.pos >= end);
      if (!stray || !inNode(stray, request)) return undefined;
      end = stray.word.end;
    }
    const written = request.invocation.source.text.slice(start, end);
    // The header may be right, and only the variable be empty.
    return written === text ? [] : [{ range: { start, end }, newText: text }];
  }
  const position = optionPosition(request);
  return position === undefined ? undefined : [{ range: { start: position, end: position }, newText: ` ${text}` }];
}

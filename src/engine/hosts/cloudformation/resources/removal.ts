/** Takes a resource, or an element of a list in it, out of a template. */
import type { Range, TextEdit } from '../../../text/range';
import { entriesOf, get, type Tree } from '../../tree/tree';
import type { Template, TemplateResource } from '../template';
import { indentation } from './map-edits';
import { newlineOf } from '../../../text/newline';

interface Found {
  readonly list: Tree;
  readonly index: number;
  readonly isArgument: boolean;
}

/** A comment takes its place where the format has comments. */
export function removal(
  template: Template,
  resource: TemplateResource,
  range: Range,
  comment: string,
): readonly TextEdit[] | undefined {
  const { text } = template.carrier;
  const isJson = /^\uFEFF?\s*\{/.test(text);
  if (range.start === resource.keyRange.start) return wholeResource(template, resource, isJson, comment);
  const found = find(resource.tree, range, false, 0);
  if (!found) return undefined;
  const { list, index, isArgument } = found;
  if (list.kind !== 'list') return undefined;
  // A branch of a condition must stay one.
  if (isArgument) {
    if (isJson) return [{ range, newText: '{ "Ref": "AWS::NoValue" }' }];
    return list.items[index]?.tag === undefined && !text.slice(range.start, range.end).includes('\n')
      ? [{ range, newText: '!Ref AWS::NoValue' }]
      : undefined;
  }
  if (text.charAt(list.range.start) === '[') {
    const inner = { start: list.range.start + 1, end: list.range.end - 1 };
    const isAlone = `${text.slice(inner.start, range.start)}${text.slice(range.end, inner.end)}`.trim() === '';
    if (isAlone) return [{ range: inner, newText: '' }];
    return [
      element(
        text,
        list.items.map((item) => item.range),
        index,
      ),
    ];
  }
  return dashed(text, list, index, comment);
}

/** The list that has an element at a range. */
function find(tree: Tree, range: Range, isArgument: boolean, depth: number): Found | undefined {
  if (depth > 60 || tree.range.start > range.start || tree.range.end < range.end) return undefined;
  if (tree.kind === 'list') {
    const index = tree.items.findIndex((item) => item.range.start === range.start && item.range.end === range.end);
    if (index !== -1) return { list: tree, index, isArgument: isArgument || tree.tag !== undefined };
    for (const item of tree.items) {
      const found = find(item, range, false, depth + 1);
      if (found) return found;
    }
  }
  for (const { key, value } of entriesOf(tree)) {
    const found = find(value, range, key.startsWith('Fn::'), depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** An element between commas, with one of them. */
function element(text: string, ranges: readonly Range[], index: number): TextEdit {
  const own = ranges[index] ?? { start: 0, end: 0 };
  const next = ranges[index + 1];
  if (next) return { range: { start: own.start, end: next.start }, newText: '' };
  const comma = /^\s*,/.exec(text.slice(own.end))?.[0].length ?? 0;
  const previous = ranges[index - 1];
  return { range: { start: previous ? previous.end : own.start, end: own.end + comma }, newText: '' };
}

/** An element behind a dash, with its lines. */
function dashed(text: string, list: Tree, index: number, comment: string): readonly TextEdit[] | undefined {
  if (list.kind !== 'list') return undefined;
  const item = list.items[index];
  if (!item) return undefined;
  const { start, end } = lines(text, item.range);
  const lead = text.slice(start, item.range.start);
  const dash = /^( *)- +(?:![\w:]+ +|&\w+ +)*$/.exec(lead);
  // Something may lead to an anchor from elsewhere.
  if (!dash || lead.includes('&')) return undefined;
  const newline = newlineOf(text);
  const remark = `# ${comment}${newline}`;
  if (list.items.length > 1) return [{ range: { start, end }, newText: `${dash[1] ?? ''}${remark}` }];
  // A list without elements has to be written as such.
  const keyEnd = text.lastIndexOf(':', list.range.start) + 1;
  if (keyEnd === 0 || !/^[ \t]*\r?\n\s*$/.test(text.slice(keyEnd, start) + (dash[1] ?? ''))) return undefined;
  const emptied = { range: { start: keyEnd, end: keyEnd }, newText: ' []' };
  const keyLine = text.lastIndexOf('\n', keyEnd - 1) + 1;
  const margin = indentation(text, keyEnd);
  // In front of the key, where its line is its own.
  return /^[\w'"]/.test(text.slice(keyLine + margin.length, keyEnd))
    ? [
        { range: { start: keyLine, end: keyLine }, newText: margin + remark },
        emptied,
        { range: { start, end }, newText: '' },
      ]
    : [emptied, { range: { start, end }, newText: `${dash[1] ?? ''}${remark}` }];
}

/** The lines that a range takes up, whole. */
function lines(text: string, { start, end }: Range): Range {
  const newline = text.indexOf('\n', Math.max(start, end - 1));
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: newline === -1 ? text.length : newline + 1 };
}

function wholeResource(
  template: Template,
  { id, tree, keyRange, loop }: TemplateResource,
  isJson: boolean,
  comment: string,
): readonly TextEdit[] | undefined {
  const { text } = template.carrier;
  const section = entriesOf(get(template.root, 'Resources'));
  // Somebody refers to it, or it is one of several that a loop makes.
  const mentions = text.split(new RegExp(`\\b${id.replace(/\W/g, '')}\\b`)).length - 1;
  if (section.length < 2 || mentions !== 1 || loop.size > 0) return undefined;
  const index = section.findIndex((entry) => entry.keyRange.start === keyRange.start);
  if (index === -1) return undefined;
  if (isJson || text.charAt(get(template.root, 'Resources')?.range.start ?? 0) === '{') {
    const ranges = section.map((entry) => ({ start: entry.keyRange.start, end: entry.value.range.end }));
    return [element(text, ranges, index)];
  }
  const { start, end } = lines(text, { start: keyRange.start, end: tree.range.end });
  if (text.slice(start, keyRange.start).trim() !== '') return undefined;
  const newline = newlineOf(text);
  return [{ range: { start, end }, newText: `${indentation(text, keyRange.start)}# ${comment}${newline}` }];
}

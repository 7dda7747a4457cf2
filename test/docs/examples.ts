/** The examples of a page: fenced blocks, each with a line before it that says what is to be found in it. */

/** A finding as a note tells it. */
export interface ExpectedFinding {
  readonly ruleId: string;
  /** From 1. */
  readonly line: number;
}

export interface Example {
  readonly page: string;
  /** Line of the page, from 1, at which the block stands. */
  readonly at: number;
  readonly language: string;
  readonly text: string;
  /** `found` says what is wrong; `silent` that nothing is. */
  readonly is: 'found' | 'silent';
  readonly findings: readonly ExpectedFinding[];
  /** What is made of it: by every safe fix (`Fix all`), by one that is named, or by hand. */
  readonly after: { readonly by: 'all' | 'hand' | { readonly title: string }; readonly text: string } | undefined;
}

/** Languages of blocks that are no examples. */
const OTHER = new Set(['jsonc', 'console', 'text', 'ini']);

const FOUND = /^Found in lines? (.+):$/;
const AFTER_FIX = /^After “(.+)”:$/;
const BY_HAND = /^Put right by hand:$/;
const SILENT = /^Not found:$/;

interface Block {
  readonly note: string;
  readonly language: string;
  readonly text: string;
  readonly at: number;
}

function blocksOf(page: string, markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split('\n');
  let note = '';
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const fence = /^(`{3,}) ?(\w*)$/.exec(line);
    if (!fence) {
      if (line.trim() !== '') note = line.trim();
      continue;
    }
    const [, mark = '', language = ''] = fence;
    const end = lines.indexOf(mark, index + 1);
    if (end === -1) throw new Error(`${page}:${index + 1}: the block has no end`);
    const text = lines
      .slice(index + 1, end)
      .map((each) => `${each}\n`)
      .join('');
    if (!OTHER.has(language)) blocks.push({ note, language, text, at: index + 1 });
    note = '';
    index = end;
  }
  return blocks;
}

/** `2, 4 and 7, with imdsv1-allowed in line 9` as findings; lines without a rule are of the page's own. */
function expectedFindings(list: string, own: string): readonly ExpectedFinding[] {
  return list.split(/, with | and with /).flatMap((part) => {
    const [, rule, written = ''] = /^(?:`([\w-]+)` in lines? )?([\d, and]+)$/.exec(part) ?? [];
    const lines = written.split(/, | and /).map(Number);
    if (lines.some((line) => !Number.isInteger(line) || line < 1)) throw new Error(`"${list}" names no lines`);
    return lines.map((line) => ({ ruleId: rule ?? own, line }));
  });
}

/**
 * The examples of a rule's page.
 * @throws Error where a block is in no form that can be run
 */
export function examplesOf(page: string, markdown: string): readonly Example[] {
  const examples: Example[] = [];
  const blocks = blocksOf(page, markdown);
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index];
    if (!block) break;
    const { note, language, text, at } = block;
    const found = FOUND.exec(note);
    if (!found && !SILENT.test(note))
      throw new Error(`${page}:${at}: "${note}" does not say what is found in the block`);
    const next = blocks[index + 1];
    const fix = next && AFTER_FIX.exec(next.note);
    const byHand = next !== undefined && BY_HAND.test(next.note);
    const title = fix?.[1];
    const by = title === undefined ? 'hand' : title === 'Fix all' ? 'all' : { title };
    examples.push({
      page,
      at,
      language,
      text,
      is: found ? 'found' : 'silent',
      findings: found ? expectedFindings(found[1] ?? '', page) : [],
      after: found && (fix || byHand) ? { by, text: next.text } : undefined,
    });
    if (found && (fix || byHand)) index++;
  }
  return examples;
}

import { expect, test } from 'vitest';
import { asMarkdown } from './markdown-text';

test.each([
  ['web-1 runs', String.raw`web\-1 runs`],
  ['[Free](command:x) $(bug)', String.raw`\[Free\]\(command\:x\) \\\$\(bug\)`],
  ['<img src=x>&lt;', String.raw`\<img src\=x\>\&lt\;`],
  ['# a\n\n1. b', String.raw`\# a 1\. b`],
  ['über 10 % — ok', String.raw`über 10 \% — ok`],
])('%j says nothing but itself', (text, expected) => {
  expect(asMarkdown(text)).toBe(expected);
});

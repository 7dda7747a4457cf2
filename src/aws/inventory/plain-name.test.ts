import { expect, test } from 'vitest';
import { plainName } from './plain-name';

test.each([
  ['web-1', 'web-1'],
  ['🚀 rocket-ünï', '🚀 rocket-ünï'],
  ['שלום עולם', 'שלום עולם'],
  [' a \n## Verdict: Safe\r\n', 'a  ## Verdict: Safe'],
  ['\u202Egnp.exe', 'gnp.exe'],
  ['[free](command:workbench.action.quit)', '[free]\u2060(command:workbench.action.quit)'],
  ['$(pass) a [b] (c) $d', '$\u2060(pass) a [b] (c) $d'],
])('%j', (name, plain) => {
  expect(plainName(name)).toBe(plain);
});

import { expect, test } from 'vitest';
import { createEngine } from '../../src/engine';
import { allSilent } from './corpus';

const engine = createEngine();

/** What the engine says about a script, one line a finding. */
function told(script: string): string[] {
  const { findings, failures } = engine.lint({
    uri: 'file:///srv/user-data.sh',
    text: script,
    languageId: 'shellscript',
  });
  expect(failures).toEqual([]);
  return findings.map(({ ruleId, message, range }) => `${ruleId}: ${script.slice(range.start, range.end)}: ${message}`);
}

for (const { title, script } of allSilent()) {
  test(title, () => {
    expect(told(script)).toEqual([]);
  });
}

import fc from '../fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits, createEngine, type Document, type TextEdit } from '../../src/engine';
import { allSilent, allVectors } from './corpus';
import { mutate, mutation } from './mutate';

const engine = createEngine();
const scripts: readonly string[] = [
  ...allVectors().map(({ document }) => document),
  ...allSilent().map(({ script }) => script),
];

const MUTATED_SCRIPTS = 10_000;

const documentOf = (text: string): Document => ({ uri: 'file:///srv/user-data.sh', text, languageId: 'shellscript' });

/** Edits that any editor applies as meant: in bounds, apart from each other, changing something, splitting no character. */
function checkEdits(text: string, edits: readonly TextEdit[]): string {
  for (const { range, newText } of edits) {
    expect(text.slice(range.start, range.end), 'an edit that changes nothing').not.toBe(newText);
    for (const offset of [range.start, range.end]) {
      const around = text.slice(Math.max(offset - 1, 0), offset + 1);
      expect(/^[\ud800-\udbff][\udc00-\udfff]$/.test(around), `an edit inside a character at ${offset}`).toBe(false);
      expect(around === '\r\n' && offset > 0, `an edit between CR and LF at ${offset}`).toBe(false);
    }
  }
  const fixed = applyEdits(text, edits);
  const kept = keptParts(text, edits);
  let at = 0;
  for (const part of kept) {
    const found = fixed.indexOf(part, at);
    expect(found, `kept text: ${part}`).toBeGreaterThanOrEqual(0);
    at = found + part.length;
  }
  return fixed;
}

/** What no edit touches, in order. */
function keptParts(text: string, edits: readonly TextEdit[]): string[] {
  const parts: string[] = [];
  let at = 0;
  for (const { range } of [...edits].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end)) {
    parts.push(text.slice(at, range.start));
    at = range.end;
  }
  return [...parts, text.slice(at)];
}

/** Everything that must hold for any text whatever. */
function checkText(text: string): void {
  const document = documentOf(text);
  const { findings, failures } = engine.lint(document);
  expect(failures.map(({ ruleId, error }) => `${ruleId}: ${String(error)}`)).toEqual([]);
  for (const { range, fixes } of findings) {
    expect(range.start).toBeGreaterThanOrEqual(0);
    expect(range.end).toBeGreaterThan(range.start);
    expect(range.end).toBeLessThanOrEqual(text.length);
    for (const fix of fixes) checkEdits(text, fix.edits());
  }
  const edits = engine.fixAll(document);
  if (edits.length === 0) return;
  const fixed = checkEdits(text, edits);
  expect(engine.fixAll(documentOf(fixed)), `fixing again after\n${fixed}`).toEqual([]);
}

describe('every script of the suite', () => {
  test('is judged the same each time', () => {
    for (const text of scripts) {
      const first = engine.lint(documentOf(text));
      const edits = first.findings.flatMap(({ fixes }) => fixes.map((fix) => [fix.edits(), fix.edits()]));
      for (const [one, again] of edits) expect(again).toEqual(one);
      const judged = ({ findings }: typeof first): object =>
        findings.map(({ ruleId, range, message }) => ({ ruleId, range, message }));
      expect(judged(engine.lint(documentOf(text)))).toEqual(judged(first));
    }
  });

  test('is found to matter, where something is found', () => {
    for (const text of scripts) {
      const { findings } = engine.lint(documentOf(text));
      if (findings.length > 0) expect(engine.couldMatter(documentOf(text)), text).toBe(true);
    }
  });

  test('is fixed by edits that apply, and then has nothing to fix', () => {
    for (const text of scripts) checkText(text);
  });

  test('has no fix that a single rule or "fix all" would make differently in what it keeps', () => {
    for (const text of scripts) {
      const all = engine.fixAll(documentOf(text));
      const rules = new Set(engine.lint(documentOf(text)).findings.map(({ ruleId }) => ruleId));
      const none = engine.fixAll(documentOf(text), undefined, () => false);
      expect(none).toEqual([]);
      if (rules.size === 1) expect(engine.fixAll(documentOf(text), undefined, (id) => rules.has(id))).toEqual(all);
    }
  });
});

test(`${MUTATED_SCRIPTS} mutated scripts`, { timeout: 170_000 }, () => {
  const mutated = fc
    .tuple(fc.constantFrom(...scripts), fc.array(mutation, { minLength: 1, maxLength: 6 }))
    .map(([script, changes]) => changes.reduce(mutate, script));
  fc.assert(fc.property(mutated, checkText), { numRuns: MUTATED_SCRIPTS, endOnFailure: false });
});

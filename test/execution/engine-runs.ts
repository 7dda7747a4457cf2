import { applyEdits, type Document, type Engine, type Finding, type Safety } from '../../src/engine';
import type { Vector } from './vector';

/** Fixes applied one by one: more than any script has, so that reaching it means that fixing does not end. */
const MOST_FIXES = 60;

/** The vector's document, with another text where it has been fixed. */
export function documentOf(vector: Vector, text = vector.document): Document {
  return { uri: `file:///srv/${vector.file}`, text, languageId: 'shellscript' };
}

/**
 * Findings of a document.
 * @throws Error where a rule threw.
 */
export function lint(engine: Engine, document: Document): readonly Finding[] {
  const { findings, failures } = engine.lint(document);
  const [failure] = failures;
  if (failure !== undefined) throw new Error(`rule ${failure.ruleId} threw`, { cause: failure.error });
  return findings;
}

/** The text after "fix all". */
export function fixAll(engine: Engine, document: Document): string {
  return applyEdits(document.text, engine.fixAll(document));
}

/**
 * The text after the first fix of the wanted kind of the first (or last) finding that has one, and so on until none is left.
 * @returns every text on the way, the last one last; none where there was nothing to fix.
 */
export function fixOneByOne(
  engine: Engine,
  vector: Vector,
  safety: Safety,
  order: 'first' | 'last',
): readonly string[] {
  const texts: string[] = [];
  let text = vector.document;
  for (let count = 0; count <= MOST_FIXES; count++) {
    const fixes = lint(engine, documentOf(vector, text))
      .flatMap((finding) => finding.fixes.slice(0, 1))
      .filter((candidate) => candidate.safety === safety);
    const fix = order === 'first' ? fixes[0] : fixes.at(-1);
    if (fix === undefined) return texts;
    text = applyEdits(text, fix.edits());
    texts.push(text);
  }
  throw new Error(`after ${MOST_FIXES} fixes one by one there is still something to fix`);
}

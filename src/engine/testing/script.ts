/** Scripts as tests write them: guillemets stand around what is to be found. */
import { applyEdits, createEngine, type Document, type Finding, type Settings } from '../index';
import { DEFAULT_SETTINGS } from '../settings';

export const engine = createEngine();

export const SCRIPT = 'file:///srv/user-data.sh';

export function scriptDocument(text: string, uri = SCRIPT): Document {
  return { uri, text };
}

/** The text without its guillemets. */
export function unmarked(text: string): string {
  return text.replace(/[«»]/g, '');
}

/** Findings of a script. A rule that threw fails the test. */
export function findingsIn(text: string, uri = SCRIPT, settings: Settings = DEFAULT_SETTINGS): readonly Finding[] {
  const { findings, failures } = engine.lint(scriptDocument(text, uri), settings);
  const [failure] = failures;
  if (failure) throw new Error(`${failure.ruleId} threw`, { cause: failure.error });
  return findings;
}

/** Puts guillemets around what was found, so that a marked script compares equal with itself where exactly that was found. */
export function marked(text: string, findings: readonly Finding[]): string {
  const marks = findings.flatMap(({ range }) => [
    { at: range.start, mark: '«', order: 1 },
    { at: range.end, mark: '»', order: 0 },
  ]);
  marks.sort((a, b) => a.at - b.at || a.order - b.order);
  let result = '';
  let from = 0;
  for (const { at, mark } of marks) {
    result += text.slice(from, at) + mark;
    from = at;
  }
  return result + text.slice(from);
}

/** Lints a marked script; equal to it where all that is found is what is marked, and it is of one rule. */
export function judged(script: string, ruleId: string, uri = SCRIPT): string {
  const text = unmarked(script);
  const findings = findingsIn(text, uri);
  const others = [...new Set(findings.map((finding) => finding.ruleId).filter((id) => id !== ruleId))];
  return marked(text, findings) + others.map((id) => `\n(also ${id})`).join('');
}

/** The rules that have something to say, each as often as it has. */
export function rulesIn(text: string, uri = SCRIPT): readonly string[] {
  return findingsIn(text, uri).map(({ ruleId }) => ruleId);
}

/** The script after every safe fix. */
export function fixed(text: string, uri = SCRIPT, settings: Settings = DEFAULT_SETTINGS): string {
  return applyEdits(text, engine.fixAll(scriptDocument(text, uri), settings));
}

/** What is offered for the only finding of a script. */
export function offered(text: string, uri = SCRIPT): readonly string[] {
  const [finding, ...more] = findingsIn(text, uri);
  if (!finding || more.length > 0) throw new Error(`${String(more.length + (finding ? 1 : 0))} findings`);
  return finding.fixes.map(({ safety, title }) => `${safety}: ${title}`);
}

/** The script after the first fix offered for its first finding, safe or not. */
export function afterFirstFix(text: string, uri = SCRIPT): string {
  const fix = findingsIn(text, uri)[0]?.fixes[0];
  if (!fix) throw new Error('nothing is offered');
  return applyEdits(text, fix.edits());
}

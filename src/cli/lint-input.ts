import { applyEdits, type Document, type Engine, type Finding, type Settings } from '../engine';
import { defect, type Problem, reason } from './fault';
import type { Input } from './inputs';
import { NotText, readSource, decode, type SourceText } from './source';

/** What to do about what is found. `preview` works out the fixes and writes nothing. */
export type Mode = 'report' | 'fix' | 'preview';

/** What a fix changed, or in a preview would change. */
export interface Change {
  /** How many findings are gone. */
  readonly fixed: number;
  readonly before: string;
  readonly after: string;
}

/** What came of one input. */
export interface Outcome {
  readonly input: Input;
  /** False where it could not be read or is no text: nothing is known of it. */
  readonly linted: boolean;
  /** The text that the findings point into, without a byte order mark. */
  readonly text: string;
  /** What is wrong with the text: after a fix what is left, in a preview what is there. */
  readonly findings: readonly Finding[];
  readonly change?: Change;
  /** Standard input when fixing: what it is to become, byte for byte what it was where nothing was fixed. */
  readonly passedOn?: Uint8Array;
  readonly problems: readonly Problem[];
}

/** Reads, lints and, if asked to, fixes one input. Never rejects: whatever goes wrong is a problem of this one input. */
export async function lintInput(
  input: Input,
  engine: Engine,
  settings: Settings,
  mode: Mode,
  stdin: () => Promise<Uint8Array>,
): Promise<Outcome> {
  const failed = (message: string): Outcome => ({
    input,
    linted: false,
    text: '',
    findings: [],
    problems: [{ file: input.file, message }],
  });
  let bytes: Uint8Array | undefined;
  let source: SourceText;
  try {
    if (input.path === undefined) source = decode((bytes = await stdin()));
    else source = await readSource(input.path);
  } catch (error) {
    if (error instanceof NotText && !input.named) return { ...failed(''), problems: [] };
    const outcome = failed(`cannot be ${error instanceof NotText ? 'linted' : 'read'}: ${reason(error)}`);
    return mode === 'fix' && bytes !== undefined ? { ...outcome, passedOn: bytes } : outcome;
  }
  try {
    return await lintSource(input, source, engine, settings, mode);
  } catch (error) {
    const outcome = failed(defect(error));
    return mode === 'fix' && input.path === undefined ? { ...outcome, passedOn: source.bytes } : outcome;
  }
}

async function lintSource(
  input: Input,
  source: SourceText,
  engine: Engine,
  settings: Settings,
  mode: Mode,
): Promise<Outcome> {
  const document: Document = { uri: input.uri, text: source.text };
  const passThrough = mode === 'fix' && input.path === undefined ? { passedOn: source.bytes } : {};
  const clean = { input, linted: true, text: source.text, findings: [], problems: [], ...passThrough };
  if (!engine.couldMatter(document)) return clean;
  const { findings, failures } = engine.lint(document, settings);
  const problems: Problem[] = failures.map(({ ruleId, error }) => ({
    file: input.file,
    message: `the rule ${ruleId} failed, so its findings are missing: ${defect(error)}`,
  }));
  const found: Outcome = { ...clean, findings, problems };
  if (mode === 'report' || !findings.some(({ fixes }) => fixes.some(({ safety }) => safety === 'safe'))) return found;

  const text = applyEdits(source.text, engine.fixAll(document, settings));
  if (text === source.text) return found;
  const left = engine.lint({ ...document, text }, settings).findings;
  const change = { fixed: goneFrom(findings, left), before: source.bom + source.text, after: source.bom + text };
  if (mode === 'preview') return { ...found, change };

  const bytes = Buffer.from(change.after, 'utf8');
  const fixed: Outcome = { ...found, text, findings: left, change };
  if (input.path === undefined) return { ...fixed, passedOn: bytes };
  try {
    const { replaceContent } = await import('./write-fixed');
    await replaceContent(input.path, source.bytes, bytes);
    return fixed;
  } catch (error) {
    return { ...found, problems: [...problems, { file: input.file, message: reason(error) }] };
  }
}

/** How many findings are no longer there, rule by rule, so that one rule's new finding does not hide another's fixed one. */
function goneFrom(before: readonly Finding[], after: readonly Finding[]): number {
  const counts = new Map<string, number>();
  for (const { ruleId } of before) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1);
  for (const { ruleId } of after) counts.set(ruleId, (counts.get(ruleId) ?? 0) - 1);
  return [...counts.values()].reduce((sum, count) => sum + Math.max(count, 0), 0);
}

import { applyEdits, type Document, type Engine, type FileAccess, type Settings } from '../engine';
import { defect, type Problem, reason } from './fault';
import type { Input } from './inputs';
import { type Linted, type Outcome, type ReportedFinding, unread } from './outcome';
import { otherTexts, reported } from './reported';
import { decode, NotText, readSource, type SourceText } from './source';

/** What to do about what is found. `preview` works out the fixes and writes nothing. */
export type Mode = 'report' | 'fix' | 'preview';

/** Where texts come from. */
export interface Sources {
  readonly stdin: () => Promise<Uint8Array>;
  /** What lies beside the inputs. */
  readonly files: FileAccess;
}

/** Reads, lints and, if asked to, works out what one input is to become. Never rejects: whatever goes wrong is a problem of this one input. */
export async function lintInput(
  input: Input,
  engine: Engine,
  settings: Settings,
  mode: Mode,
  { stdin, files }: Sources,
): Promise<Linted> {
  const failed = (message: string): Outcome => unread(input, [{ file: input.file, message }]);
  /** What is handed on of standard input where it is not fixed. */
  const asItWas = (bytes: Uint8Array | undefined): { readonly passedOn?: Uint8Array } =>
    mode === 'fix' && input.path === undefined && bytes !== undefined ? { passedOn: bytes } : {};
  let bytes: Uint8Array | undefined;
  let source: SourceText;
  try {
    if (input.path === undefined) source = decode((bytes = await stdin()));
    else source = await readSource(input.path);
  } catch (error) {
    if (error instanceof NotText && !input.named) return { found: unread(input) };
    const verb = error instanceof NotText ? 'linted' : 'read';
    return { found: { ...failed(`cannot be ${verb}: ${reason(error)}`), ...asItWas(bytes) } };
  }
  try {
    const { found, fixed } = await lintSource(input, source, engine, settings, mode, files);
    return { found: { ...found, ...asItWas(bytes) }, ...(fixed && { fixed }) };
  } catch (error) {
    return { found: { ...failed(defect(error)), ...asItWas(bytes) } };
  }
}

async function lintSource(
  input: Input,
  { bom, text }: SourceText,
  engine: Engine,
  settings: Settings,
  mode: Mode,
  files: FileAccess,
): Promise<Linted> {
  const document = await engine.prepare({ uri: input.uri, text }, files);
  const problems: Problem[] = [];
  // Not engine.couldMatter() first: what cannot matter is as cheap to lint, and a clean bill needs to know what was no script at all.
  const { kind, findings: raw, failures } = engine.lint(document, settings);
  for (const { ruleId, error } of failures) {
    const message = `the rule ${ruleId} failed, so its findings are missing: ${defect(error)}`;
    problems.push({ file: input.file, message });
  }
  const findings = raw.map((finding) => reported(finding, input.file, problems));
  const others = await otherTexts(findings, files);
  const state = kind === undefined ? 'unknown' : 'linted';
  const found: Outcome = { input, state, text, findings, others, problems };
  if (mode === 'report' || !findings.some(({ fixes }) => fixes.some(({ safety }) => safety === 'safe'))) {
    return { found };
  }
  const after = fixedText(document, engine, settings);
  if (after === text) return { found };
  const left = engine
    .lint({ ...document, text: after }, settings)
    .findings.map((finding) => reported(finding, input.file, problems));
  const change = { fixed: goneFrom(findings, left), before: bom + text, after: bom + after };
  if (mode === 'preview') return { found: { ...found, change } };
  const passedOn = input.path === undefined ? { passedOn: Buffer.from(change.after, 'utf8') } : {};
  return { found, fixed: { ...found, text: after, findings: left, change, ...passedOn } };
}

function fixedText(document: Document, engine: Engine, settings: Settings): string {
  return applyEdits(document.text, engine.fixAll(document, settings));
}

/** How many findings are no longer there, rule by rule, so that one rule's new finding does not hide another's fixed one. */
function goneFrom(before: readonly ReportedFinding[], after: readonly ReportedFinding[]): number {
  const counts = new Map<string, number>();
  for (const { ruleId } of before) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1);
  for (const { ruleId } of after) counts.set(ruleId, (counts.get(ruleId) ?? 0) - 1);
  return [...counts.values()].reduce((sum, count) => sum + Math.max(count, 0), 0);
}

import { applyEdits, type Engine, type FileAccess, type Finding, type Fix, type Settings } from '../engine';
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
  /**
   * `linted`; `unknown`, a text of no kind that the engine reads; `unread`, no text or not to be read: nothing is known of it.
   */
  readonly state: 'linted' | 'unknown' | 'unread';
  /** The text that the findings point into, without a byte order mark. */
  readonly text: string;
  /** What is wrong with the text: after a fix what is left, in a preview what is there. */
  readonly findings: readonly Finding[];
  readonly change?: Change;
  /** Standard input when fixing: what it is to become, byte for byte what it was where nothing was fixed. */
  readonly passedOn?: Uint8Array;
  readonly problems: readonly Problem[];
}

/** An input that the configuration leaves out. */
export function leftOut(input: Input): Outcome {
  return { input, state: 'unread', text: '', findings: [], problems: [] };
}

/** Where texts come from. */
export interface Sources {
  readonly stdin: () => Promise<Uint8Array>;
  /** What lies beside the inputs. */
  readonly files: FileAccess;
}

/** Reads, lints and, if asked to, fixes one input. Never rejects: whatever goes wrong is a problem of this one input. */
export async function lintInput(
  input: Input,
  engine: Engine,
  settings: Settings,
  mode: Mode,
  { stdin, files }: Sources,
): Promise<Outcome> {
  const failed = (message: string): Outcome => ({
    input,
    state: 'unread',
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
    return await lintSource(input, source, engine, settings, mode, files);
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
  files: FileAccess,
): Promise<Outcome> {
  const document = await engine.prepare({ uri: input.uri, text: source.text }, files);
  const passThrough = mode === 'fix' && input.path === undefined ? { passedOn: source.bytes } : {};
  // Not engine.couldMatter() first: what cannot matter is as cheap to lint, and a clean bill needs to know what was no script at all.
  const { kind, findings: raw, failures } = engine.lint(document, settings);
  const problems: Problem[] = failures.map(({ ruleId, error }) => ({
    file: input.file,
    message: `the rule ${ruleId} failed, so its findings are missing: ${defect(error)}`,
  }));
  const findings = raw.map((finding) => withFixes(finding, input.file, problems));
  const state = kind === undefined ? 'unknown' : 'linted';
  const found: Outcome = { input, state, text: source.text, findings, problems, ...passThrough };
  if (mode === 'report' || !findings.some(({ fixes }) => fixes.some(({ safety }) => safety === 'safe'))) return found;

  const text = applyEdits(source.text, engine.fixAll(document, settings));
  if (text === source.text) return found;
  const { findings: rest } = engine.lint({ ...document, text }, settings);
  const left = rest.map((finding) => withFixes(finding, input.file, problems));
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

/** Works out the fixes, which the engine does when asked: a defect in one is to lose that one, and not the report. */
function withFixes(finding: Finding, file: string, problems: Problem[]): Finding {
  try {
    const fixes = finding.fixes.map((fix): Fix => {
      const edits = fix.edits();
      return { title: fix.title, safety: fix.safety, ...(fix.input ? { input: fix.input } : {}), edits: () => edits };
    });
    return { ...finding, fixes };
  } catch (error) {
    problems.push({ file, message: `the fix of ${finding.ruleId} failed: ${defect(error)}` });
    const { ruleId, severity, message, range, related, resource, sensitive } = finding;
    return {
      ...{ ruleId, severity, message, range, related, fixes: [] },
      ...(sensitive === undefined ? {} : { sensitive }),
      ...(resource === undefined ? {} : { resource }),
    };
  }
}

/** How many findings are no longer there, rule by rule, so that one rule's new finding does not hide another's fixed one. */
function goneFrom(before: readonly Finding[], after: readonly Finding[]): number {
  const counts = new Map<string, number>();
  for (const { ruleId } of before) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1);
  for (const { ruleId } of after) counts.set(ruleId, (counts.get(ruleId) ?? 0) - 1);
  return [...counts.values()].reduce((sum, count) => sum + Math.max(count, 0), 0);
}

/** PowerShell as tests write it: guillemets stand around what is to be found. */
import { grammarsFrom, type Grammars } from '../grammar/grammars';
import { applyEdits, createEngine, type Document, type Finding } from '../index';
import { marked, unmarked } from './script';
import { MODULE_GRAMMARS } from '../../../test/module-grammars';

export const engine = createEngine(MODULE_GRAMMARS);

/** The grammar itself, loaded. */
export async function powershellGrammars(): Promise<Grammars> {
  const grammars = grammarsFrom(MODULE_GRAMMARS);
  await grammars.load('powershell');
  return grammars;
}

/** The address of the examples, without a path. */
export const META = 'http://169.254.169.254/latest/meta-data';
export const TOKEN_URL = 'http://169.254.169.254/latest/api/token';
export const HEADER = '"X-aws-ec2-metadata-token"';
/** The table that sends a token. */
export const SENT = `@{${HEADER} = $token}`;

/** The line that fetches a token. */
export function fetch(carried = '', ttl = 300): string {
  const options = carried === '' ? '' : ` ${carried}`;
  return `[string]$token = Invoke-RestMethod -Headers @{"X-aws-ec2-metadata-token-ttl-seconds" = "${String(ttl)}"} -Method PUT -Uri ${TOKEN_URL}${options}`;
}

/** A line that fetches a token and stands in the script already. */
export const OWN_FETCH = `$t = Invoke-RestMethod -Headers @{'X-aws-ec2-metadata-token-ttl-seconds' = '60'} -Method Put -Uri ${TOKEN_URL}`;

const SCRIPT = 'file:///srv/configure.ps1';

// The grammar is loaded once; from then on everything is synchronous.
await engine.prepare({ uri: SCRIPT, text: `irm ${META}/` });

export function scriptDocument(text: string, uri = SCRIPT): Document {
  return { uri, text };
}

/** Findings of a script. A rule that threw fails the test. */
export function findingsIn(text: string, uri = SCRIPT): readonly Finding[] {
  const { findings, failures } = engine.lint(scriptDocument(text, uri));
  const [failure] = failures;
  if (failure) throw new Error(`${failure.ruleId} threw`, { cause: failure.error });
  return findings;
}

/** Lints a marked script; equal to it where all that is found is what is marked, and it is of one rule. */
export function judged(script: string, ruleId: string, uri = SCRIPT): string {
  const text = unmarked(script);
  const findings = findingsIn(text, uri);
  const others = [...new Set(findings.map((finding) => finding.ruleId).filter((id) => id !== ruleId))];
  return marked(text, findings) + others.map((id) => `\n(also ${id})`).join('');
}

export function rulesIn(text: string, uri = SCRIPT): readonly string[] {
  return findingsIn(text, uri).map(({ ruleId }) => ruleId);
}

/** The script after every safe fix. */
export function fixed(text: string, uri = SCRIPT): string {
  return applyEdits(text, engine.fixAll(scriptDocument(text, uri)));
}

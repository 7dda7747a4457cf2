import { applyEdits, createEngine, lineIndex, type Document, type Finding } from '../../src/engine';
import type { Example, ExpectedFinding } from './examples';
import { judgeAccount, LIVE_ONLY } from './running-account';
import { MODULE_GRAMMARS } from '../module-grammars';

export const engine = createEngine(MODULE_GRAMMARS);

/** File names that the languages of blocks go by, with what the file is taken for. */
const FILES: Readonly<Record<string, readonly [name: string, kind: string]>> = {
  sh: ['user-data.sh', 'Shell script'],
  powershell: ['user-data.ps1', 'PowerShell script'],
  yaml: ['template.yaml', 'CloudFormation template'],
  json: ['template.json', 'CloudFormation template'],
  hcl: ['main.tf', 'Terraform configuration'],
};

function fileOf({ page, language }: Pick<Example, 'page' | 'language'>): readonly [name: string, kind: string] {
  if (page === 'invalid-configuration') return ['.ec2-warden.yaml', 'EC2 Warden configuration'];
  const file = FILES[language];
  if (!file) throw new Error(`${page}: nobody knows how to run "${language}"`);
  return file;
}

async function open(example: Pick<Example, 'page' | 'language'>, text: string): Promise<Document> {
  return engine.prepare({ uri: `file:///docs/${fileOf(example)[0]}`, text });
}

export interface Judged {
  readonly document: Document;
  readonly findings: readonly Finding[];
}

/** What the engine says of a text. @throws Error where it is not taken for what it is, or a rule failed */
export async function judge(example: Pick<Example, 'page' | 'language'>, text: string): Promise<Judged> {
  const document = await open(example, text);
  if (LIVE_ONLY.has(example.page)) return { document, findings: judgeAccount(text) };
  const { kind, findings, failures } = engine.lint(document);
  const [, expected] = fileOf(example);
  if (kind !== expected) throw new Error(`taken for ${String(kind)}, not ${expected}`);
  const [failure] = failures;
  if (failure) throw new Error(`${failure.ruleId} failed`, { cause: failure.error });
  return { document, findings };
}

export function placesOf({ document, findings }: Judged): readonly ExpectedFinding[] {
  const lines = lineIndex(document.text);
  return findings.map(({ ruleId, range }) => ({ ruleId, line: lines.positionAt(range.start).line + 1 }));
}

/** The text after the fix that a page names, or every safe one. */
export function fixed({ document, findings }: Judged, by: 'all' | { readonly title: string }): string {
  if (by === 'all') return applyEdits(document.text, engine.fixAll(document));
  const fix = findings.flatMap(({ fixes }) => fixes).find(({ title }) => title === by.title);
  if (!fix) throw new Error(`there is no fix called "${by.title}"`);
  return applyEdits(document.text, fix.edits(fix.input?.placeholder));
}

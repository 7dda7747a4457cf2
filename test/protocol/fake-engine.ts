import type {
  Document,
  Engine,
  Finding,
  Fix,
  FixInput,
  LintResult,
  RelatedLocation,
  RuleMeta,
  Settings,
  Severity,
  TextEdit,
} from '../../src/engine';
import { createEngine, DEFAULT_SETTINGS, NOTHING_DECLARED } from '../../src/engine';

/*
 * An engine with the shape of the real one and rules that can be read at a glance, so that these tests are about the protocol:
 * V1 is a finding with a safe fix, OPEN another rule's, FALLBACK has a suggestion only, PORT one that asks for a number, SECRET has no fix, CRASH makes a
 * rule throw. What stands between braces is a script of its own.
 */

function ruleMeta(id: string, title: string, severity: Severity, fix: RuleMeta['fix']): RuleMeta {
  return { id, title, description: `What ${id} finds.`, severity, fix, url: `https://example.com/rules/${id}` };
}

export const RULES: readonly RuleMeta[] = [
  ruleMeta('imdsv1-call', 'Metadata request without a token', 'warning', 'safe'),
  ruleMeta('credentials-permissions', 'Open_credential_files', 'warning', 'safe'),
  ruleMeta('imdsv1-fallback', 'Fallback to IMDSv1', 'information', 'suggestion'),
  ruleMeta('open-management-port', 'Open port', 'error', 'suggestion'),
  ruleMeta('secret-in-script', 'Secret in a script', 'error', 'none'),
];

const INPUT: FixInput = {
  prompt: 'Which number',
  placeholder: '22',
  problem: (value) => (/^\d+$/.test(value) ? undefined : 'That is no number.'),
};

const WORDS: Readonly<
  Record<string, { ruleId: string; fixed?: string; safety?: Fix['safety']; input?: FixInput; sensitive?: boolean }>
> = {
  V1: { ruleId: 'imdsv1-call', fixed: 'V2', safety: 'safe' },
  OPEN: { ruleId: 'credentials-permissions', fixed: 'SHUT', safety: 'safe' },
  FALLBACK: { ruleId: 'imdsv1-fallback', fixed: '', safety: 'suggestion' },
  PORT: { ruleId: 'open-management-port', fixed: INPUT.placeholder, safety: 'suggestion', input: INPUT },
  SECRET: { ruleId: 'secret-in-script', sensitive: true },
};

export interface FakeEngine extends Engine {
  /** The URIs that were linted, in order. */
  readonly linted: string[];
  readonly settingsSeen: Settings[];
}

export function fakeEngine(overrides: Partial<Engine> = {}): FakeEngine {
  const linted: string[] = [];
  const settingsSeen: Settings[] = [];
  const lint = (document: Document, settings: Settings = DEFAULT_SETTINGS): LintResult => {
    linted.push(document.uri);
    settingsSeen.push(settings);
    if (!document.text.startsWith('#!')) return { kind: undefined, findings: [], failures: [] };
    return {
      kind: 'Shell script',
      findings: findingsIn(document.text, settings),
      failures: document.text.includes('CRASH')
        ? [{ ruleId: 'imdsv1-call', error: new TypeError('cannot read "hunter2" of undefined') }]
        : [],
    };
  };
  return {
    rules: RULES,
    configurationOf: (uri, files) => createEngine().configurationOf(uri, files),
    prepare: (document) => Promise.resolve(document),
    couldMatter: ({ text }) => !text.includes('BORING'),
    lint,
    scripts: ({ text }, settings = DEFAULT_SETTINGS) =>
      [...text.matchAll(/\{([^}]*)\}/g)].map(({ 0: whole, 1: script = '', index }) => ({
        language: 'shell',
        text: script,
        range: { start: index, end: index + whole.length },
        findings: findingsIn(script, settings),
      })),
    declared: () => NOTHING_DECLARED,
    fixAll: ({ text }, settings = DEFAULT_SETTINGS, only = () => true) => {
      const edits = findingsIn(text, settings)
        .filter(({ ruleId }) => only(ruleId))
        .flatMap(({ fixes }) => fixes.filter(({ safety }) => safety === 'safe').flatMap((fix) => fix.edits()));
      return edits.length === 0 ? [] : [insertAt(text.indexOf('\n') + 1, 'TOKEN\n'), ...edits];
    },
    suppress: ({ text }, { ruleId, range }, scope) => {
      if (ruleId === 'secret-in-script') return undefined;
      const start = scope === 'line' ? text.lastIndexOf('\n', range.start) + 1 : text.indexOf('\n') + 1;
      return [insertAt(start, `# disable ${scope} ${ruleId}\n`)];
    },
    linted,
    settingsSeen,
    ...overrides,
  };
}

function findingsIn(text: string, settings: Settings): Finding[] {
  return [...text.matchAll(/\b(V1|OPEN|FALLBACK|PORT|SECRET)\b/g)].flatMap(({ 0: word, index }): Finding[] => {
    const shape = WORDS[word];
    const meta = RULES.find(({ id }) => id === shape?.ruleId);
    if (shape === undefined || meta === undefined) return [];
    const severity = settings.rules[meta.id] ?? meta.severity;
    if (severity === 'off') return [];
    const range = { start: index, end: index + word.length };
    const related: RelatedLocation[] =
      word === 'V1' ? [{ range: { start: 0, end: 2 }, message: 'The script starts here.' }] : [];
    const fixes: Fix[] =
      shape.fixed === undefined
        ? []
        : [
            {
              title: `Replace ${word}`,
              safety: shape.safety ?? 'suggestion',
              ...(shape.input === undefined ? {} : { input: shape.input }),
              edits: (value) => [{ range, newText: value ?? shape.fixed ?? '' }],
            },
          ];
    const sensitive = shape.sensitive === true ? { sensitive: true } : {};
    return [{ ruleId: meta.id, severity, message: `${word} is wrong.`, range, related, fixes, ...sensitive }];
  });
}

function insertAt(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}

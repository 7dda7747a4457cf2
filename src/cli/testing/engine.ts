import {
  applyEdits,
  createEngine,
  DEFAULT_SETTINGS,
  type Document,
  type Engine,
  type Finding,
  NOTHING_DECLARED,
  type Settings,
  type TextEdit,
} from '../../engine';

const CALL = /curl -s (http:\/\/169\.254\.169\.254\/\S*)/g;
const MODE = /chmod 777/g;
const TOKEN = ' -H "X-aws-ec2-metadata-token: $TOKEN"';
/** The script that calls, by the document that runs it. */
const CALLED = new WeakMap<Document, string>();
const FETCH = 'TOKEN=$(curl -sX PUT http://169.254.169.254/latest/api/token)\n';

/**
 * A linter of two rules that are easy to foresee, so that what is tested is the command line and not the engine. `boom` in a text makes a
 * rule fail, `bust` its fix, `bang` makes the engine itself throw, and with `hang` it never answers. `runs a.sh` is wrong as long as that file calls.
 */
export const testEngine: Engine = {
  rules: [
    {
      id: 'imdsv1-call',
      title: 'Metadata request without a token',
      description: 'Anyone who makes the instance send a request can read its credentials.',
      severity: 'warning',
      fix: 'safe',
      url: 'https://example.com/docs/rules/imdsv1-call.md',
    },
    {
      id: 'credentials-permissions',
      title: 'Credential file open to others',
      description: 'Every user of the machine can read the credentials.',
      severity: 'error',
      fix: 'suggestion',
      url: 'https://example.com/docs/rules/credentials-permissions.md',
    },
  ],
  configurationOf: (uri, files) => createEngine().configurationOf(uri, files),
  prepare: async (document, files) => {
    if (document.text.includes('hang')) return new Promise(() => undefined);
    const name = /^runs (\S+)$/m.exec(document.text)?.[1];
    const uri = name && new URL(name, document.uri).href;
    if (uri && (await files?.read(uri))?.match(CALL)) CALLED.set(document, uri);
    return document;
  },
  couldMatter: ({ text }) => /169\.254|chmod|boom|bang/.test(text),
  lint: (document, settings = DEFAULT_SETTINGS) => {
    if (/\.(md|txt)$/.test(document.uri)) return { kind: undefined, findings: [], failures: [] };
    if (document.text.includes('bang')) throw new Error('bang\nat line 1');
    return {
      kind: 'Shell script',
      findings: [...calls(document, settings), ...modes(document, settings), ...called(document)].sort(
        (a, b) => a.range.start - b.range.start,
      ),
      failures: document.text.includes('boom') ? [{ ruleId: 'imdsv1-call', error: new Error('boom\nat line 1') }] : [],
    };
  },
  fixAll: (document, settings = DEFAULT_SETTINGS) => {
    const found = calls(document, settings);
    return found.length === 0 ? [] : [fetchBefore(document), ...found.map(({ range }) => sendToken(range.start))];
  },
  scripts: () => [],
  declared: () => NOTHING_DECLARED,
  suppress: () => undefined,
};

/** The text as `fixAll` leaves it. */
export function fixedByTestEngine(text: string): string {
  return applyEdits(text, testEngine.fixAll({ uri: 'file:///a.sh', text }));
}

function calls(document: Document, { rules }: Settings): Finding[] {
  const severity = rules['imdsv1-call'] ?? 'warning';
  if (severity === 'off') return [];
  return [...document.text.matchAll(CALL)].map((match) => ({
    ruleId: 'imdsv1-call',
    severity,
    message: 'This request carries no token',
    range: { start: match.index, end: match.index + match[0].length },
    related: [{ range: { start: 0, end: 2 }, message: 'the script starts here' }],
    fixes: [
      {
        title: 'Send a token',
        safety: 'safe',
        edits: () => {
          if (document.text.includes('bust')) throw new Error('bust\nat line 1');
          return [fetchBefore(document), sendToken(match.index)];
        },
      },
      { title: 'Delete the call', safety: 'suggestion', edits: () => [] },
    ],
  }));
}

function modes({ text }: Document, { rules }: Settings): Finding[] {
  const severity = rules['credentials-permissions'] ?? 'error';
  if (severity === 'off') return [];
  return [...text.matchAll(MODE)].map((match) => ({
    ruleId: 'credentials-permissions',
    severity,
    message: 'Open to everyone:\n100% of users, groups',
    range: { start: match.index, end: match.index + match[0].length },
    related: [],
    resource: 'WebServer',
    fixes: [
      {
        title: 'Owner only',
        safety: 'suggestion',
        edits: () => [{ range: { start: match.index + 6, end: match.index + 9 }, newText: '600' }],
      },
    ],
  }));
}

function called(document: Document): Finding[] {
  const uri = CALLED.get(document);
  if (uri === undefined) return [];
  const [severity, range] = ['warning', { start: 0, end: 4 }] as const;
  const related = [{ uri, range, message: 'it calls' }];
  return [{ ruleId: 'imdsv1-call', severity, message: 'Runs a call', range, related, fixes: [] }];
}

/** After the line of the shebang. */
function fetchBefore({ text }: Document): TextEdit {
  const at = text.startsWith('#!') ? text.indexOf('\n') + 1 : 0;
  return { range: { start: at, end: at }, newText: FETCH };
}

function sendToken(start: number): TextEdit {
  const at = start + 'curl -s'.length;
  return { range: { start: at, end: at }, newText: TOKEN };
}

/** A vector in a form: the file, what is found in it, and the file after "fix all". */
import { applyEdits, type Document, type Engine, type FileAccess, type Finding } from '../../src/engine';
import type { Vector } from '../execution/vector';
import type { Carrier, Form } from './form';

const FOLDER = 'file:///project/';

export interface Case {
  readonly form: Form;
  readonly vector: Vector;
  readonly document: Document;
  readonly findings: readonly Finding[];
  readonly fixed: string;
}

function filesOf({ beside = {} }: Carrier): FileAccess {
  const uris = Object.keys(beside).map((name) => FOLDER + name);
  return {
    read: (uri) => Promise.resolve(beside[uri.slice(FOLDER.length)]),
    list: (folder) => Promise.resolve(folder === FOLDER ? uris : []),
  };
}

/** Rules that judge a script, wherever it stands; a carrier has resources as well, which are not the matter here. */
const OF_SCRIPTS: readonly string[] = [
  'imdsv1-call',
  'imdsv1-fallback',
  'imds-token-not-sent',
  'imds-token-request',
  'imds-through-proxy',
  'credentials-permissions',
];

/** @throws Error where a rule threw */
export function findingsIn(engine: Engine, document: Document): readonly Finding[] {
  const { findings, failures } = engine.lint(document);
  const [failure] = failures;
  if (failure) throw new Error(`rule ${failure.ruleId} threw`, { cause: failure.error });
  return findings.filter(({ ruleId }) => OF_SCRIPTS.includes(ruleId));
}

export async function caseOf(engine: Engine, form: Form, vector: Vector): Promise<Case | undefined> {
  const carrier = form.wrap(vector.document);
  if (!carrier) return undefined;
  const files = filesOf(carrier);
  const prepare = (text: string): Promise<Document> =>
    engine.prepare(
      {
        uri: FOLDER + carrier.name,
        text,
        ...(carrier.languageId === undefined ? {} : { languageId: carrier.languageId }),
      },
      files,
    );
  const document = await prepare(carrier.text);
  const fixed = applyEdits(document.text, engine.fixAll(document));
  const again = await prepare(fixed);
  const edits = engine.fixAll(again);
  if (edits.length > 0) throw new Error(`"fix all" after "fix all" has edits:\n${fixed}`);
  return { form, vector, document, findings: findingsIn(engine, document), fixed };
}

/** A script as a file of its own, after "fix all". */
export function fixedAlone(engine: Engine, script: string): string {
  const document = { uri: `${FOLDER}user-data.sh`, text: script, languageId: 'shellscript' };
  return applyEdits(script, engine.fixAll(document));
}

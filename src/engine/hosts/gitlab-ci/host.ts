/** GitLab CI/CD: `.gitlab-ci.yml` and what it includes ("CI/CD YAML syntax reference": `script`, `before_script`, `after_script`). */
import { embedLines, embedScalar, itemPiece, readCarrier, type Carrier } from '../embedding/carrier';
import { mentions } from '../embedding/mention';
import { setupLine, usedVariables } from '../embedding/setup';
import { GITLAB_INPUT } from '../embedding/template';
import { isYamlName } from '../embedding/yaml-name';
import type { Embedded, Host, HostDocument } from '../host';
import { readOnly, type Piece } from '../piece';
import { itemsOf, textOf, type Tree } from '../tree/tree';
import { jobsIn, type Job } from './jobs';

const NAME = /(?:^|[./])gitlab-ci[^/]*\.ya?ml$/i;
const SCRIPT = /^(?:[ \t]+|)["']?(?:before_|after_)?script["']?[ \t]*:/m;
/** Keys that jobs of other services do not have. */
const JOB = /^[ \t]*(?:stages?|before_script|after_script|rules|extends|only)[ \t]*:/m;
const OTHERS = /^(?:language|os|dist|pipelines|trigger|pool|resources)[ \t]*:/m;

function recognises({ name, text, languageId }: HostDocument): boolean {
  if (!isYamlName(name, languageId) || !mentions(text)) return false;
  return NAME.test(name) || (SCRIPT.test(text) && JOB.test(text) && !OTHERS.test(text));
}

function documents(document: HostDocument): readonly Embedded[] {
  const carrier = readCarrier(document, GITLAB_INPUT);
  return carrier.trees.flatMap((tree) => {
    const found: Embedded[] = [];
    const seen = new Set<Tree>();
    for (const job of jobsIn(tree)) found.push(...scripts(carrier, job, seen));
    return found;
  });
}

/** `before_script` and `script` are lines of one script; `after_script` has a shell of its own. */
function scripts(carrier: Carrier, job: Job, seen: Set<Tree>): readonly Embedded[] {
  const parts = [job.before, job.script, job.after] as const;
  const known = new Set(parts.filter((part) => part && seen.has(part)));
  const isSeen = (part: Tree | undefined): boolean => known.has(part);
  const [before = [], main = [], after = []] = parts.map((part) => lines(carrier, part, isSeen(part)));
  for (const part of parts) if (part) seen.add(part);
  const text = [...before, ...main, ...after].map((piece) => piece.text).join('\n');
  if (!mentions(text) && !mentionsBy(job, text)) return [];
  const variables = job.variables.flatMap((map) => usedVariables(map, text));
  const setup = [setupLine('set -eo pipefail'), ...variables];
  const isText = job.script?.kind === 'scalar' && before.length === 0 && !isSeen(job.script);
  return [
    ...(isText
      ? embedScalar(carrier, job.script, { languageId: 'shellscript', setup })
      : embedLines(carrier, [...before, ...main], { setup })),
    ...embedLines(carrier, after, { setup: variables }),
  ];
}

function mentionsBy({ variables }: Job, text: string): boolean {
  return variables.some((map) => usedVariables(map, text).some((line) => mentions(line.text)));
}

/** A text, or a list of texts and of further lists. What another job has too is written there, where it is seen first. */
function lines(carrier: Carrier, tree: Tree | undefined, isSeen: boolean, depth = 0): readonly Piece[] {
  if (!tree || tree.tag === '!reference' || depth > 10) return [];
  if (tree.kind === 'scalar') {
    if (textOf(tree) === undefined) return [];
    const piece = carrier.piece(tree);
    return [isSeen ? readOnly(piece) : piece];
  }
  return itemsOf(tree).flatMap((item) => {
    if (item.kind !== 'scalar' || item.tag === '!reference') return lines(carrier, item, isSeen, depth + 1);
    const piece = itemPiece(carrier, tree, item);
    return [isSeen ? readOnly(piece) : piece];
  });
}

export const gitlabCi: Host = { label: 'GitLab CI/CD', recognises, couldMatter: mentions, documents };

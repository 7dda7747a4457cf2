/**
 * Commands of tools that nobody else here reads, by the keys that they have in common: `run`, `script`, `commands`, `cmds`, `preBootstrapCommands`. CI
 * services, CodeBuild, eksctl, task runners, Salt; and by the `path` and `args` of Concourse's `run`.
 */
import { shellCall } from '../embedding/argv';
import { embedArguments, embedLines, embedScalar, itemPiece, type Carrier } from '../embedding/carrier';
import { isKnownText } from '../embedding/language';
import { mentions } from '../embedding/mention';
import type { Embedded } from '../host';
import { get, itemsOf, textOf, walk, type Tree, type TreeScalar } from '../tree/tree';

const ENDS = String.raw`(?:script|command|cmd|run|bash|shell|user_?data|before_install|install|bootstrap)s?`;
const KEY = new RegExp(`${ENDS}$`, 'i');
/** Salt's module, whose command is a `name`. */
const SALT = /^cmd\.(?:run|wait|script)$/;
/** A key that may hold a command, at the start of a line or behind a brace. */
export const COMMAND_LINE = new RegExp(String.raw`(?:^|[{,])[ \t]{0,200}(?:-[ \t]{1,200})?["']?[\w.-]{0,100}?${ENDS}["']?[ \t]{0,9}:`, 'im'); // prettier-ignore

/** Keys beside a command that is an example to be judged, or what a model said: tests of guards and of agents. */
const EXAMPLE =
  /^(?:expected\w*|should_\w+|severity|verdict|decision|blocked|(?:is_)?(?:malicious|dangerous|harmful)|attacks?(?:_\w+)?|payloads?|techniques?|mitre\w*|tactics?|threats?|risks?(?:_\w+)?|explanation|tool(?:_?(?:name|input|use|calls?))?)$/i;

/** Files in which a dollar is the shell's, and the lines of a list are lines of one script. */
const OF_ONE_SHELL =
  /(?:^|\/)(?:\.circleci\/[^/]{1,200}|buildspec[^/]{0,200}|\.travis|azure-pipelines[^/]{0,200}|bitbucket-pipelines)\.ya?ml$/i;

/** What says itself what it is is read as that. */
const isCall = (text: string): boolean =>
  !isKnownText(text) && /\b(?:curl|wget|chmod|install|mkdir|umask|ec2-metadata)\b/.test(text) && mentions(text);

/** Each text with a call in it, and the nodes that were read. What is not written as those files are is found and not rewritten. */
export function commandTexts(
  carrier: Carrier,
  tree: Tree,
  name: string,
): { readonly found: readonly Embedded[]; readonly taken: ReadonlySet<Tree> } {
  const found: Embedded[] = [];
  const taken = new Set<Tree>();
  const isOurs = OF_ONE_SHELL.test(name);
  const add = (node: Tree, embedded: readonly Embedded[]): void => {
    taken.add(node);
    for (const each of embedded)
      found.push(isOurs ? each : { ...each, document: { ...each.document, fixed: true, oneLine: true } });
  };
  const text = (node: Tree | undefined): void => {
    if (node?.kind === 'scalar' && isCall(textOf(node) ?? ''))
      add(node, embedScalar(carrier, node, { languageId: 'shellscript' }));
  };
  const pathAndArgs = (items: readonly Tree[]): void => {
    const program = items.filter(({ kind }) => kind === 'scalar');
    const script = program[shellCall(program.map(textOf))?.index ?? -1];
    if (!script || !isCall(textOf(script) ?? '')) return;
    taken.add(script);
    found.push(...embedArguments(carrier, program));
  };
  walk(tree, (node) => {
    if (node.kind !== 'map') return true;
    if (node.entries.some(({ key }) => EXAMPLE.test(key))) return false;
    const path = get(node, 'path');
    if (path) pathAndArgs([path, ...itemsOf(get(node, 'args'))]);
    for (const { key, value } of node.entries) {
      if (SALT.test(key)) for (const item of itemsOf(value)) text(get(item, 'name'));
      if (!KEY.test(key)) continue;
      text(value);
      const lines = itemsOf(value).filter(
        (item): item is TreeScalar => item.kind === 'scalar' && typeof item.value === 'string',
      );
      const [first] = lines;
      if (!first || lines.length < itemsOf(value).length || !isCall(lines.map(textOf).join('\n'))) continue;
      // A list of words is one command.
      if (lines.some((line) => /^-|\s/.test(textOf(line) ?? '')) && !/^\S+$/.test(textOf(first) ?? ''))
        add(
          value,
          embedLines(
            carrier,
            lines.map((line) => itemPiece(carrier, value, line)),
          ),
        );
      else add(value, embedArguments(carrier, lines));
    }
    return true;
  });
  return { found, taken };
}

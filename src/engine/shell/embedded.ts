/** Files that a script writes: programs that run elsewhere, at another time, in a shell of their own. */
import type { Embedded } from '../hosts/host';
import { compose, type SourceMap } from '../text/source-map';
import type { Source } from '../program/source';
import { pattern } from '../program/value';
import type { ShellAnalysis } from './analyse';
import { textOf, type Frozen } from './printed';

/** Places from which scripts are run without being made executable by the script that writes them. */
const RUN_FROM =
  /(?:^|\/)(?:cron\.(?:hourly|daily|weekly|monthly)\/[^/]+|rc\.local|init\.d\/[^/]+|profile\.d\/[^/]+|scripts\/per-\w+\/[^/]+|\.bash_?(?:rc|profile|login)|\.profile|user-?data)$/;

export function embeddedDocuments(analysis: ShellAnalysis): readonly Embedded[] {
  const pieces = new Map<string, Frozen[]>();
  for (const file of analysis.files) {
    const [path] = file.path;
    if (!path || file.path.length !== 1) continue;
    const name = pattern(path, '_');
    const former = file.append ? (pieces.get(name) ?? []) : [];
    // A function that writes a file and is called twice writes it once.
    const added = file.pieces.filter(({ printed }) => !former.some((other) => samePrinted(other, printed)));
    pieces.set(name, [...former, ...added]);
  }
  const ran = ranPaths(analysis.ran);
  const result: Embedded[] = [];
  for (const [name, written] of pieces) {
    const source = textOf(written, 'script');
    if (!source) continue;
    const runs = RUN_FROM.test(name) || isRun(name, ran);
    result.push({
      document: {
        name,
        text: source.text,
        placeholders: source.placeholders,
        ...(runs ? { languageId: 'shellscript' } : {}),
      },
      map: mapToScript(source),
    });
  }
  return result;
}

function samePrinted({ printed }: Frozen, other: Frozen['printed']): boolean {
  if (printed.kind === 'heredoc' && other.kind === 'heredoc') return printed.heredoc === other.heredoc;
  if (printed.kind === 'words' && other.kind === 'words') return printed.words[0] === other.words[0];
  return false;
}

/** What is run, by whole path and by name. */
interface RanPaths {
  readonly paths: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, 'relative' | 'absolute'>;
}

function ranPaths(ran: ReadonlySet<string>): RanPaths {
  const paths = new Set<string>();
  const names = new Map<string, 'relative' | 'absolute'>();
  for (const path of ran) {
    const known = path.replace(/\u0000/g, '_');
    paths.add(known);
    const base = known.slice(known.lastIndexOf('/') + 1);
    if (names.get(base) !== 'relative') names.set(base, known.startsWith('/') ? 'absolute' : 'relative');
  }
  return { paths, names };
}

/** By its whole path, or by its name where one of the two is relative. */
function isRun(name: string, { paths, names }: RanPaths): boolean {
  if (paths.has(name)) return true;
  const base = name.slice(name.lastIndexOf('/') + 1);
  const as = base === '' ? undefined : names.get(base);
  return as === 'relative' || (as === 'absolute' && !name.startsWith('/'));
}

function mapToScript(source: Source): SourceMap {
  let { map } = source;
  for (let at = source.parent; at?.parent; at = at.parent) map = compose(map, at.map);
  return map;
}

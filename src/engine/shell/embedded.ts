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

/** A file that the script writes: each time that it writes it anew is another. */
interface Written {
  readonly name: string;
  readonly pieces: Frozen[];
}

function writtenFiles({ files }: ShellAnalysis): readonly Written[] {
  const byName = new Map<string, { readonly all: Written[]; last: Written }>();
  const written: Written[] = [];
  for (const { path: paths, append, pieces } of files) {
    const [path] = paths;
    if (!path || paths.length !== 1) continue;
    const name = pattern(path, '_');
    const known = byName.get(name);
    const [first] = pieces;
    // A function that writes a file and is called twice writes it once.
    const again = first && known?.all.find((other) => holds(other, first));
    const to = append || again ? (again ?? known?.last) : undefined;
    if (known && to) {
      to.pieces.push(...pieces.filter((piece) => !holds(to, piece)));
      known.last = to;
      continue;
    }
    const file: Written = { name, pieces: [...pieces] };
    written.push(file);
    if (known) known.all.push(file);
    byName.set(name, { all: known?.all ?? [file], last: file });
  }
  return written;
}

function holds({ pieces }: Written, { printed }: Frozen): boolean {
  return pieces.some((other) => samePrinted(other, printed));
}

export function embeddedDocuments(analysis: ShellAnalysis): readonly Embedded[] {
  const files = writtenFiles(analysis);
  const ran = ranPaths(analysis.ran);
  const result: Embedded[] = [];
  const add = (name: string, source: Source | undefined): void => {
    if (!source) return;
    const { text, placeholders } = source;
    const runs = RUN_FROM.test(name) || isRun(name, ran);
    const document = { name, text, placeholders, ...(runs ? { languageId: 'shellscript' } : {}) };
    result.push({ document, map: mapToScript(source) });
  };
  for (const { name, pieces } of files) add(name, textOf(pieces, 'script'));
  const inFiles = new Set(files.flatMap(({ pieces }) => pieces.map(({ printed }) => syntaxOf(printed))));
  for (const [key, source] of analysis.texts) if (!inFiles.has(key)) add('', source);
  return result;
}

/** The syntax that a text is told by. */
function syntaxOf(printed: Frozen['printed']): object | undefined {
  return printed.kind === 'heredoc' ? printed.heredoc : printed.kind === 'words' ? printed.words[0] : undefined;
}

function samePrinted({ printed }: Frozen, other: Frozen['printed']): boolean {
  const syntax = syntaxOf(printed);
  return syntax !== undefined && syntax === syntaxOf(other);
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

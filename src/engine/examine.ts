/** From a document to the programs and resources in it. */
import { resourceGraph, type ResourceGraph } from './ec2/graph';
import type { Embedded, Host, HostDocument, Script } from './hosts/host';
import { HOSTS } from './hosts/registry';
import type { Surroundings } from './hosts/surroundings';
import type { Program } from './program/program';
import { compose, IDENTITY, type SourceMap } from './text/source-map';
import { remembering, rememberingDistant, understand } from './understood';

/** A program with the way back to the document. */
export interface LocatedProgram {
  readonly program: Program;
  readonly script: Script;
  /** The resource whose user data it is in, where it is in one's. */
  readonly owner: string | undefined;
}

/** A program that stands in a file beside the document; its map leads there. */
export interface DistantProgram extends LocatedProgram {
  readonly uri: string;
}

export interface Examined {
  readonly programs: readonly LocatedProgram[];
  /** Programs of a resource of the document that stand in other files; of all resources where none is named. Understood when somebody asks. */
  readonly elsewhere: (owner?: string) => readonly DistantProgram[];
  readonly graph: ResourceGraph;
}

/** Scripts in scripts in scripts: nobody nests deeper and means it. */
const MAX_DEPTH = 6;

export function hostOf(document: HostDocument): Host | undefined {
  return HOSTS.find((host) => host.recognises(document));
}

export function examine(document: HostDocument, surroundings: Surroundings): Examined {
  const host = hostOf(document);
  const resources = host?.couldMatter(document.text) ? (host.resources?.(document, surroundings) ?? []) : [];
  const apart: Embedded[] = [];
  const programs = remembering(document.name, surroundings, () => programsOf(document, surroundings, 0, apart));
  const known = new Map<Embedded, readonly DistantProgram[]>();
  const read = (embedded: Embedded): readonly DistantProgram[] => {
    const { elsewhere: uri } = embedded;
    if (uri === undefined) return [];
    const programs =
      known.get(embedded) ??
      rememberingDistant(surroundings, () => within([embedded], surroundings, 0)).map((located) => ({
        ...located,
        uri,
      }));
    known.set(embedded, programs);
    return programs;
  };
  return {
    programs,
    graph: resourceGraph(resources),
    elsewhere: (owner) => apart.filter((each) => owner === undefined || each.owner === owner).flatMap(read),
  };
}

/**
 * Every program in a document, in the documents that it holds, and in those that its programs write.
 * @param apart gets the documents that it speaks of and that stand in other files
 */
function programsOf(
  document: HostDocument,
  surroundings: Surroundings,
  depth: number,
  apart: Embedded[] = [],
): readonly LocatedProgram[] {
  const host = hostOf(document);
  if (!host?.couldMatter(document.text)) return [];
  const own = (host.scripts?.(document, surroundings) ?? []).flatMap((script) => {
    const understood = understand(script, surroundings);
    if (!understood) return [];
    const { program, documents } = understood;
    return [{ program, script, owner: undefined }, ...within(documents, surroundings, depth, script.map)];
  });
  const held: Embedded[] = [];
  for (const embedded of host.documents?.(document, surroundings) ?? []) {
    (embedded.elsewhere === undefined ? held : apart).push(embedded);
  }
  return [...own, ...within(held, surroundings, depth)];
}

/** Programs of documents in another one, with the way back to that. */
function within(
  documents: readonly Embedded[],
  surroundings: Surroundings,
  depth: number,
  outer: SourceMap = IDENTITY,
): readonly LocatedProgram[] {
  if (depth >= MAX_DEPTH) return [];
  return documents.flatMap((embedded) =>
    programsOf(embedded.document, surroundings, depth + 1).map(({ program, script, owner }) => ({
      program,
      script: { ...script, map: compose(compose(script.map, embedded.map), outer) },
      owner: embedded.owner ?? owner,
    })),
  );
}

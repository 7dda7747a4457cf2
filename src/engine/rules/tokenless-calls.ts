/** Calls of IMDSv1 in what an instance runs, and the edits that send a token with all of them. */
import { fileName } from './file-name';
import type { FileEdits } from '../finding';
import type { MetadataRequest } from '../program/program';
import type { Settings } from '../settings';
import type { TextEdit } from '../text/range';
import type { OwnedProgram } from './resource-rule';

/** A program with its calls that send no token. */
export interface CallingProgram {
  readonly owned: OwnedProgram;
  readonly calls: readonly MetadataRequest[];
}

/** Those of the programs that call without a token; what is called only where there is no token does no harm. */
export function callingPrograms(programs: readonly OwnedProgram[]): readonly CallingProgram[] {
  return programs
    .map((owned) => ({
      owned,
      calls: owned.program.requests.filter(
        ({ token, endpoint, fallback }) => token.state === 'none' && endpoint.kind !== 'token' && !fallback,
      ),
    }))
    .filter(({ calls }) => calls.length > 0);
}

/** How many calls there are: a script that several resources share has each of its own once. */
export function countCalls(calling: readonly CallingProgram[]): number {
  const places = calling.flatMap(({ owned, calls }) =>
    calls.map(({ range }) => {
      const { start, end } = owned.toDocument(range);
      return `${owned.uri ?? ''} ${String(start)} ${String(end)}`;
    }),
  );
  return new Set(places).size;
}

/** The files beside the document that the programs stand in. */
export function filesOf(calling: readonly CallingProgram[]): readonly string[] {
  return [...new Set(calling.flatMap(({ owned }) => owned.uri ?? []))];
}

/** Where the programs stand, for people: `the user data`, `boot.sh.tftpl`. */
export function whereTheyAre(calling: readonly CallingProgram[]): string {
  const here = calling.some(({ owned }) => owned.uri === undefined) ? ['the user data'] : [];
  return [...here, ...filesOf(calling).map(fileName)].join(' and ');
}

/** Edits of the document and of files beside it. */
export interface Spread {
  readonly safety: 'safe' | 'suggestion';
  readonly here: readonly TextEdit[];
  readonly elsewhere: readonly FileEdits[];
}

/** Fetches a token in each program and sends it; undefined where one of them has no certain edits. */
export function sendTokens(calling: readonly CallingProgram[], { tokenTtlSeconds }: Settings): Spread | undefined {
  const byFile = new Map<string | undefined, readonly TextEdit[]>();
  let safety: Spread['safety'] = 'safe';
  for (const { owned, calls } of calling) {
    const rewrite = owned.program.rewriter.sendToken(calls, tokenTtlSeconds);
    const edits = owned.editsInDocument(rewrite);
    if (!rewrite || !edits) return undefined;
    if (rewrite.safety !== 'safe') ({ safety } = rewrite);
    const together = combine(byFile.get(owned.uri) ?? [], edits);
    if (!together) return undefined;
    byFile.set(owned.uri, together);
  }
  return {
    safety,
    here: byFile.get(undefined) ?? [],
    elsewhere: [...byFile].flatMap(([uri, edits]) => (uri === undefined ? [] : [{ uri, edits }])),
  };
}

/**
 * Edits of one text together, the same ones once; undefined where they meet: what stands first at one place would be a guess. Those of each list are
 * apart among themselves.
 */
export function combine(one: readonly TextEdit[], other: readonly TextEdit[]): readonly TextEdit[] | undefined {
  const fresh = other.filter((edit) => !one.some((known) => isSame(known, edit)));
  if (fresh.length === 0) return one;
  // Half of what belongs together is not what either wants.
  if (fresh.length < other.length) return undefined;
  return fresh.some((edit) => one.some((known) => meet(known, edit))) ? undefined : [...one, ...fresh];
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.newText === b.newText && a.range.start === b.range.start && a.range.end === b.range.end;
}

/** An insertion beside a replacement has its place; two insertions at one place, or anything within what is replaced, have not. */
function meet({ range: a }: TextEdit, { range: b }: TextEdit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}

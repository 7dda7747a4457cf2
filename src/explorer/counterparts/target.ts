/** What a place in a file is about: the scripts there, and the launches that run them. */
import type { ShownDeclarations, ShownLaunch } from '../../server/protocol';
import type { DeclaringFile } from './leading-to';
import { belongsTo } from './ties';

export interface Place {
  /** From 0. */
  readonly line: number;
  readonly character: number;
}

type Range = ShownLaunch['head'];

export function holds({ start, end }: Range, { line, character }: Place): boolean {
  const isBehindStart = line > start.line || (line === start.line && character >= start.character);
  const isBeforeEnd = line < end.line || (line === end.line && character <= end.character);
  return isBehindStart && isBeforeEnd;
}

/** The launch whose name or metadata options stand at a place, or on its line where only one launch has any there. */
export function launchAt({ launches }: ShownDeclarations, place: Place): ShownLaunch | undefined {
  const exact = launches.find(({ head, options, tokens, endpoint, hopLimit }) =>
    [head, options, tokens?.range, endpoint?.range, hopLimit?.range].some((range) => range && holds(range, place)),
  );
  if (exact) return exact;
  const [only, ...others] = launches.filter(({ options, tokens, endpoint, hopLimit }) =>
    [options, tokens?.range, endpoint?.range, hopLimit?.range].some((range) => range?.start.line === place.line),
  );
  return others.length === 0 ? only : undefined;
}

/**
 * The scripts at a place of a file, and the launches that run them, also those of other files that name it. At a place that is no script: the launch that
 * stands there, or all of the file.
 */
export function targetAt(
  uri: string,
  declarations: ShownDeclarations,
  place: Place,
  others: readonly DeclaringFile[],
): ShownDeclarations {
  const { launches, userData } = declarations;
  const scripts = userData.filter((script) => script.uri === uri && holds(script.range, place));
  if (scripts.length === 0) {
    const launch = launchAt(declarations, place);
    if (!launch) return declarations;
    return { launches: [launch], userData: userData.filter((script) => belongsTo(script, launch)) };
  }
  const beside = others.filter((file) => file.uri !== uri).map((file) => file.declarations);
  const users = beside.flatMap((file) => {
    const naming = file.userData.filter((script) => script.uri === uri);
    return file.launches
      .filter((launch) => naming.some((script) => belongsTo(script, launch)))
      .map((launch) => ({ launch, rendered: naming.filter((script) => belongsTo(script, launch)) }));
  });
  return {
    launches: [
      ...launches.filter((launch) => scripts.some((script) => belongsTo(script, launch))),
      ...users.map(({ launch }) => launch),
    ],
    userData: [...scripts, ...users.flatMap(({ rendered }) => rendered)],
  };
}

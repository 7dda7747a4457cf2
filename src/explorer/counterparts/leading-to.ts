/** Which files of a workspace lead to an instance. */
import type { ShownDeclarations, TokenlessCall } from '../../server/protocol';
import type { WorkspaceCalls } from '../enforce/evidence';
import { belongsTo, rankOf, tieTo, tieToLaunch, type Live, type Tie } from './ties';
import { tieInWords } from './words';

/** A file with what it declares. */
export interface DeclaringFile {
  readonly uri: string;
  readonly declarations: ShownDeclarations;
}

interface Lead {
  readonly uri: string;
  readonly tie: Tie;
  readonly calls: readonly TokenlessCall[];
}

/**
 * Files that lead to an instance, the surest first, each once.
 * @param nameOf what people call a file
 */
export function leadingTo(
  files: readonly DeclaringFile[],
  live: Live,
  nameOf: (uri: string) => string,
): readonly WorkspaceCalls[] {
  const leads = files
    .flatMap((file) => [...leadsOfLaunches(file, live), ...leadsOfScripts(file, live)])
    .sort((a, b) => rankOf(a.tie) - rankOf(b.tie));
  return [...new Set(leads.map(({ uri }) => uri))].map((uri) => {
    const ofFile = leads.filter((lead) => lead.uri === uri);
    const calls = new Map(ofFile.flatMap((lead) => lead.calls.map((call) => [call.line, call])));
    return {
      uri,
      name: nameOf(uri),
      because: ofFile[0] === undefined ? '' : tieInWords(ofFile[0].tie),
      calls: [...calls.values()].sort((a, b) => a.line - b.line),
    };
  });
}

/** A launch leads there with the scripts that it runs, wherever they stand. */
function leadsOfLaunches({ uri, declarations: { launches, userData } }: DeclaringFile, live: Live): readonly Lead[] {
  return launches.flatMap((launch): readonly Lead[] => {
    const own = userData.filter((each) => belongsTo(each, launch));
    const tie = tieToLaunch(launch, own, live);
    if (!tie) return [];
    // A name alone does not say that the instance runs what it is known not to run.
    const counts = tie.by !== 'name' || live.userData === undefined;
    return [
      { uri, tie, calls: [] },
      ...own.map((script) => ({ uri: script.uri, tie, calls: counts ? script.calls : [] })),
    ];
  });
}

/** A file that is user data itself. */
function leadsOfScripts({ declarations: { userData } }: DeclaringFile, live: Live): readonly Lead[] {
  return userData
    .filter(({ owner }) => owner === null)
    .flatMap((script): readonly Lead[] => {
      const tie = tieTo({ launches: [], userData: [script] }, live);
      return tie ? [{ uri: script.uri, tie, calls: script.calls }] : [];
    });
}

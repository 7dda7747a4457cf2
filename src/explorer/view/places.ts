/** Addresses of read-only documents: `ec2-warden:/production (222233334444)/eu-central-1/i-0abc.yaml?{session}`. The path is for people. */
import { Uri } from 'vscode';
import type { RecordKind, Session } from '../../aws';

export const SCHEME = 'ec2-warden';

export type DocumentKind = 'resource' | 'user-data' | 'fixed-user-data';

export interface DocumentPlace {
  readonly session: Session;
  readonly kind: RecordKind;
  readonly id: string;
  readonly what: DocumentKind;
}

export function placeUri(place: DocumentPlace, fileName: string): Uri {
  const { profile, account, region } = place.session;
  return Uri.from({
    scheme: SCHEME,
    path: `/${profile.replaceAll('/', '_')} (${account})/${region}/${fileName}`,
    query: JSON.stringify(place),
  });
}

/** What an address leads to; undefined where it is not one of ours. The session is only looked up among those that stand: an address grants nothing. */
export function readPlace(uri: Uri): DocumentPlace | undefined {
  if (uri.scheme !== SCHEME || uri.query === '') return undefined;
  try {
    return JSON.parse(uri.query) as DocumentPlace;
  } catch {
    return undefined;
  }
}

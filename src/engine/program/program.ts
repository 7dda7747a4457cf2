import type { BrokenToken } from '../imds/token';
import type { Endpoint } from '../imds/endpoint';
import type { Place, Source } from './source';
import type { TextEdit } from '../text/range';

/** What a request to the metadata service does about a token. */
export type TokenUse =
  /** A token is sent, or may be: nothing to say. */
  | { readonly state: 'sent' }
  /** No header that could hold one. */
  | { readonly state: 'none' }
  /** A header that was meant to hold one. */
  | { readonly state: 'broken'; readonly why: BrokenToken; readonly header: Place };

/** What is wrong with a request for a token. */
export type TokenRequestProblem = 'no-ttl' | 'ttl-range' | 'dated-path' | 'not-put';

/** A request to EC2's metadata service, in whatever language the program is written. */
export interface MetadataRequest {
  /** What to show: the request, or the call that hands it the address. */
  readonly place: Place;
  readonly endpoint: Endpoint;
  /** The program or function that makes it, as people call it: `curl`. */
  readonly client: string;
  readonly token: TokenUse;
  /** Only for requests that ask for a token. */
  readonly problem: TokenRequestProblem | undefined;
  /** True where it is made only because no token was had. */
  readonly fallback: boolean;
  /** Name of the function whose body makes it. */
  readonly functionName: string | undefined;
  /** Where the address was put into a variable. */
  readonly addressSet: Place | undefined;
  /** A variable that holds a token where the request is made. */
  readonly heldToken: { readonly name: string; readonly place: Place | undefined } | undefined;
  /** The variable whose proxy the request would go through. */
  readonly proxy: { readonly name: string; readonly set: Place | undefined } | undefined;
}

/** How far a rewrite was proven, with its edits in coordinates of the script. */
export interface Rewrite {
  readonly safety: 'safe' | 'suggestion';
  readonly edits: readonly TextEdit[];
}

/** What is known of a program, and the ways to rewrite it in its own language. */
export interface Program {
  readonly source: Source;
  /** In the order of the text. */
  readonly requests: readonly MetadataRequest[];
  readonly rewriter: Rewriter;
}

/** Rewrites requests together, so that what they need is fetched once. */
export interface Rewriter {
  /** Fetches a token where it is needed and sends it; undefined where no rewrite is certain. */
  sendToken(requests: readonly MetadataRequest[], tokenTtlSeconds: number): Rewrite | undefined;
}

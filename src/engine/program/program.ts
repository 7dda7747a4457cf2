import type { Resource } from '../ec2/model';
import type { Endpoint } from '../imds/endpoint';
import type { BrokenToken } from '../imds/token';
import type { Range, TextEdit } from '../text/range';

/** What a request to the metadata service does about a token. */
export type TokenUse =
  /** A token is sent, or may be: nothing to say. */
  | { readonly state: 'sent' }
  /** No header that could hold one. */
  | { readonly state: 'none' }
  /** A header that was meant to hold one. */
  | { readonly state: 'broken'; readonly why: BrokenToken; readonly header: Range };

/** What is wrong with a request for a token. */
export type TokenRequestProblem = 'no-ttl' | 'ttl-range' | 'dated-path' | 'not-put';

/** A variable, with the assignment that gave it its value. */
export interface VariableUse {
  readonly name: string;
  readonly set: Range | undefined;
}

/** A request to EC2's metadata service, in whatever language the program is written. Ranges are in coordinates of the script. */
export interface MetadataRequest {
  /** What to show: the request, or the call that hands it the address. */
  readonly range: Range;
  readonly endpoint: Endpoint;
  /** The program or function that makes it, as people call it: `curl`. */
  readonly client: string;
  readonly token: TokenUse;
  /** Only for requests that ask for a token. */
  readonly problem: TokenRequestProblem | undefined;
  /** True where it is made only because no token was had. */
  readonly fallback: boolean;
  /** True where it is made in a container on the instance. */
  readonly inContainer?: boolean;
  /** Where the address was put into a variable. */
  readonly address: Range | undefined;
  /** A variable that holds a token where the request is made. */
  readonly held: VariableUse | undefined;
  /** The proxy of the environment that it would go through. */
  readonly proxy: VariableUse | undefined;
}

/** A rewrite with how far it was proven; edits in coordinates of the script. */
export interface Rewrite {
  readonly safety: 'safe' | 'suggestion';
  readonly edits: readonly TextEdit[];
}

/** A command that sets the permissions of files. */
export interface PermissionChange {
  readonly range: Range;
  /** What is opened, in words: `~/.aws`. */
  readonly target: string;
  /** The mode as it is written. */
  readonly mode: string;
  /** Who else gets access, in words. */
  readonly opensTo: string;
  readonly fix: Rewrite | undefined;
}

/** Something fetched or installed that is made for one architecture. */
export interface ArchitectureUse {
  readonly range: Range;
  readonly architecture: 'x86_64' | 'arm64';
  /** The name as it is written: `awscli-exe-linux-x86_64.zip`. */
  readonly name: string;
  /** The part of the name that says the architecture. */
  readonly part: Range;
}

/** The way from a program's own coordinates to those of the document that holds it. */
export interface WayToDocument {
  toDocument(range: Range): Range;
  /** Undefined where one of the edits has no certain spelling there. */
  editsInDocument(rewrite: Rewrite | undefined): readonly TextEdit[] | undefined;
}

/** What is known of a program, and the ways to rewrite it in its own language. */
export interface Program {
  readonly language?: 'shell' | 'powershell';
  /** In the order of the text. */
  readonly requests: readonly MetadataRequest[];
  readonly permissions: readonly PermissionChange[];
  /** Packages and binaries for one architecture that it fetches or installs, where it does not ask which one it runs on. */
  architectures?(): readonly ArchitectureUse[];
  /** What it makes of EC2 by AWS's command line: each call is a resource that has what the call says. Ranges and edits are the document's. */
  resources?(way: WayToDocument): readonly Resource[];
  /** The program as it stands. */
  readonly text?: string;
  /** True where the text speaks of other clouds' metadata services too. */
  readonly mentionsOtherClouds: boolean;
  readonly rewriter: Rewriter;
}

/** Rewrites requests together, so that what they need is fetched once; undefined where no rewrite is certain. */
export interface Rewriter {
  /** Fetches a token where it is needed and sends it. */
  sendToken(requests: readonly MetadataRequest[], tokenTtlSeconds: number): Rewrite | undefined;
  /** Makes a request for a token one that the service answers. */
  repairTokenRequest(request: MetadataRequest, tokenTtlSeconds: number): Rewrite | undefined;
  /** Keeps a request away from the proxy. */
  bypassProxy(request: MetadataRequest): Rewrite | undefined;
  /** Deletes a request that was kept for when there is no token. */
  deleteFallback(request: MetadataRequest): Rewrite | undefined;
}

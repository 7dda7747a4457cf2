import type { Text } from './value';

/** A header that a request sends, as `Name: value`, as far as it is known. */
export interface Header {
  readonly text: Text;
}

/** One HTTP request that a program makes, whatever language it is written in. */
export interface HttpRequest {
  /** Upper case; undefined where it is not known. */
  readonly method: string | undefined;
  readonly url: Text;
  readonly headers: readonly Header[];
  /** True where headers or options may be sent that cannot be seen. */
  readonly mayHideHeaders: boolean;
}

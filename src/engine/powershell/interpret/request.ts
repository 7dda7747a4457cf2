import type { Header, HttpRequest } from '../../program/request';
import type { ShellHeader, ShellRequest } from '../../shell/http/client';
import type { Node } from '../syntax/parse';
import type { Entry, ObjectKind } from './datum';

/** A header with where it is written: an entry of a table, or an option of a native program. */
export interface PowerShellHeader extends Header {
  readonly entry?: Entry;
  readonly option?: ShellHeader['option'];
}

/** How a request is written, for who has to write it otherwise. */
export type RequestForm =
  | {
      /** Invoke-RestMethod, Invoke-WebRequest. */
      readonly kind: 'cmdlet';
      /** Where the command's name ends. */
      readonly nameEnd: number;
      /** What `-Headers` is given. */
      readonly headers: Node | undefined;
      /** The object with the headers, however it is handed in, and the expression that makes it. */
      readonly table: number | undefined;
      readonly made: Node | undefined;
      /** Parameters that decide how the service is reached, as they are written. */
      readonly carried: readonly string[];
      /** The method's argument, and the address's, where they stand in the call. */
      readonly method: Node | undefined;
      readonly address: Node | undefined;
      /** True where no token could be sent this way: through a proxy. */
      readonly proxied: boolean;
    }
  | { readonly kind: 'native'; readonly nameEnd: number; readonly request: ShellRequest }
  | {
      /** A method of one of .NET's classes. */
      readonly kind: 'object';
      readonly id: number;
      /** The expression that makes it, and what the method is called on. */
      readonly made: Node;
      readonly target: Node;
      readonly objectKind: ObjectKind;
      readonly address: Node | undefined;
    };

/** A request that a PowerShell program makes. */
export interface PowerShellRequest extends HttpRequest {
  /** The command or class that makes it, as it is called. */
  readonly client: string;
  readonly node: Node;
  readonly headers: readonly PowerShellHeader[];
  readonly form: RequestForm;
}

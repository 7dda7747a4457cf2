import type { Field } from '../expand';
import type { Invocation } from '../invocation';
import type { ParsedArguments, ParsedOption } from '../options';
import type { HttpRequest } from '../../program/request';
import type { Text } from '../../program/value';

/** Programs that make HTTP requests from a shell. */
export type ClientName =
  'curl' | 'wget' | 'httpie' | 'xh' | 'nc' | 'bash' | GetterName | 'python' | 'perl' | 'ruby' | 'php' | 'node';

/** Programs that get addresses, and can do little else. */
export const GETTERS = [
  'fetch',
  'ftp',
  'aria2c',
  'GET',
  'HEAD',
  'lwp-request',
  'axel',
  'lynx',
  'links',
  'elinks',
  'w3m',
] as const;
export type GetterName = (typeof GETTERS)[number];

/** A header with the option that it is written in, where it is one. */
export interface ShellHeader {
  readonly text: Text;
  readonly option: ParsedOption | undefined;
}

/** An HTTP request in shell: what is sent, and the words that say so. */
export interface ShellRequest extends HttpRequest {
  readonly client: ClientName;
  readonly invocation: Invocation;
  readonly urlField: Field;
  readonly headers: readonly ShellHeader[];
  /** Every URL that the same options apply to. */
  readonly urls: readonly Field[];
  /** Options of this request; several requests of one command (`--next`) have their own. */
  readonly parsed: ParsedArguments | undefined;
  /** Position of the request's options in the command: 0, or behind which `--next` it stands. */
  readonly part: number;
  /** The field after which an option of this request may be put. */
  readonly anchor: Field;
  /** What its standard output is. */
  readonly prints: 'body' | 'http-code' | 'nothing';
  /** True where a refused request (401) makes the command fail. */
  readonly failsOnError: boolean;
  /** The method's option, where one says it. */
  readonly methodOption: ParsedOption | undefined;
}

import type { Vector } from './vector';

/** Ways for a request to get round curl's configuration file, which is all that holds it back outside a network namespace. */
const WAYS: readonly RegExp[] = [
  /\bwget\b|\bpython3?\b|\bnc\b|\/dev\/tcp|\bbusybox\b|\bssh\b/,
  // Options that leave the configuration file out (--next does, for what follows it) or choose another connection, and environments that lose CURL_HOME.
  /\s-[a-zA-Z]*q|--disable\b|--next\b|--connect-to|--resolve|--proxy|-[a-zA-Z]*x\s|--interface|\benv\s+-i\b|\bunset\b/,
  /[a-z]*_proxy\b|_PROXY\b|example\.internal|169\.254\.170/i,
];

/** Folders of the machine itself, which only a mount namespace keeps from being written to. */
const FOLDERS = /(^|[\s"'=>])\/(root|home|opt|srv|tmp|var|etc|usr\/local)\b/m;

/**
 * True where a request of the vector's script could leave the machine, or a file of the machine be written, when it runs outside
 * a namespace. Errs on that side. Whatever curl asks for stays here, and what a fix adds is curl with the script's own options.
 */
export function canPassBy(vector: Vector): boolean {
  return [...WAYS, FOLDERS].some((way) => way.test(vector.document)) || vector.shells.includes('busybox');
}

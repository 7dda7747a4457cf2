import { isLiteral, type Text } from '../program/value';
import { analyseShell } from '../shell/analyse';
import type { ShellRequest } from '../shell/http/client';

/** A text for people: `{token}` and `{?}` stand for what is not known. */
export function shown(text: Text): string {
  return text.map((part) => (isLiteral(part) ? part.text : part.hole === 'token' ? '{token}' : '{?}')).join('');
}

/** Every request to the metadata service that a script makes. */
export function requestsOf(script: string): readonly ShellRequest[] {
  return analyseShell(script).sites.flatMap(({ times }) =>
    [...times.values()].flatMap((readings) => readings.map(({ request }) => request)),
  );
}

/** Each as one line, `METHOD URL`, with its headers behind it in brackets. */
export function requestLines(script: string): readonly string[] {
  return requestsOf(script).map(
    ({ method, url, headers }) =>
      `${method ?? '{?}'} ${shown(url)}${headers.map(({ text }) => ` [${shown(text)}]`).join('')}`,
  );
}

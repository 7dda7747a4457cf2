/** Which proxy of the environment a request would go through. curl(1) "ENVIRONMENT", wget(1) "ENVIRONMENT". */
import type { Place } from '../program/source';
import { isLiteral, knownValue, pattern, type Value } from '../program/value';
import type { ShellRequest } from './http/client';
import type { Machine } from './machine';
import { hasOption, lastOption } from './options';

export interface ProxyUse {
  readonly name: string;
  readonly set: Place | undefined;
}

/** curl reads http_proxy in lower case only, since HTTP_PROXY can be set by a CGI client. wget reads http_proxy alone. */
const PROXIES: Readonly<Record<string, readonly string[]>> = {
  curl: ['http_proxy', 'all_proxy', 'ALL_PROXY'],
  wget: ['http_proxy'],
};

/** True where a list of hosts that need no proxy holds the metadata service's address, or may hold it. */
function excludes(list: Value): boolean {
  return list.some((text) => {
    const written = pattern(text);
    return written.includes('\u0000') || /169\.254|fd00:|instance-data|\*/i.test(written);
  });
}

export function proxyOf(request: ShellRequest, machine: Machine): ProxyUse | undefined {
  const names = PROXIES[request.client];
  const { parsed, invocation } = request;
  if (!names || !parsed) return undefined;
  if (hasOption(parsed, 'no-proxy', 'proxy', 'preproxy', 'config', 'disable')) {
    if (hasOption(parsed, 'no-proxy', 'proxy', 'preproxy', 'config')) return undefined;
  }
  const own = lastOption(parsed, 'noproxy')?.value;
  if (own && excludes([own])) return undefined;
  const environment = (name: string): { value: Value; set: Place | undefined } | undefined => {
    const here = invocation.environment.get(name);
    if (here) return { value: here, set: undefined };
    const variable = machine.state.variables.get(name);
    return variable?.exported ? { value: variable.value, set: variable.set } : undefined;
  };
  for (const name of ['no_proxy', 'NO_PROXY']) {
    const list = own ? undefined : environment(name);
    if (list && excludes(list.value)) return undefined;
  }
  for (const name of names) {
    const proxy = environment(name);
    if (!proxy) continue;
    // Only what surely names a proxy counts: something known in every reading.
    const sure = proxy.value.every((text) => text.some((part) => isLiteral(part) && part.text.trim() !== ''));
    if (sure && knownValue(proxy.value) !== '') return { name, set: proxy.set };
  }
  return undefined;
}

/** Keeps a request away from the proxy of the environment: curl(1) `--noproxy`, wget(1) `--no-proxy`. */
import type { Rewrite } from '../../program/program';
import { editsInScript, isEditable } from '../../program/source';
import type { Site } from '../sites';
import { optionPosition } from './header-edit';

export function bypassProxy(site: Site | undefined): Rewrite | undefined {
  const [reading] = site ? [...site.times.values()].flat() : [];
  if (!site || !reading || site.otherHosts) return undefined;
  const { request, endpoint } = reading;
  const { source } = request.invocation;
  if ((request.client !== 'curl' && request.client !== 'wget') || !isEditable(source)) return undefined;
  const position = optionPosition(request);
  if (position === undefined) return undefined;
  const host = endpoint.origin
    .replace(/^https?:\/\//, '')
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '');
  const newText = request.client === 'wget' ? ' --no-proxy' : ` --noproxy ${host}`;
  const edits = editsInScript(source, [{ range: { start: position, end: position }, newText }]);
  return edits && { safety: 'safe', edits };
}

import { canPassBy } from './pass-by';
import type { Shell } from './sandbox/protocol';
import type { Sandbox } from './sandbox/sandbox';
import type { Vector } from './vector';

/** Why a vector cannot be run on this machine, or undefined. What is left out for it never counts as passed. */
export function obstacle(sandbox: Sandbox | undefined, vector: Vector, shell: Shell): string | undefined {
  if (sandbox === undefined) return 'no sandbox';
  const missing = [shell, 'curl', ...vector.needs].find((tool) => !sandbox.ready.tools.includes(tool));
  if (missing !== undefined) return `no ${missing}`;
  if (!sandbox.ready.ipv6 && vector.document.includes('fd00:ec2')) return 'no IPv6';
  if (!sandbox.isolated && canPassBy(vector)) return `no network namespace (${sandbox.reason})`;
  return undefined;
}

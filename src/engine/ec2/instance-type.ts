/** Instance types by their documented naming: EC2 Instance Types guide, "Amazon EC2 instance type naming conventions". */

export type Architecture = 'x86_64' | 'arm64';

/** Family, generation, attributes: `m7gd` is m, 7, gd. */
const NAME = /^([a-z]+)(\d+)((?:[a-z-][a-z0-9-]*)?)\.(?:[a-z0-9-]+)$/;

/**
 * The architecture that a type has: a `g` right behind the generation stands for Graviton, `a1` was the first of them, `-gb200` for NVIDIA's Grace, and
 * Macs but for `mac1` are Apple silicon.
 * Undefined where the text is no type.
 */
export function architectureOfType(type: string): Architecture | undefined {
  const match = NAME.exec(type.trim().toLowerCase());
  const [, family, generation, attributes = ''] = match ?? [];
  if (/^mac-m\d[a-z]*\./i.test(type.trim())) return 'arm64';
  if (family === undefined || generation === undefined) return undefined;
  if (family === 'a' && generation === '1') return 'arm64';
  if (family === 'mac') return generation === '1' ? 'x86_64' : 'arm64';
  // `im4gn`, `is4gen`, `x2gd`, `g5g`: Graviton; `g4dn` and `g5` are GPU families.
  return attributes.startsWith('g') || /-gb\d/.test(attributes) ? 'arm64' : 'x86_64';
}

const X86 = /(?:^|[^a-z0-9])(?:x86[_-]64|amd64|x64)(?:[^a-z0-9]|$)/i;
const ARM = /(?:^|[^a-z0-9])(?:arm64|aarch64|arm64v8)(?:[^a-z0-9]|$)/i;

/** The architecture that a name speaks of: of an image, an SSM parameter, a package. Undefined where it speaks of none, or of both. */
export function architectureInName(name: string): Architecture | undefined {
  const x86 = X86.test(name);
  const arm = ARM.test(name);
  if (x86 === arm) return undefined;
  return x86 ? 'x86_64' : 'arm64';
}

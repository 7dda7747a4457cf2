import { possibilities, text, type Datum } from '../../ec2/datum';
import { launchChain, launches, nearest, type LaunchChain } from '../../ec2/graph';
import { architectureInName, architectureOfType, type Architecture } from '../../ec2/instance-type';
import type { LaunchSettings } from '../../ec2/model';
import { programsIn, type ResourceContext, type ResourceFinding, type ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';
import type { ArchitectureUse } from '../../program/program';
import type { TextEdit } from '../../text/range';

interface Told {
  readonly architecture: Architecture;
  readonly by: Datum;
  readonly name: string;
}

/** What is told of the architecture, if every possibility tells the same. */
function agreed(datum: Datum | undefined, read: (name: string) => Architecture | undefined): Told | undefined {
  let told: Told | undefined;
  for (const { datum: by } of possibilities(datum)) {
    const name = text(by);
    const architecture = name === undefined ? undefined : read(name);
    if (!by || name === undefined || !architecture || (told && told.architecture !== architecture)) return undefined;
    told ??= { architecture, by, name };
  }
  return told;
}

/** What the image's names say; names that disagree say nothing. */
function ofImage({ imageId, imageNames }: LaunchSettings): Told | undefined {
  const told = [imageId, ...imageNames]
    .map((name) => agreed(name, architectureInName))
    .filter((each) => each !== undefined);
  const [first] = told;
  return told.every(({ architecture }) => architecture === first?.architecture) ? first : undefined;
}

/** What is told of the nearest image that is set: by itself where it is in the configuration, else by its names. */
function imageOf({ settings, image }: LaunchChain): Told | undefined {
  const from = settings.find(({ imageId, imageNames }) => imageId !== undefined || imageNames.length > 0);
  return agreed(image?.architecture, architectureInName) ?? (from && ofImage(from));
}

const OTHER: Readonly<Record<string, string>> = {
  x86_64: 'aarch64',
  amd64: 'arm64',
  x64: 'arm64',
  arm64: 'amd64',
  aarch64: 'x86_64',
};

function findingsOf(launch: LaunchSettings, context: ResourceContext): readonly ResourceFinding[] {
  const findings: ResourceFinding[] = [];
  const chain = launchChain(launch, context.graph);
  const common = { resource: launch.address, silenced: launch.silenced };
  const type = agreed(nearest(chain.settings, 'instanceType'), architectureOfType);
  const image = imageOf(chain);
  if (type && image && type.architecture !== image.architecture) {
    findings.push({
      ...common,
      range: type.by.range,
      message: `${type.name} is ${type.architecture}, but the image is for ${image.architecture}: the instance cannot start.`,
      related: [{ range: image.by.range, message: `${image.name} is for ${image.architecture}.` }],
    });
  }
  const runs = type ?? image;
  if (!runs) return findings;
  for (const owned of programsIn(chain, context)) {
    for (const use of owned.program.architectures?.() ?? []) {
      if (use.architecture === runs.architecture) continue;
      findings.push({
        ...common,
        range: owned.toDocument(use.range),
        message: `${use.name} is for ${use.architecture}, but this runs on ${runs.name} (${runs.architecture}).`,
        related: [{ range: runs.by.range, message: `${runs.name} is ${runs.architecture}.` }],
        fixes: [
          { title: `Fetch the one for ${runs.architecture}`, safety: 'suggestion', edits: () => otherName(use, owned) },
        ],
      });
    }
  }
  return findings;
}

/** The same name for the other architecture, as such names go: `x86_64` and `aarch64`, `amd64` and `arm64`. */
function otherName(
  { name, part, range }: ArchitectureUse,
  owned: ReturnType<ResourceContext['programsOf']>[number],
): readonly TextEdit[] | undefined {
  const word = owned.program.text?.slice(part.start, part.end).toLowerCase() ?? '';
  const newText = OTHER[word];
  if (newText === undefined || name === '' || part.start < range.start) return undefined;
  return owned.editsInDocument({ safety: 'suggestion', edits: [{ range: part, newText }] });
}

export const architectureMismatch: ResourceRule = {
  meta: {
    id: 'architecture-mismatch',
    title: 'Made for another architecture',
    description:
      'An image, a package or a binary for x86_64 on a Graviton (arm64) instance, or the reverse. The instance does not start, or what it installs does not run.',
    severity: 'warning',
    fix: 'suggestion',
    url: rulePage('architecture-mismatch'),
  },
  check: (context) => launches(context.graph).flatMap((launch) => findingsOf(launch, context)),
};

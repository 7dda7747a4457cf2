/** What terraform-aws-modules/ec2-instance and autoscaling do about tokens where a call of them says nothing: it depends on their version. */
import type { Datum } from '../../../ec2/datum';
import type { MetadataOptions } from '../../../ec2/model';
import { evaluate } from '../../hcl/evaluate';
import { textOf, truthOf, type HclValue } from '../../hcl/value';
import { versionNumber, versionRange, type VersionRange } from './module-versions';
import { placeOf } from './place';
import { valueOf, type Reading } from './reading';

/** The first version that requires tokens by default, as its `variables.tf` and changelog have it. */
const REQUIRES_SINCE = { 'ec2-instance': versionNumber(5, 8, 0), autoscaling: versionNumber(9) } as const;

/** The first version that has the argument `metadata_options`. */
const TAKES_SINCE = { 'ec2-instance': versionNumber(2, 16, 0), autoscaling: versionNumber(4) } as const;

/** Arguments that hand the launch to a template which is not the module's own. */
const TEMPLATES = ['launch_template', 'launch_template_id', 'launch_configuration'];
const OWN_TEMPLATE = ['create_launch_template', 'create_lt', 'use_lt', 'create_lc', 'use_lc'];

/** The options of a launch with the module's own defaults; what is not known of them is unknown. */
export function withModuleDefaults(
  options: MetadataOptions,
  head: Datum['range'],
  name: keyof typeof REQUIRES_SINCE,
  reading: Reading,
): MetadataOptions {
  const later: Datum = { kind: 'unknown', why: 'it depends on the version of the module', range: head };
  const left = (): Datum | undefined => {
    if (isDecidedElsewhere(reading)) return later;
    const { range, at } = versionOf(reading) ?? {};
    if (!range || !at) return later;
    if (range.above <= REQUIRES_SINCE[name]) return undefined;
    if (range.lowest < REQUIRES_SINCE[name]) return later;
    return { kind: 'scalar', value: 'required', range: placeOf(at.site, reading.uri) };
  };
  return { ...options, httpTokens: options.httpTokens ?? left(), hopLimit: options.hopLimit ?? later };
}

function isDecidedElsewhere(reading: Reading): boolean {
  const { attributes } = reading.block.body;
  if (TEMPLATES.some((name) => attributes.has(name))) return true;
  if (OWN_TEMPLATE.some((name) => attributes.has(name) && truthOf(valueOf(reading, name)) !== true)) return true;
  const given = attributes.get('metadata_options');
  const options = given && evaluate(given.expression, reading.scope);
  // Versions differ in what they make of no options at all.
  return options !== undefined && !(options.kind === 'mapping' && options.entries.size > 0);
}

/** False where no version of the module that the call may get has an argument for the options. */
export function takesMetadataOptions(name: keyof typeof TAKES_SINCE, reading: Reading): boolean {
  const { range } = versionOf(reading) ?? {};
  return !range || range.above > TAKES_SINCE[name];
}

/** From the registry by `version`, from a repository by `?ref=v5.7.1`. */
function versionOf(reading: Reading): { readonly range: VersionRange; readonly at: HclValue } | undefined {
  const source = valueOf(reading, 'source');
  const ref = /[?&]ref=([^?&]{1,40})$/.exec(textOf(source) ?? '')?.[1];
  const at = ref === undefined ? valueOf(reading, 'version') : source;
  const range = versionRange(ref ?? textOf(at) ?? '');
  return range && at && { range, at };
}

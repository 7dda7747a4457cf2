/** Images, and the names that tell something of one: filters of a data source, the path of a parameter. */
import type { Datum } from '../../../ec2/datum';
import { evaluate } from '../../hcl/evaluate';
import { optionsOf, textOf, type HclValue } from '../../hcl/value';
import { nestedBlocks, valueIn } from '../nested-blocks';
import { toDatum } from './datum';
import { placeOf } from './place';
import { valueOf, type Reading } from './reading';

/** Filters of `aws_ami` that tell something of the image. */
const TELLING = new Set(['name', 'architecture', 'platform', 'platform-details', 'description']);

export function imageNames(reading: Reading): readonly Datum[] {
  const image = valueOf(reading, 'ami') ?? valueOf(reading, 'image_id');
  if (!image) return [];
  const references = optionsOf(image).filter((value) => value.kind === 'reference');
  // One of several images tells nothing for certain.
  const [only, ...more] = references;
  if (!only || more.length > 0 || optionsOf(image).length > 1) return [];
  return namesIn(only.target, reading).flatMap(
    (value) => toDatum(value, reading.uri, placeOf(image.site, reading.uri)) ?? [],
  );
}

function namesIn(target: string, { module, scope }: Reading): readonly HclValue[] {
  const address = target.slice(module.prefix.length).replace(/\[[^\][]*\]$/, '');
  const block = module.blocks.get(address);
  if (!block) return [];
  const at = (name: string): HclValue | undefined => {
    const attribute = block.body.attributes.get(name);
    return attribute && evaluate(attribute.expression, scope);
  };
  if (address.startsWith('data.aws_ssm_parameter.')) return [at('name')].filter((value) => value !== undefined);
  if (!address.startsWith('data.aws_ami.')) return [];
  const filtered = nestedBlocks(block.body, 'filter', module.scope).flatMap((nested) => {
    const values = valueIn(nested, 'values');
    if (!TELLING.has(textOf(valueIn(nested, 'name')) ?? '') || values?.kind !== 'list') return [];
    const [first, ...more] = values.items;
    return first && more.length === 0 ? [first] : [];
  });
  return [at('name_regex'), ...filtered].filter((value) => value !== undefined);
}

import { distant, type Range } from '../../../text/range';
import type { Site } from '../../hcl/syntax';

/** Where something stands in the document; a place that is not here for what stands in another file. */
export function placeOf({ source, range }: Site, uri: string): Range {
  const place = source.map.toHost(range);
  return source.uri === uri ? place : distant(source.uri, place);
}

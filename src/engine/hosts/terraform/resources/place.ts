import { distant, type Range } from '../../../text/range';
import type { Site } from '../../hcl/syntax';

/** No text stands in it. */
export const NO_DOCUMENT = 'none:';

/** The document, for what stands in it; what another file says is told of there, though a default of this document may be the reason. */
export function homeDocument(site: Pick<Site, 'source'>, uri: string): string {
  return site.source.uri === uri ? uri : NO_DOCUMENT;
}

/** Where something stands in the document; a place that is not here for what stands in another file. */
export function placeOf({ source, range }: Site, uri: string): Range {
  const place = source.map.toHost(range);
  return source.uri === uri ? place : distant(source.uri, place);
}

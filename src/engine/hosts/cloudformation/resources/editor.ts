/** Changes of a resource's properties, in the template's own style. */
import type { Datum } from '../../../ec2/datum';
import type { ResourceEditor } from '../../../ec2/model';
import { contains, type Range, type TextEdit } from '../../../text/range';
import { get, type Tree, type TreeMap } from '../../tree/tree';
import { callOf } from '../functions';
import type { Template, TemplateResource } from '../template';
import { spellScalar, withoutQuotes } from '../../tree/spell-scalar';
import { insertEntry, styleOf } from './map-edits';
import { removal } from './removal';

/** Where the editor writes: the map that has a path of the model, by the path's beginning, and the keys from there. */
export type Places = Readonly<Record<string, { readonly in: Tree | undefined; readonly keys: readonly string[] }>>;

export function resourceEditor(template: Template, resource: TemplateResource, places: Places): ResourceEditor {
  const host = template.carrier.text;
  // What a template of templates renders is not there to be written.
  const isCovered = host !== template.document.text;
  const style = styleOf(host, resource);
  return {
    set: (path, value) => {
      const place = places[path.join('.')];
      if (isCovered || place?.in?.kind !== 'map' || callOf(place.in)) return undefined;
      return set(place.in, place.keys, value);
    },
    replace: (datum, value) => {
      const edit = isCovered ? undefined : replaced(template, datum, value);
      return edit && [edit];
    },
    // A rule of a template has one source.
    drop: () => undefined,
    remove: (range, comment) => (isCovered ? undefined : removal(template, resource, range, comment)),
  };

  function set(
    map: TreeMap,
    keys: readonly string[],
    value: string | number | boolean,
  ): readonly TextEdit[] | undefined {
    let at = map;
    for (const [index, key] of keys.entries()) {
      const found = get(at, key);
      if (!found) return insertEntry(host, at, keys.slice(index), value, style);
      if (index === keys.length - 1) {
        if (found.kind !== 'scalar' || callOf(found)) return undefined;
        const { range } = found;
        return [{ range, newText: spellScalar(value, host.slice(range.start, range.end), style.isJson) }];
      }
      if (found.kind !== 'map' || callOf(found)) return undefined;
      at = found;
    }
    return undefined;
  }
}

/** A scalar that is written as it is read, where it is written: in the property, or in the default that it comes from. */
function replaced(template: Template, datum: Datum, value: string | number | boolean): TextEdit | undefined {
  if (datum.kind !== 'scalar') return undefined;
  const host = template.carrier.text;
  const isJson = /^\uFEFF?\s*\{/.test(host);
  const range: Range = datum.origin?.range ?? datum.range;
  if (datum.origin && leadsOut(template, range)) {
    // What leads there stays as it is for the others.
    const place = referenceAt(host, datum.range);
    const newText = spellScalar(value, isJson ? '"' : '', isJson);
    return place && { range: place, newText: host.charAt(place.start - 1) === ':' ? ` ${newText}` : newText };
  }
  const written = host.slice(range.start, range.end);
  if (withoutQuotes(written) !== String(datum.value)) return undefined;
  return { range, newText: spellScalar(value, written, isJson) };
}

/** A reference, whole: `{ "Ref": "P" }`, `!Ref P`, `Ref: P` with the line end in front of it. */
function referenceAt(host: string, { start, end }: Range): Range | undefined {
  const before = host.slice(Math.max(0, start - 200), start);
  const tag = /!Ref[ \t]{1,20}$/.exec(before);
  if (tag) return { start: start - tag[0].length, end };
  const written = host.slice(start, end).trimEnd();
  if (!/^\{?\s*["']?Ref["']?\s*:[^:,]*$/.test(written)) return undefined;
  const isBelow = /:[ \t]*\r?\n[ \t]*$/.test(before);
  return { start: isBelow ? start - before.length + before.lastIndexOf(':') + 1 : start, end: start + written.length };
}

/** True where a parameter also says where traffic may go to: what comes in and what goes out are not narrowed together. */
function leadsOut({ parameters, resources, carrier }: Template, place: Range): boolean {
  const name = [...parameters].find(([, tree]) => contains(tree.range, place))?.[0];
  if (name === undefined) return false;
  const mention = new RegExp(`\\b${name.replace(/\W/g, '')}\\b`);
  return [...resources.values()].some(({ type, tree }) => {
    const isOutward = /(?:Egress|Route|NetworkAclEntry)$/.test(type);
    const out = isOutward ? tree : get(get(tree, 'Properties'), 'SecurityGroupEgress');
    return out !== undefined && mention.test(carrier.text.slice(out.range.start, out.range.end));
  });
}

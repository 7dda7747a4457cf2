/** Writes over what a call of the document gives a module: that stands here, though what is made of it stands elsewhere. */
import type { Datum } from '../../../ec2/datum';
import type { ResourceEditor } from '../../../ec2/model';
import { contains, isHere, type Range } from '../../../text/range';
import type { Body } from '../../hcl/syntax';
import type { Module } from '../module';
import { literalAt, spellLike, type Literal } from './editor';
import { withoutElement } from './insertions';
import { argumentLeadsOut } from './outward';

export function editorOfGiven({ configuration, scope }: Module, uri: string): ResourceEditor {
  const literalOf = (datum: Datum): (Literal & { readonly body: Body }) | undefined => {
    if (datum.kind !== 'scalar' || !isHere(datum.range)) return undefined;
    const body = configuration.bodies.find(({ source }) => source.uri === uri);
    const name = body && argumentAt(datum.range, body);
    if (!body || name === undefined || argumentLeadsOut(name, uri, configuration)) return undefined;
    const literal = literalAt(body.source, datum.range, datum.value, scope);
    return literal && { ...literal, body };
  };
  return {
    set: () => undefined,
    replace: (datum, value) => {
      const literal = literalOf(datum);
      return literal && [{ range: literal.range, newText: spellLike(literal, value) }];
    },
    drop: (datum) => {
      const literal = literalOf(datum);
      const edit = literal && withoutElement(literal.body.source.text, literal.range);
      return edit && [edit];
    },
    remove: () => undefined,
  };
}

/** The argument of a call that a place belongs to. */
function argumentAt(place: Range, { blocks }: Body): string | undefined {
  const call = blocks.find(({ type, isNative, range }) => type === 'module' && isNative && contains(range, place));
  return [...(call?.body.attributes.values() ?? [])].find(({ range }) => contains(range, place))?.name;
}

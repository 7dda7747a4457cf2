/** Data sources and resources that only put texts together: `template_file`, `cloudinit_config`. */
import { compose, IDENTITY } from '../../text/source-map';
import { evaluate } from '../hcl/evaluate';
import { bareTemplate } from '../hcl/json';
import type { Block, Site } from '../hcl/syntax';
import { pieceOf } from '../hcl/text-functions';
import { madeText, mapping, programValue, textOf, type HclValue, type Text } from '../hcl/value';
import type { Module } from './module';
import { nestedBlocks } from './nested-blocks';

export function dataValue(block: Block, attribute: string, module: Module): HclValue | undefined {
  const [type = ''] = block.labels;
  if (type === 'template_file' && attribute === 'rendered') return renderedTemplate(block, module);
  if (/^(?:template_)?cloudinit_config$/.test(type) && attribute === 'rendered') return cloudinit(block, module);
  if ((type === 'local_file' || type === 'local_sensitive_file') && attribute === 'content') {
    const content = block.body.attributes.get('content');
    return content && evaluate(content.expression, module.scope);
  }
  // What is true in nearly all of AWS; what is in its other partitions differs from it in nothing but these names.
  if (type === 'aws_partition' && block.type === 'data') {
    const site: Site = { source: block.source, range: block.head };
    if (attribute === 'partition' || attribute === 'id') return madeText('aws', site);
    if (attribute === 'dns_suffix') return madeText('amazonaws.com', site);
  }
  if (type === 'null_data_source' && attribute === 'outputs') {
    const inputs = block.body.attributes.get('inputs');
    return inputs && evaluate(inputs.expression, module.scope);
  }
  return undefined;
}

function cloudinit(block: Block, module: Module): HclValue | undefined {
  const site: Site = { source: block.source, range: block.head };
  const parts = nestedBlocks(block.body, 'part', module.scope).flatMap(({ body, scope }) => {
    const content = body.attributes.get('content');
    if (!content) return [];
    const type = body.attributes.get('content_type');
    const known = type && textOf(evaluate(type.expression, scope));
    return [{ content: evaluate(content.expression, scope), type: known }];
  });
  return { kind: 'multipart', parts, site };
}

/** The text of `template` is itself a template, over `vars`. */
function renderedTemplate(block: Block, module: Module): HclValue | undefined {
  const template = block.body.attributes.get('template');
  if (!template) return undefined;
  const value = evaluate(template.expression, module.scope);
  if (value.kind !== 'text') return undefined;
  const vars = block.body.attributes.get('vars');
  const given = vars ? evaluate(vars.expression, module.scope) : mapping(new Map(), value.site);
  return withVariables(value, given, module);
}

function withVariables(value: Text, given: HclValue, module: Module): Text {
  const bindings = given.kind === 'mapping' ? given.entries : new Map<string, HclValue>();
  const scope = {
    names: { resolve: () => undefined, file: (path: string) => module.scope.names.file(path) },
    bindings,
    work: module.configuration.work,
  };
  const { uri } = value.site.source;
  const inner =
    value.known === undefined ? undefined : evaluate(bareTemplate({ text: value.known, map: IDENTITY, uri }), scope);
  return {
    kind: 'text',
    known: textOf(inner),
    site: value.site,
    value: () => programValue(inner ?? value),
    piece: (reader) => {
      const outer = value.piece(reader);
      const read = evaluate(bareTemplate({ text: outer.text, map: IDENTITY, uri: reader.uri }), scope);
      const { text, map } = pieceOf(read, reader);
      return { text, map: compose(map, outer.map) };
    },
  };
}

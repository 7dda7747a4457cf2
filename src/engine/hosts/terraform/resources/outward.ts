/** Where traffic may go to: what is narrowed for what comes in must not narrow that with it. */
import { folderOf } from '../../hcl/paths';
import type { Attribute, Block, Body } from '../../hcl/syntax';
import { contains, type Range } from '../../../text/range';
import type { Configuration } from '../module';

type Part = Block | Attribute;

/** True where the variable or the local that a place belongs to also says where traffic may go to. */
export function leadsOut(place: Range, uri: string, { bodies }: Configuration): boolean {
  const folder = folderOf(uri);
  const name = nameAt(place, bodies.find(({ source }) => source.uri === uri)?.blocks ?? []);
  return name !== undefined && mentionsOutward(name, bodies, (other) => folderOf(other) === folder);
}

/** True where a module that a document calls takes an argument of that name and says with it where traffic may go to. */
export function argumentLeadsOut(name: string, uri: string, { bodies }: Configuration): boolean {
  const folder = folderOf(uri);
  return isOutward(name) || mentionsOutward(`var.${name}`, bodies, (other) => folderOf(other) !== folder);
}

function nameAt(place: Range, blocks: readonly Block[]): string | undefined {
  const block = blocks.find(({ range }) => contains(range, place));
  if (block?.type === 'variable') return `var.${block.labels[0] ?? ''}`;
  if (block?.type !== 'locals') return undefined;
  const local = [...block.body.attributes].find(([, { range }]) => contains(range, place));
  return local && `local.${local[0]}`;
}

function mentionsOutward(name: string, bodies: readonly Body[], isWanted: (uri: string) => boolean): boolean {
  const mention = new RegExp(`${name.replace(/\W/g, '\\$&')}(?![\\w-])`);
  return bodies
    .filter(({ source }) => isWanted(source.uri))
    .flatMap(({ blocks }) => blocks.flatMap(outward))
    .some(({ source, range }) => mention.test(source.text.slice(range.start, range.end)));
}

function isOutward(name: string): boolean {
  return /route|egress|outbound|network_acl/.test(name);
}

/** What in a block says where traffic goes to. */
function outward(block: Block): readonly Part[] {
  const { attributes, blocks } = block.body;
  const named = [...attributes.values()].filter(({ name }) => isOutward(name));
  if (block.type === 'module') return named;
  if (block.type !== 'resource') return [];
  const [type = ''] = block.labels;
  const isRule = type === 'aws_security_group_rule';
  if (isOutward(type) || (isRule && textOf(block).includes('"egress"'))) return [block];
  return [...named, ...blocks.filter((each) => each.type === 'egress' || each.labels[0] === 'egress')];
}

function textOf({ source, range }: Part): string {
  return source.text.slice(range.start, range.end);
}

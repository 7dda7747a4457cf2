/** A module: the files of one folder, and what the names in them stand for. */
import { evaluate, type Names, type Scope, type Work } from '../hcl/evaluate';
import { folderOf, resolvePath } from '../hcl/paths';
import type { Attribute, Block, Body, Site } from '../hcl/syntax';
import { givenAt, madeText, textOf, unknown, type HclValue } from '../hcl/value';
import { dataValue } from './data-sources';
import { withTypeDefaults } from './type-defaults';

export interface Module {
  /** Its folder, with the slash. */
  readonly folder: string;
  /** `module.x.` where it is called by another one; empty for the one at hand. */
  readonly prefix: string;
  readonly bodies: readonly Body[];
  /** By address: `aws_instance.web`, `data.aws_ami.ubuntu`, `module.vpc`, `var.name`, `output.name`. */
  readonly blocks: ReadonlyMap<string, Block>;
  readonly locals: ReadonlyMap<string, Attribute>;
  readonly scope: Scope;
  readonly configuration: Configuration;
}

/** All that is read together. */
export interface Configuration {
  readonly bodies: readonly Body[];
  /** Files that functions name. */
  readonly files: ReadonlyMap<string, string>;
  readonly work: Work;
}

/** What a module is called with. */
export interface ModuleCall {
  readonly prefix: string;
  argument(name: string): HclValue | undefined;
}

const MAX_MODULE_DEPTH = 4;

export function readModule(folder: string, configuration: Configuration, call?: ModuleCall): Module {
  const bodies = configuration.bodies.filter(({ source }) => folderOf(source.uri) === folder && !isValues(source.uri));
  const blocks = new Map<string, Block>();
  const locals = new Map<string, Attribute>();
  for (const block of bodies.flatMap((body) => body.blocks)) {
    if (block.type === 'locals') for (const [name, attribute] of block.body.attributes) locals.set(name, attribute);
    const address = addressOf(block);
    if (address !== undefined && !blocks.has(address)) blocks.set(address, block);
  }
  const prefix = call?.prefix ?? '';
  // Its names lead back to it. No getter: that of an object literal holds on to what it knows, which is every version of the module, for long after.
  const own: Omit<Module, 'scope'> = { folder, prefix, bodies, blocks, locals, configuration };
  const module = own as Module & { scope: Scope };
  module.scope = { names: namesOf(module, call), bindings: new Map(), work: configuration.work };
  return module;
}

export function isValues(uri: string): boolean {
  return /\.tfvars(?:\.json)?$/.test(uri);
}

export function addressOf({ type, labels: [first = '', second = ''] }: Block): string | undefined {
  switch (type) {
    case 'resource':
      return `${first}.${second}`;
    case 'data':
      return `data.${first}.${second}`;
    case 'module':
      return `module.${first}`;
    case 'variable':
      return `var.${first}`;
    case 'output':
      return `output.${first}`;
    default:
      return undefined;
  }
}

/** Attributes that are there only when the resource is. */
const COMPUTED = /^(?:id|arn|.*_id|.*_arn|.*_ids|.*_arns|owner_id|self_link|json|rendered|content_base64)$/;

/** Attributes by which other resources speak of one. */
const NAME = /^(?:name|key_name)$/;

function namesOf(module: Module, call: ModuleCall | undefined): Names {
  const { blocks, locals, folder, prefix, configuration } = module;
  const known = new Map<string, HclValue>();
  const children = new Map<string, Module | undefined>();
  const running = new Set<string>();
  /** Each name is followed once; one that leads to itself leads nowhere. */
  const once = (key: string, site: Site, make: () => HclValue): HclValue => {
    const found = known.get(key);
    if (found) return found;
    if (running.has(key) || running.size > 100) return unknown(site, `${key} leads to itself`);
    running.add(key);
    try {
      const value = make();
      known.set(key, value);
      return value;
    } finally {
      running.delete(key);
    }
  };
  const variable = (name: string, site: Site): HclValue | undefined => {
    const key = `var.${name}`;
    const declared = blocks.get(key)?.body.attributes;
    const value = (): HclValue => {
      const given = call?.argument(name);
      if (given) return given;
      const set = call ? undefined : valueInFiles(name, module);
      if (set) return withOrigin(evaluate(set.expression, module.scope), `the value of ${key}`);
      const fallback = declared?.get('default');
      if (!fallback) return unknown(site, `${key} has no default`);
      return withOrigin(evaluate(fallback.expression, module.scope), `the default of ${key}`);
    };
    return once(key, site, () => {
      const type = declared?.get('type');
      return type ? withTypeDefaults(value(), type.expression, module.scope) : value();
    });
  };
  const local = (name: string, site: Site): HclValue | undefined => {
    const attribute = locals.get(name);
    if (!attribute) return undefined;
    return once(`local.${name}`, site, () => {
      const value = evaluate(attribute.expression, module.scope);
      return value.origin ? value : withOrigin(value, `local.${name}`);
    });
  };
  const child = (name: string): Module | undefined => {
    if (!children.has(name)) children.set(name, childModule(module, name));
    return children.get(name);
  };
  const resource = (path: readonly string[], offset: number, site: Site): ReturnType<Names['resolve']> => {
    const address = path.slice(0, offset + 2).join('.');
    const block = blocks.get(address);
    const isIndexed =
      block !== undefined && (block.body.attributes.has('count') || block.body.attributes.has('for_each'));
    const index = path[offset + 2];
    const key = isIndexed && index !== undefined ? (/^\d+$/.test(index) ? `[${index}]` : `["${index}"]`) : '';
    const target = prefix + address + key;
    const attributeAt = isIndexed && index !== undefined ? offset + 3 : offset + 2;
    const attribute = path[attributeAt];
    const used = Math.min(path.length, attributeAt + 1);
    if (block && attribute !== undefined) {
      const value = once(`${address}${key}.${attribute}`, site, () => {
        const data = dataValue(block, attribute, module);
        if (data) return data;
        const written = block.body.attributes.get(attribute);
        if (written && !isIndexed && !COMPUTED.test(attribute)) {
          const read = evaluate(written.expression, module.scope);
          // A name that is known later still tells whose it is.
          if (!NAME.test(attribute) || textOf(read) !== undefined) return read;
        }
        return { kind: 'reference', target, attribute, site };
      });
      return { value: value.kind === 'reference' ? { ...value, site } : value, used };
    }
    return { value: { kind: 'reference', target, attribute, site }, used };
  };
  return {
    resolve: (path, site) => {
      const [root = '', name] = path;
      if (root === 'path') {
        if (name === undefined) return undefined;
        return { value: madeText(folder === '' ? '.' : folder.replace(/\/$/, ''), site), used: 2 };
      }
      if (name === undefined) return undefined;
      if (root === 'var' || root === 'local') {
        const value = root === 'var' ? variable(name, site) : local(name, site);
        return (
          value && {
            value: { ...value, site, origin: value.origin ?? { site: value.site, what: `${root}.${name}` } },
            used: 2,
          }
        );
      }
      if (root === 'module') {
        const output = path[2];
        const called = output === undefined ? undefined : child(name);
        const found =
          output === undefined ? undefined : called?.blocks.get(`output.${output}`)?.body.attributes.get('value');
        if (called && found && output !== undefined) {
          const value = once(`module.${name}.${output}`, site, () => evaluate(found.expression, called.scope));
          return { value, used: 3 };
        }
        return {
          value: { kind: 'reference', target: `${prefix}module.${name}`, attribute: output, site },
          used: Math.min(3, path.length),
        };
      }
      if (root === 'data') return path.length < 3 ? undefined : resource(path, 1, site);
      if (/^(?:each|count|self|terraform)$/.test(root)) return undefined;
      return root.includes('_') || blocks.has(`${root}.${name}`) ? resource(path, 0, site) : undefined;
    },
    file: (path) => {
      const uri = resolvePath(folder, path);
      const text = uri === undefined ? undefined : configuration.files.get(uri);
      return uri === undefined || text === undefined ? undefined : { uri, text };
    },
  };
}

function withOrigin(value: HclValue, what: string): HclValue {
  return { ...value, origin: { site: value.site, what } };
}

/** `terraform.tfvars` and `*.auto.tfvars`, which Terraform reads by itself. */
function valueInFiles(name: string, { configuration, folder }: Module): Attribute | undefined {
  const files = configuration.bodies.filter(
    ({ source: { uri } }) =>
      folderOf(uri) === folder && /(?:^|\/)terraform\.tfvars(?:\.json)?$|\.auto\.tfvars(?:\.json)?$/.test(uri),
  );
  // What comes later in the alphabet wins, and the automatic ones over the other.
  const byRank = [...files].sort(
    (a, b) => rank(a.source.uri) - rank(b.source.uri) || (a.source.uri < b.source.uri ? -1 : 1),
  );
  return byRank.findLast(({ attributes }) => attributes.has(name))?.attributes.get(name);
}

function rank(uri: string): number {
  return uri.includes('.auto.') ? 1 : 0;
}

/** One call of a module: of those that `count` and `for_each` make of a block each has its own. */
export interface CalledAs {
  /** `module.x["key"]`, with those that it is in. */
  readonly address: string;
  /** What `each` and `count` stand for in its arguments. */
  readonly scope: Scope;
}

/** The module that a block of this one calls, where it is a folder that was read. */
export function childModule(
  module: Module,
  name: string,
  { address, scope }: CalledAs = { address: `${module.prefix}module.${name}`, scope: module.scope },
): Module | undefined {
  const block = module.blocks.get(`module.${name}`);
  const source = block?.body.attributes.get('source');
  const depth = module.prefix.split('module.').length;
  if (!block || !source || depth > MAX_MODULE_DEPTH) return undefined;
  const path = evaluate(source.expression, module.scope);
  if (path.kind !== 'text' || path.known === undefined || !/^\.{1,2}\//.test(path.known)) return undefined;
  const folder = resolvePath(module.folder, `${path.known}/`);
  if (folder === undefined || folder === module.folder) return undefined;
  const bindings = block.body.attributes.has('count') || block.body.attributes.has('for_each');
  const called = readModule(folder, module.configuration, {
    prefix: `${address}.`,
    argument: (argument) => {
      const attribute = block.body.attributes.get(argument);
      if (!attribute) return undefined;
      const { source, range } = attribute.expression;
      const value = givenAt(evaluate(attribute.expression, scope), { source, range });
      return bindings && value.kind === 'unknown'
        ? value
        : { ...value, origin: value.origin ?? { site: value.site, what: `${argument} of module.${name}` } };
    },
  });
  return called.bodies.length === 0 ? undefined : called;
}

import { isBuiltin } from 'node:module';
import { importsOf, targetOf } from './imports';

/** Which npm packages the engine may use, each with the one file that may import it (DESIGN.md, "Chosen parts"). */
const ENGINE_PARSERS: Readonly<Record<string, string>> = {
  unbash: 'src/engine/shell/syntax.ts',
  yaml: 'src/engine/hosts/tree/yaml.ts',
  'jsonc-parser': 'src/engine/hosts/tree/json.ts',
  ignore: 'src/engine/config/find-configuration.ts',
  'web-tree-sitter': 'src/engine/grammar/grammars.ts',
};

interface Layer {
  /** The npm packages that it may import. */
  readonly packages: RegExp;
  /** The parts of other layers that it may import. */
  readonly parts: readonly string[];
  /** The parts of other layers whose types it may import besides. */
  readonly types: readonly string[];
  /** Which of its files may import `node:` modules. */
  readonly node: RegExp;
  /** A folder of it with parts of other layers that no other of its files may import. */
  readonly apart?: { readonly folder: string; readonly parts: readonly string[] };
}

const NONE = /^$/;
const FACADE = ['src/engine', 'src/engine/index'];
/** For the version that they tell. */
const MANIFEST = 'package.json';
/** Names and types of what the server and its own client say to each other beyond LSP. */
const PROTOCOL = 'src/server/protocol';

const EXPLORER = ['src/explorer', 'src/explorer/index'];
const AWS = ['src/aws', 'src/aws/index'];

const LAYERS: Readonly<Record<string, Layer>> = {
  engine: { packages: NONE, parts: [], types: [], node: NONE },
  server: {
    packages: /^vscode-languageserver(-textdocument)?$/,
    parts: [...FACADE, MANIFEST],
    types: [],
    // What only the Node.js entry loads; the rest also runs in a browser.
    node: /^src\/server\/node(-[a-z-]+)?\.ts$/,
  },
  client: { packages: /^(vscode|vscode-languageclient)$/, parts: [PROTOCOL, ...EXPLORER], types: FACADE, node: NONE },
  aws: {
    packages: /^(@aws-sdk\/.+|@smithy\/.+|write-file-atomic|yaml)$/,
    // Not the whole facade: the parsers of documents need not be in this bundle.
    parts: ['src/engine/judge-resources'],
    types: [...FACADE, 'src/engine/ec2/model', 'src/engine/ec2/datum'],
    node: /./,
  },
  explorer: {
    packages: /^(vscode|p-map)$/,
    // Of the library for AWS only what tells sessions apart and which groups can be deleted; the rest is loaded when it is needed, which the build sees to.
    parts: [PROTOCOL, ...AWS, 'src/aws/identity/session', 'src/aws/security-groups/deletable'],
    types: FACADE,
    node: NONE,
  },
  cli: {
    packages: /^(commander|diff|ignore|p-map|picocolors|write-file-atomic|web-tree-sitter|(.+\/)?tree-sitter-\w+)$/,
    parts: [...FACADE, MANIFEST],
    types: [],
    node: /./,
    // A bundle of its own, loaded by whoever carries a plan out.
    apart: { folder: 'src/cli/enforce/', parts: AWS },
  },
};

/** Why a file's imports break the layering, one sentence each; nothing when they keep to it. */
export function violations(path: string, text: string): string[] {
  const [, name = ''] = path.split('/');
  const layer = LAYERS[name];
  if (layer === undefined) return [`${path}: src/${name} is no layer of ARCHITECTURE.md`];
  return importsOf(path, text).flatMap(({ specifier, typeOnly }) => {
    const target = targetOf(path, specifier);
    const allowed = specifier.startsWith('.')
      ? mayImportFile(layer, name, path, target, typeOnly)
      : mayImportPackage(layer, name, path, target, typeOnly);
    return allowed ? [] : [`${path} must not import ${typeOnly ? 'the types of ' : ''}${specifier}`];
  });
}

function mayImportFile(layer: Layer, name: string, path: string, target: string, typeOnly: boolean): boolean {
  const { apart } = layer;
  if (apart !== undefined && path.startsWith(apart.folder) && apart.parts.includes(target)) return true;
  if (target.startsWith(`src/${name}/`) || target === `src/${name}`) {
    // By its types only, so that a bundle apart stays one.
    return apart === undefined || typeOnly || path.startsWith(apart.folder) || !`${target}/`.startsWith(apart.folder);
  }
  return layer.parts.includes(target) || (typeOnly && layer.types.includes(target));
}

function mayImportPackage(layer: Layer, name: string, path: string, target: string, typeOnly: boolean): boolean {
  if (isBuiltin(target)) {
    const erased = typeOnly && name === 'server';
    return target.startsWith('node:') && (erased || layer.node.test(path));
  }
  if (name === 'engine') return ENGINE_PARSERS[target] === path;
  return layer.packages.test(target);
}

const FORBIDDEN_WORD = /(^|[-_./])(utils?|helpers?|managers?|misc|common)([-_./]|$)/i;

/** Whether a path holds a name that says nothing about what is inside. */
export function isVagueName(path: string): boolean {
  return FORBIDDEN_WORD.test(path);
}

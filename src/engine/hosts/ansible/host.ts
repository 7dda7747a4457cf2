/** Ansible's playbooks and lists of tasks: what their modules give to a shell, the requests that they make themselves, and what they make of EC2. */
import type { Resource } from '../../ec2/model';
import { readCarrier, embedArguments, embedScalar, type Carrier, type Resolve } from '../embedding/carrier';
import { embedFile } from '../embedding/file-entry';
import { embedMode } from '../embedding/file-mode';
import { embedKnownTexts } from '../embedding/known-texts';
import { mentions, namesCredentialFile } from '../embedding/mention';
import { usedVariables } from '../embedding/setup';
import { JINJA, JINJA_IN_TEXTS } from '../embedding/template';
import { isYamlName } from '../embedding/yaml-name';
import type { Embedded, Host, HostDocument } from '../host';
import { compose, scriptBuilder } from '../../text/source-map';
import { get, itemsOf, textOf, walk, type Tree } from '../tree/tree';
import { lookedUp } from './lookups';
import { MODULE_LINE, moduleCall } from './modules';
import { requestsOf } from './requests';
import { EC2_MODULE_LINE, resourcesOf } from './resources';
import { variablesIn } from './variables';

/** The root is a list of plays or tasks. */
const LIST = /^\uFEFF?(?:(?:---|%|\{%|[ \t]*#)[^\n]*\n|[ \t]*\r?\n)*-[ \t\r\n]/;
/** The file itself is rendered before anybody reads it. */
const STATEMENT = /^\{%/m;
const LANGUAGES = new Set(['ansible', 'ansible-jinja']);

function couldMatter(text: string): boolean {
  return mentions(text) || EC2_MODULE_LINE.test(text) || (text.includes('mode') && namesCredentialFile(text));
}

function recognises({ name, text, languageId }: HostDocument): boolean {
  if (!isYamlName(name, languageId) || !couldMatter(text)) return false;
  if (LANGUAGES.has(languageId ?? '')) return true;
  return (MODULE_LINE.test(text) || EC2_MODULE_LINE.test(text)) && LIST.test(text);
}

function carrierOf(document: HostDocument): Carrier {
  return readCarrier(document, STATEMENT.test(document.text) ? JINJA : JINJA_IN_TEXTS);
}

function resources(document: HostDocument): readonly Resource[] {
  return EC2_MODULE_LINE.test(document.text) ? resourcesOf(carrierOf(document), document.text) : [];
}

function documents(document: HostDocument): readonly Embedded[] {
  const carrier = carrierOf(document);
  return carrier.trees.flatMap((tree) => {
    const resolve = variablesIn(tree);
    const found: Embedded[] = [];
    const taken = new Set<Tree>();
    walk(tree, (node) => {
      if (node.kind !== 'map') return true;
      for (const entry of node.entries) {
        const { value } = entry;
        const { kind, named = 0 } = moduleCall(entry) ?? {};
        if (!kind || kind === 'request') continue;
        const read = { cron, copy, command, shell, powershell }[kind];
        const embedded = read(named === 0 ? carrier : without(carrier, named), node, value, resolve);
        if (embedded.length > 0) taken.add(value);
        found.push(...embedded);
      }
      return true;
    });
    const requests = [...requestsOf(carrier, tree, resolve), ...lookedUp(document.text, tree)];
    return [...found, ...requests, ...embedKnownTexts(carrier, tree, (node) => taken.has(node))];
  });
}

/** Texts without their first characters. */
function without(carrier: Carrier, length: number): Carrier {
  return {
    ...carrier,
    piece: (scalar, resolve) => {
      const piece = carrier.piece(scalar, resolve);
      const builder = scriptBuilder(piece.text);
      builder.copy(length, piece.text.length);
      const { text, map } = builder.build();
      return { text, map: compose(map, piece.map) };
    },
  };
}

type Read = (carrier: Carrier, task: Tree, value: Tree, resolve: Resolve) => readonly Embedded[];

/** `shell: TEXT`, `shell: {cmd: TEXT}`, or `args: {cmd: TEXT}`. */
function textIn(task: Tree, value: Tree): Tree | undefined {
  return value.kind === 'scalar' ? value : (get(value, 'cmd') ?? get(task, 'args', 'cmd'));
}

const shell: Read = (carrier, task, value, resolve) => {
  const text = textIn(task, value);
  const executable = textOf(get(value, 'executable') ?? get(task, 'args', 'executable')) ?? '/bin/sh';
  if (/\b(?:pwsh|powershell)/.test(executable)) return powershell(carrier, task, value, resolve);
  if (!/(?:^|\/)(?:ba|da|a|k|z)?sh$/.test(executable)) return [];
  const setup = usedVariables(get(task, 'environment'), textOf(text) ?? '');
  return embedScalar(carrier, text, { languageId: 'shellscript', setup, resolve });
};

const powershell: Read = (carrier, task, value, resolve) =>
  embedScalar(carrier, textIn(task, value), { languageId: 'powershell', resolve });

const command: Read = (carrier, task, value, resolve) => {
  const argv = get(value, 'argv') ?? get(task, 'args', 'argv') ?? (value.kind === 'list' ? value : undefined);
  if (argv) return embedArguments(carrier, itemsOf(argv));
  const text = textIn(task, value);
  // In double quotes Ansible reads backslashes otherwise than a shell.
  const isShell = /^\s*(?:\S*\/)?(?:ba|da|a|k|z)?sh\s+-\w*c\s+'/.test(textOf(text) ?? '');
  return embedScalar(carrier, text, { languageId: 'shellscript', fixed: !isShell, oneLine: true, resolve });
};

const cron: Read = (carrier, _, value, resolve) =>
  embedScalar(carrier, get(value, 'job'), { languageId: 'shellscript', oneLine: true, resolve });

const copy: Read = (carrier, _, value) => {
  const path = textOf(get(value, 'dest') ?? get(value, 'path')) ?? '';
  const recursive = /^(?:true|yes|on)$/i.test(textOf(get(value, 'recurse')) ?? '');
  return [
    ...embedFile(carrier, { path, content: get(value, 'content') }),
    ...embedMode(carrier, path, get(value, 'mode'), { symbolic: true, recursive }),
  ];
};

export const ansible: Host = { label: 'Ansible', recognises, couldMatter, documents, resources };

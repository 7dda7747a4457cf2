/** Terraform and OpenTofu. */
import type { Embedded, Host, HostDocument } from '../host';
import type { Surroundings } from '../surroundings';
import { folderOf } from '../hcl/paths';
import { isConfiguration, readConfiguration, wantedFiles } from './files';
import { readModule, type Module } from './module';
import { isValues } from './module';
import { scriptsOf } from './user-data';
import type { Body } from '../hcl/syntax';

const LANGUAGES = new Set(['terraform', 'opentofu', 'terraform-tofu']);

/** What a rule could want: metadata addresses and credential files, and the resources that rules judge. */
const COULD_MATTER =
  /169\.254|fd00:0?ec2|instance-data|2852039166|0xa9|0251\.|\.aws\b|\.ssh\b|\.pem\b|id_(?:rsa|dsa|ecdsa|ed25519)|user_?data|\binline\b|cloudinit_config|aws_(?:instance|launch|spot|security_group|vpc_security|default_security|network_interface|ebs|snapshot|ami|key_pair|iam_|eip|subnet|autoscaling|ec2_)|(?:security-group|ec2-instance|autoscaling)\b|\bsource\b["\s]*[=:]\s*"\./i;

/** How much of a configuration is followed. */
const EFFORT = 200_000;

export interface Opened {
  readonly body: Body;
  readonly module: Module;
}

let last:
  | {
      readonly text: string;
      readonly files: ReadonlyMap<string, string>;
      readonly name: string;
      readonly opened: Opened | undefined;
    }
  | undefined;

/** The document with the module that it is part of. The same one is asked for its scripts and for its resources. */
export function open(document: HostDocument, { grammars, files }: Surroundings): Opened | undefined {
  const { name, text } = document;
  if (last?.text === text && last.files === files && last.name === name && last.opened) return last.opened;
  const body = readConfiguration(text, name, grammars);
  if (!body) return undefined;
  const bodies = [body];
  for (const [uri, content] of files) {
    if (uri === name || !(isConfiguration(uri) || isValues(uri))) continue;
    const other = readConfiguration(content, uri, grammars);
    if (other) bodies.push(other);
  }
  const module = readModule(folderOf(name), { bodies, files, work: { left: EFFORT, depth: 0 } });
  const opened = { body, module };
  last = { text, files, name, opened };
  return opened;
}

export const terraform: Host = {
  label: 'Terraform configuration',
  grammar: 'hcl',
  recognises: ({ name, languageId }) => isConfiguration(name) || LANGUAGES.has(languageId ?? ''),
  couldMatter: (text) => COULD_MATTER.test(text),
  wants: wantedFiles,
  documents: (document, surroundings): readonly Embedded[] => {
    const opened = open(document, surroundings);
    return opened ? scriptsOf(document, opened.body, opened.module) : [];
  },
};

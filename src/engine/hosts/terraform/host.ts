/** Terraform and OpenTofu. */
import type { Resource } from '../../ec2/model';
import type { Embedded, Host } from '../host';
import { isConfiguration, wantedFiles } from './files';
import { isValues } from './module';
import { openConfiguration } from './open';
import { resourcesOf } from './resources';
import { scriptsOf } from './user-data';

const LANGUAGES = new Set(['terraform', 'opentofu', 'terraform-tofu']);

/** What a rule could want: metadata addresses and credential files, and the resources that rules judge. */
const COULD_MATTER =
  /169\.254|fd00:0?ec2|instance-data|2852039166|0xa9|0251\.|\.aws\b|\.ssh\b|\.pem\b|id_(?:rsa|dsa|ecdsa|ed25519)|user_?data|\binline\b|cloudinit_config|aws_(?:instance|launch|spot|security_group|vpc_security|default_security|network_interface|ebs|snapshot|ami|key_pair|iam_|eip|subnet|autoscaling|ec2_)|security_group_(?:(?:ingress|additional)_)?rules|(?:security-group|ec2-instance|autoscaling)\b|\bsource\b["\s]*[=:]\s*"\./i;

function isPart(uri: string): boolean {
  return isConfiguration(uri) || isValues(uri);
}

export const terraform: Host = {
  label: 'Terraform configuration',
  recognises: ({ name, languageId }) => isConfiguration(name) || LANGUAGES.has(languageId ?? ''),
  couldMatter: (text) => COULD_MATTER.test(text),
  wants: wantedFiles,
  documents: (document, surroundings): readonly Embedded[] => {
    const opened = openConfiguration(document, surroundings, isPart);
    return opened ? scriptsOf(document, opened.body, opened.module) : [];
  },
  resources: (document, surroundings): readonly Resource[] => {
    const opened = openConfiguration(document, surroundings, isPart);
    return opened ? resourcesOf(opened.body, opened.module) : [];
  },
};

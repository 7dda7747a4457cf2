// What mostly stands in files of its own, and now and then does not.

/** @typedef {import('../terraform.mjs').Part} Part */

/** @type {Part} */
export const declared = (n) =>
  [
    ['instance_type', 'The type of the instances', 'string', '"t3.small"'],
    ['allowed_cidr_blocks', 'From where SSH is allowed', 'list(string)', '["10.0.0.0/8"]'],
    ['service_ports', 'The ports of the service', 'list(number)', '[8080, 8443]'],
    ['environment', 'The stage', 'string', '"staging"'],
  ]
    .map(
      ([name, description, type, value]) => `variable "${name}_${n}" {
  description = "${description}"
  type        = ${type}
  default     = ${value}
}
`,
    )
    .join('\n');

/** @type {Part} */
export const providers = (n) => `provider "aws" {
  alias  = "part_${n}"
  region = var.region

  default_tags {
    tags = local.tags
  }
}

output "part_${n}_region" {
  value = var.region
}
`;

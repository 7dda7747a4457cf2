import type { RuleMeta } from '../../src/engine';
import { DEFAULT_SETTINGS } from '../../src/engine';

/** The JSON schema of `.ec2-warden.yaml`, for completion and checks by YAML extensions: generated from the engine's registry. */
export function configurationSchema(rules: readonly RuleMeta[]): object {
  const { managementPorts, publicPorts, widePortRange } = DEFAULT_SETTINGS.network;
  const port = { type: 'integer', minimum: 0, maximum: 65_535 };
  const ports = (description: string, standard: readonly number[]): object => ({
    type: ['array', 'null'],
    items: port,
    default: standard,
    description,
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'EC2 Warden',
    description: 'What EC2 Warden reports in the files below this folder, in the editor and on the command line.',
    type: ['object', 'null'],
    additionalProperties: false,
    properties: {
      rules: {
        type: ['object', 'null'],
        description: 'How serious the findings of each rule are.',
        additionalProperties: false,
        properties: Object.fromEntries(
          rules.map(({ id, title, severity, url }) => [
            id,
            {
              enum: ['error', 'warning', 'information', 'hint', 'off'],
              default: severity,
              // The settings of VS Code have the rest; twice in the package it weighs too much.
              description: `${title}. ${url}`,
            },
          ]),
        ),
      },
      ignore: {
        type: ['array', 'null'],
        items: { type: 'string' },
        description: 'Files to leave out: patterns as in .gitignore, from the folder of this file.',
      },
      ports: {
        type: ['object', 'null'],
        description: 'Which ports may be open, and to whom.',
        additionalProperties: false,
        properties: {
          management: ports('Ports of services that administer a host.', managementPorts),
          public: ports('Ports that may be open to the internet.', publicPorts),
          wideRange: {
            type: 'integer',
            minimum: 1,
            maximum: 65_536,
            default: widePortRange,
            description: 'A range of more ports than this is wide.',
          },
        },
      },
      trustedCidrs: {
        type: ['array', 'null'],
        items: { type: 'string', pattern: '^[0-9a-fA-F.:]+/(?!0+$)[0-9]{1,3}$' },
        description: 'Address blocks from which anything may come, in CIDR notation: 203.0.113.0/24.',
      },
      tokenTtlSeconds: {
        type: 'integer',
        minimum: 1,
        maximum: 21_600,
        default: DEFAULT_SETTINGS.tokenTtlSeconds,
        description: 'How many seconds a metadata token lives that a fix requests.',
      },
    },
  };
}

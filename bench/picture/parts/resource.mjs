// What the parts of CloudFormation templates are written with.
import { TYPICAL, randomFrom, userData } from '../../user-data.mjs';
import { findInMap, join, ref, sub, when } from './functions.mjs';

/**
 * @typedef {Readonly<Record<string, unknown>>} Section
 * @typedef {{ Parameters?: Section, Conditions?: Section, Mappings?: Section, Resources: Section, Outputs?: Section }} Part
 * @typedef {'yaml' | 'json'} Language
 * @typedef {(n: number, vary: Vary, language: Language) => Part} MakePart `n` is a number of its own in the template
 */

/**
 * How one template differs from the next that is made of the same parts.
 * @typedef {object} Vary
 * @property {number} seed
 * @property {<T>(list: readonly T[], least: number, most: number) => T[]} some so many of them, from one of them on
 */

/** @param {number} seed @returns {Vary} */
export function variation(seed) {
  const random = randomFrom(seed);
  return {
    seed,
    some: (list, least, most) => {
      const count = least + Math.floor(random() * (Math.min(most, list.length) - least + 1));
      const first = Math.floor(random() * list.length);
      return [...list.slice(first), ...list.slice(0, first)].slice(0, count);
    },
  };
}

/** Up to six tags in any order. @param {unknown} name @param {Vary} vary */
export const tagged = (name, { some }) =>
  some(
    [
      { Key: 'Name', Value: name },
      { Key: 'Environment', Value: ref('Environment') },
      { Key: 'ManagedBy', Value: 'cloudformation' },
      { Key: 'Stack', Value: sub('${AWS::StackName}-${AWS::Region}') },
      { Key: 'Backup', Value: when('IsProduction', 'daily', 'never') },
      { Key: 'CostCenter', Value: findInMap('Costs', ref('Environment'), 'Center') },
      { Key: 'Application', Value: ref('AWS::StackName') },
    ],
    1,
    6,
  );

/** @param {string} type @param {unknown} properties @param {Readonly<Record<string, unknown>>} [more] */
export const resource = (type, properties, more) => ({ Type: type, ...more, Properties: properties });

/** @param {string} service */
export const trust = (service) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: [service] }, Action: ['sts:AssumeRole'] }],
});

/** @param {readonly string[]} actions @param {unknown} resources */
export const allow = (actions, resources) => ({ Effect: 'Allow', Action: actions, Resource: resources });

/**
 * A script as each language has it: a block, or lines that are joined.
 * @param {number} lines
 * @param {number} seed
 * @param {Language} language
 */
export function scriptOf(lines, seed, language) {
  const script = userData(lines, seed, TYPICAL);
  return {
    'Fn::Base64':
      language === 'yaml'
        ? sub(script.replaceAll('${', '${!'))
        : join(
            '',
            script
              .trimEnd()
              .split('\n')
              .map((line) => `${line}\n`),
          ),
  };
}

/** @param {number} port @param {unknown} from @param {string} description */
export const tcp = (port, from, description) => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  CidrIp: from,
  Description: description,
});

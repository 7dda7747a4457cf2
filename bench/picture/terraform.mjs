// Configurations of Terraform, made by us of parts until they are as long as a public one: the same index always gives the same configuration. Variables
// mostly stand in a file of their own, and so it is here: the files refer to many that they do not declare.
import { addresses, hosts, images, launchTemplates } from './terraform-parts/hosts.mjs';
import {
  alarms,
  buckets,
  database,
  distribution,
  labels,
  policies,
  registryModule,
  roles,
} from './terraform-parts/around.mjs';
import { groups, ingressRules, networks, rules } from './terraform-parts/network.mjs';
import { declared, providers } from './terraform-parts/declared.mjs';
import { grown } from './grow.mjs';

/** @typedef {(n: number, seed: number) => string} Part `n` is a number of its own in the file */

/** How many there are of each part for a hundred of all, by the kinds of resources in public files. @type {readonly (readonly [Part, number])[]} */
const PARTS = [
  [groups, 9],
  [registryModule, 19],
  [labels, 9],
  [roles, 7],
  [hosts, 6],
  [rules, 5],
  [ingressRules, 3],
  [policies, 4],
  [alarms, 5],
  [database, 5],
  [distribution, 4],
  [launchTemplates, 3],
  [networks, 3],
  [buckets, 3],
  [images, 4],
  [addresses, 3],
  [declared, 3],
  [providers, 4],
];

/**
 * A configuration that is about so long.
 * @param {number} index what it is made of
 * @param {number} bytes
 */
export const terraform = (index, bytes) =>
  grown(
    PARTS,
    index,
    bytes,
    (make, n) => make(n, index),
    (parts) => parts.join('\n'),
  );

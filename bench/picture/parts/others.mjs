// The long tail: in 154 public templates there were 193 types of resources, three quarters of them in three templates or fewer.
import { APPLICATIONS } from './others/applications.mjs';
import { DATA } from './others/data.mjs';
import { EDGE } from './others/edge.mjs';
import { resource } from './resource.mjs';

/**
 * @typedef {import('./resource.mjs').MakePart} MakePart
 * @typedef {import('./resource.mjs').Vary} Vary
 * @typedef {Readonly<Record<string, (n: number, vary: Vary) => unknown>>} PropertiesOf
 */

const TYPES = Object.entries({ ...APPLICATIONS, ...DATA, ...EDGE });

/** Up to four of them. @type {MakePart} */
export const others = (n, vary) => ({
  Resources: Object.fromEntries(
    vary
      .some(TYPES, 1, 4)
      .map(([type, propertiesOf], index) => [
        `${type.replace(/^\w+::|::/g, '')}${n}${'ABCD'[index] ?? ''}`,
        resource(type, propertiesOf(n, vary)),
      ]),
  ),
});

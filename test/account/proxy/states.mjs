/** @typedef {import('./proxy.mjs').Rule} Rule */

/** Codes of `InstanceState`: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html */
const CODES = { pending: 0, running: 16, 'shutting-down': 32, terminated: 48, stopping: 64, stopped: 80 };

/**
 * Shows instances in states that pass, which moto leaves at once.
 * @param {ReadonlyMap<string, keyof typeof CODES>} states by the instances' ids; asked at each call
 * @returns {Rule}
 */
export function instanceStates(states) {
  return (call, forward) =>
    call.action === 'DescribeInstances' && states.size > 0
      ? forward().then((reply) => ({ ...reply, body: Buffer.from(withStates(reply.body.toString('utf8'), states)) }))
      : undefined;
}

/** @param {string} xml @param {ReadonlyMap<string, keyof typeof CODES>} states */
export function withStates(xml, states) {
  return xml.replaceAll(
    /(<instanceId>(i-[0-9a-f]+)<\/instanceId>(?:(?!<instanceId>)[^])*?<instanceState>)[^]*?(<\/instanceState>)/g,
    (
      /** @type {string} */ whole,
      /** @type {string} */ before,
      /** @type {string} */ id,
      /** @type {string} */ after,
    ) => {
      const state = states.get(id);
      return state === undefined ? whole : `${before}<code>${CODES[state]}</code><name>${state}</name>${after}`;
    },
  );
}

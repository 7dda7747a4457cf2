import { listOf } from './call.mjs';
import { readList } from './paging.mjs';
import { ec2Reply, errorReply } from './reply.mjs';

/** @typedef {import('./proxy.mjs').Rule} Rule */

/**
 * An account of any size: the instances that are there, over and over, each time with ids, addresses and a name of its own. Pages are made once.
 * @param {{ count: number, region: string, account: string, waitMs?: number }} what `waitMs` before the first byte of each page
 * @returns {Rule}
 */
export function replayInstances({ count, region, account, waitMs = 0 }) {
  /** @type {Promise<readonly string[]> | undefined} */
  let templates;
  /** @type {Map<string, Buffer>} */
  const made = new Map();

  /** @type {Rule} */
  return (call, forward) => {
    if (call.action !== 'DescribeInstances' || call.region !== region || call.account !== account) return undefined;
    templates ??= forward(new URLSearchParams({ Action: 'DescribeInstances', Version: '2016-11-15' })).then(
      (reply) => readList(reply.body.toString('utf8'), 'reservationSet')?.items ?? [],
    );
    return templates.then((items) => {
      const asked = listOf(call.parameters, 'InstanceId').map(numberOf);
      if (asked.some((number) => number === undefined || number >= count)) {
        const message = `The instance ID does not exist`;
        return errorReply(call, { status: 400, code: 'InvalidInstanceID.NotFound', message });
      }
      if (asked.length > 0) return reservations(asked.map((number) => copy(items, number ?? 0)));
      const size = Number(call.parameters.get('MaxResults') ?? 1000);
      const from = Number(call.parameters.get('NextToken') ?? 0);
      const key = `${from}+${size}`;
      const end = Math.min(count, from + size);
      const body =
        made.get(key) ??
        reservations(
          Array.from({ length: end - from }, (_, index) => copy(items, from + index)),
          end < count ? String(end) : undefined,
        ).body;
      if (count <= 20_000) made.set(key, body);
      return { status: 200, headers: { 'content-type': 'text/xml;charset=UTF-8' }, body, waitMs };
    });
  };
}

/** @param {readonly string[]} items @param {string} [next] */
function reservations(items, next) {
  const token = next === undefined ? '' : `<nextToken>${next}</nextToken>`;
  return ec2Reply('DescribeInstances', `<reservationSet>${items.join('')}</reservationSet>${token}`);
}

/** One of them, with a number in all that has to differ. @param {readonly string[]} templates @param {number} number */
function copy(templates, number) {
  const hex = number.toString(16).padStart(8, '0');
  const address = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
  const template = templates[number % templates.length] ?? '';
  return template
    .replaceAll(/\bi-[0-9a-f]{17}\b/g, `i-0000bead0${hex}`)
    .replaceAll(/\b(eni|vol|eni-attach|r)-[0-9a-f]{9}([0-9a-f]{8})\b/g, (_, kind, rest) => `${kind}-0${hex}${rest}`)
    .replaceAll(/<privateIpAddress>[^<]*</g, `<privateIpAddress>${address}<`)
    .replace(/(<key>Name<\/key>\s*<value>[^<]*)/, `$1-${number}`);
}

/** @param {string} id */
function numberOf(id) {
  const [, hex] = /^i-0000bead0([0-9a-f]{8})$/.exec(id) ?? [];
  return hex === undefined ? undefined : Number.parseInt(hex, 16);
}

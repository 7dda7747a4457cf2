import { randomUUID } from 'node:crypto';
import { errorReply } from './reply.mjs';

/** @typedef {import('./call.mjs').Call} Call */
/** @typedef {import('./reply.mjs').Reply} Reply */
/** @typedef {import('./proxy.mjs').Rule} Rule */

/** The elements `<item>` right below an element, as text. @param {string} inner what is inside of the element */
export function itemsOf(inner) {
  /** @type {string[]} */
  const items = [];
  let depth = 0;
  let start = 0;
  for (const match of inner.matchAll(/<item>|<\/item>|<item\/>/g)) {
    if (match[0] === '<item>') {
      if (depth === 0) start = match.index;
      depth += 1;
    } else if (match[0] === '</item>') {
      depth -= 1;
      if (depth === 0) items.push(inner.slice(start, match.index + match[0].length));
    }
  }
  return items;
}

/**
 * An answer that is a list, taken apart.
 * @typedef {object} List
 * @property {string} before all that comes before the items
 * @property {string[]} items
 * @property {string} after
 */

/** @param {string} xml @param {string} set the name of the list's element @returns {List | undefined} */
export function readList(xml, set) {
  const open = xml.indexOf(`<${set}>`);
  const close = xml.lastIndexOf(`</${set}>`);
  if (open < 0 || close < open) return undefined;
  const from = open + set.length + 2;
  return { before: xml.slice(0, from), items: itemsOf(xml.slice(from, close)), after: xml.slice(close) };
}

/** How many lists are kept for their next pages. */
const KEPT = 40;

/**
 * Cuts a list that moto gives as a whole into pages. A list that was begun is gone through as it was then.
 * @param {{ action: string, set: string, least: number, most: number }} what the limits of `MaxResults`
 * @returns {Rule}
 */
export function paged({ action, set, least, most }) {
  /** @type {Map<string, List>} */
  const begun = new Map();
  return (call, forward) => {
    if (call.action !== action || call.service !== 'ec2') return undefined;
    const size = call.parameters.get('MaxResults');
    const token = call.parameters.get('NextToken');
    if (size === null && token === null) return undefined;
    const refusal = refusalOf(call, { size: size === null ? most : Number(size), least, most });
    if (refusal !== undefined) return refusal;
    return page(call, forward, Math.min(size === null ? most : Number(size), most), token);
  };

  /**
   * @param {Call} call
   * @param {(changed?: URLSearchParams) => Promise<Reply>} forward
   * @param {number} size
   * @param {string | null} token
   * @returns {Promise<Reply>}
   */
  async function page(call, forward, size, token) {
    const [id = randomUUID(), offset = '0'] = token === null ? [] : token.split(':');
    if (token === null) {
      const whole = new URLSearchParams([...call.parameters].filter(([name]) => name !== 'MaxResults'));
      const reply = await forward(whole);
      const list = readList(reply.body.toString('utf8'), set);
      if (reply.status !== 200 || list === undefined) return reply;
      begun.set(id, list);
      for (const old of [...begun.keys()].slice(0, -KEPT)) begun.delete(old);
    }
    const list = begun.get(id);
    if (list === undefined) {
      return errorReply(call, {
        status: 400,
        code: 'InvalidParameterValue',
        message: 'Unable to parse pagination token',
      });
    }
    const end = Number(offset) + size;
    const next = end < list.items.length ? `<nextToken>${id}:${end}</nextToken>` : '';
    const shown = list.items.slice(Number(offset), end).join('');
    const body = Buffer.from(list.before + shown + list.after.replace(`</${set}>`, `</${set}>${next}`));
    return { status: 200, headers: { 'content-type': 'text/xml;charset=UTF-8' }, body };
  }
}

/** @param {Call} call @param {{ size: number, least: number, most: number }} limits @returns {Reply | undefined} */
function refusalOf(call, { size, least, most }) {
  if (call.action === 'DescribeInstances' && call.parameters.has('InstanceId.1') && call.parameters.has('MaxResults')) {
    const message = 'The parameter instancesSet cannot be used with the parameter maxResults';
    return errorReply(call, { status: 400, code: 'InvalidParameterCombination', message });
  }
  if (size >= least && size <= most) return undefined;
  const message = `Value ( ${size} ) for parameter maxResults is invalid. Expecting a value between ${least} and ${most}.`;
  return errorReply(call, { status: 400, code: 'InvalidParameterValue', message });
}

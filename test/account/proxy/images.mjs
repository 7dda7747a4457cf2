// `ImdsSupport` of images, which moto neither keeps nor shows.
import { errorReply, ec2Reply } from './reply.mjs';
import { readList } from './paging.mjs';

/** @typedef {import('./call.mjs').Call} Call */
/** @typedef {import('./proxy.mjs').Rule} Rule */

/** Set to `v2.0` by ModifyImageAttribute or RegisterImage, for good. @returns {Rule} */
export function imdsSupport() {
  /** @type {Set<string>} */
  const known = new Set();
  /** @param {Call} call @param {string} id */
  const keyOf = ({ account, region }, id) => `${account} ${region} ${id}`;

  return (call, forward) => {
    if (call.service !== 'ec2') return undefined;
    const { parameters } = call;
    if (call.action === 'ModifyImageAttribute' && parameters.has('ImdsSupport.Value')) {
      const value = parameters.get('ImdsSupport.Value');
      if (value !== 'v2.0') {
        const message = `Invalid value '${String(value)}' for imdsSupport`;
        return errorReply(call, { status: 400, code: 'InvalidParameterValue', message });
      }
      if (parameters.get('DryRun') === 'true') {
        const message = 'Request would have succeeded, but DryRun flag is set.';
        return errorReply(call, { status: 412, code: 'DryRunOperation', message });
      }
      known.add(keyOf(call, parameters.get('ImageId') ?? ''));
      return ec2Reply(call.action, '<return>true</return>');
    }
    if (call.action === 'RegisterImage' && parameters.get('ImdsSupport') === 'v2.0') {
      return forward().then((reply) => {
        const [, id] = /<imageId>([^<]+)</.exec(reply.body.toString('utf8')) ?? [];
        if (id !== undefined) known.add(keyOf(call, id));
        return reply;
      });
    }
    if (call.action !== 'DescribeImages' || known.size === 0) return undefined;
    return forward().then((reply) => {
      const list = readList(reply.body.toString('utf8'), 'imagesSet');
      if (reply.status !== 200 || list === undefined) return reply;
      const items = list.items.map((item) => {
        const [, id = ''] = /<imageId>([^<]+)</.exec(item) ?? [];
        return known.has(keyOf(call, id)) ? item.replace('<item>', '<item><imdsSupport>v2.0</imdsSupport>') : item;
      });
      return { ...reply, body: Buffer.from(list.before + items.join('') + list.after) };
    });
  };
}

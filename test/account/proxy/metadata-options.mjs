// ModifyInstanceMetadataOptions and what DescribeInstances shows of it, as AWS documents them; moto forgets options, checks nothing and is done at once.
import { itemsOf } from './paging.mjs';
import { errorReply } from './reply.mjs';

/** @typedef {import('./call.mjs').Call} Call */
/** @typedef {import('./reply.mjs').Reply} Reply */
/** @typedef {import('./proxy.mjs').Rule} Rule */

/** How many looks at an instance show a change as `pending`. */
const PENDING_LOOKS = 2;

/** Parameters, the elements that show them, and what they may be: API_ModifyInstanceMetadataOptions. */
const OPTIONS = /** @type {const} */ ([
  ['HttpTokens', 'httpTokens', /^(optional|required)$/],
  ['HttpPutResponseHopLimit', 'httpPutResponseHopLimit', /^([1-9]|[1-5]\d|6[0-4])$/],
  ['HttpEndpoint', 'httpEndpoint', /^(enabled|disabled)$/],
  ['HttpProtocolIpv6', 'httpProtocolIpv6', /^(enabled|disabled)$/],
  ['InstanceMetadataTags', 'instanceMetadataTags', /^(enabled|disabled)$/],
]);

/** Where the answers to a change are about one instance, in one account and region. @param {Call} call @param {string} id */
const keyOf = ({ account, region }, id) => `${account} ${region} ${id}`;

/** The instances of an answer, each as it is written, mapped. @param {string} xml @param {(instance: string, id: string) => string} change */
function mapInstances(xml, change) {
  return xml.replaceAll(/(<instancesSet>)([^]*?)(<\/instancesSet>)/g, (_whole, open, inner, close) => {
    const items = itemsOf(String(inner)).map((item) => change(item, /<instanceId>([^<]*)</.exec(item)?.[1] ?? ''));
    return `${String(open)}${items.join('')}${String(close)}`;
  });
}

/** @param {string} instance */
const stateOf = (instance) => /<instanceState>[^]*?<name>([^<]*)</.exec(instance)?.[1] ?? '';

/** @param {string} xml DescribeInstances @param {string} id @returns {string | undefined} */
function findInstance(xml, id) {
  /** @type {string | undefined} */
  let found;
  mapInstances(xml, (instance, own) => {
    if (own === id) found = instance;
    return instance;
  });
  return found;
}

/** @param {Call} call @returns {Reply | undefined} */
function refusalOfValues(call) {
  for (const [parameter, , allowed] of OPTIONS) {
    const value = call.parameters.get(parameter);
    if (value === null || allowed.test(value)) continue;
    const message = `Invalid value '${value}' for ${parameter}`;
    return errorReply(call, { status: 400, code: 'InvalidParameterValue', message });
  }
  return undefined;
}

/** To be put before what shows instances in other states than moto has them in. @returns {Rule} */
export function metadataOptions() {
  /** How many looks are still to show `pending`. @type {Map<string, number>} */
  const pending = new Map();

  /** @param {Call} call @param {(changed?: URLSearchParams) => Promise<Reply>} forward @returns {Promise<Reply>} */
  async function modify(call, forward) {
    const id = call.parameters.get('InstanceId') ?? '';
    const wrong = refusalOfValues(call);
    if (wrong !== undefined) return wrong;
    const now = findInstance(await describe(call, forward, id), id);
    if (now === undefined) {
      const message = `The instance ID '${id}' does not exist`;
      return errorReply(call, { status: 400, code: 'InvalidInstanceID.NotFound', message });
    }
    const state = stateOf(now);
    if (state === 'terminated' || state === 'shutting-down') {
      const message = `The instance '${id}' is not in a state from which its metadata options can be modified: ${state}`;
      return errorReply(call, { status: 400, code: 'IncorrectInstanceState', message });
    }
    if (call.parameters.get('DryRun') === 'true') {
      const message = 'Request would have succeeded, but DryRun flag is set.';
      return errorReply(call, { status: 412, code: 'DryRunOperation', message });
    }
    return inTurn(keyOf(call, id), () => change(call, forward, id));
  }

  /** Changes of one instance, one after the other: what each leaves out it keeps from what is there then. @type {Map<string, Promise<unknown>>} */
  const turns = new Map();
  /** @param {string} key @param {() => Promise<Reply>} work @returns {Promise<Reply>} */
  function inTurn(key, work) {
    const mine = (turns.get(key) ?? Promise.resolve()).then(work, work);
    turns.set(key, mine);
    return mine;
  }

  /** @param {Call} call @param {(changed?: URLSearchParams) => Promise<Reply>} forward @param {string} id @returns {Promise<Reply>} */
  async function change(call, forward, id) {
    const now = findInstance(await describe(call, forward, id), id) ?? '';
    const whole = new URLSearchParams(call.parameters);
    for (const [parameter, element] of OPTIONS) {
      const [, value] = new RegExp(`<${element}>([^<]*)</${element}>`).exec(now) ?? [];
      if (value !== undefined && !whole.has(parameter)) whole.set(parameter, value);
    }
    const reply = await forward(whole);
    pending.set(keyOf(call, id), PENDING_LOOKS);
    return withText(reply, (xml) => xml.replace(/<state>applied<\/state>/, '<state>pending</state>'));
  }

  return (call, forward) => {
    if (call.service !== 'ec2') return undefined;
    if (call.action === 'ModifyInstanceMetadataOptions') return modify(call, forward);
    if (call.action !== 'DescribeInstances' || pending.size === 0) return undefined;
    return forward().then((reply) => withText(reply, (xml) => showPending(call, xml)));
  };

  /** One that is stopped stays as it is: the change applies when it starts. @param {Call} call @param {string} xml */
  function showPending(call, xml) {
    return mapInstances(xml, (instance, id) => {
      const left = pending.get(keyOf(call, id)) ?? 0;
      if (left === 0) return instance;
      if (stateOf(instance) === 'running') pending.set(keyOf(call, id), left - 1);
      return instance.replace(/(<metadataOptions>[^]*?<state>)applied</, '$1pending<');
    });
  }
}

/** The instance as moto has it. @param {Call} call @param {(changed?: URLSearchParams) => Promise<Reply>} forward @param {string} id */
async function describe(call, forward, id) {
  const version = call.parameters.get('Version') ?? '2016-11-15';
  const reply = await forward(
    new URLSearchParams({
      Action: 'DescribeInstances',
      Version: version,
      'Filter.1.Name': 'instance-id',
      'Filter.1.Value.1': id,
    }),
  );
  return reply.body.toString('utf8');
}

/** @param {Reply} reply @param {(text: string) => string} change @returns {Reply} */
function withText(reply, change) {
  return reply.status === 200 ? { ...reply, body: Buffer.from(change(reply.body.toString('utf8'))) } : reply;
}

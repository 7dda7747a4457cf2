// DeleteSecurityGroup and ModifyNetworkInterfaceAttribute, as AWS documents them; moto deletes what is in use, and an instance keeps the groups that it was started with.
import { listOf } from './call.mjs';
import { errorReply } from './reply.mjs';

/** @typedef {import('./call.mjs').Call} Call */
/** @typedef {import('./reply.mjs').Reply} Reply */
/** @typedef {import('./proxy.mjs').Rule} Rule */
/** @typedef {(changed?: URLSearchParams) => Promise<Reply>} Forward */

/** What another question is answered with, as text. @param {Call} call @param {Forward} forward @param {Record<string, string>} parameters */
async function ask(call, forward, parameters) {
  const version = call.parameters.get('Version') ?? '2016-11-15';
  const reply = await forward(new URLSearchParams({ Version: version, ...parameters }));
  return reply.body.toString('utf8');
}

/** @param {string} action @param {string} name @param {string} value */
const filtered = (action, name, value) => ({ Action: action, 'Filter.1.Name': name, 'Filter.1.Value.1': value });

/** Whether an answer has other groups than this one: it may name itself. @param {string} xml @param {string} id */
const hasOthers = (xml, id) =>
  [...xml.matchAll(/security-group\/(sg-[^<]*)<\/securityGroupArn>/g)].some(([, own]) => own !== id);

/** @param {Call} call @param {Forward} forward @returns {Promise<Reply>} */
async function remove(call, forward) {
  const id = call.parameters.get('GroupId') ?? '';
  const found = await ask(call, forward, filtered('DescribeSecurityGroups', 'group-id', id));
  if (!found.includes('<groupName>')) {
    const message = `The security group '${id}' does not exist`;
    return errorReply(call, { status: 400, code: 'InvalidGroup.NotFound', message });
  }
  if (found.includes('<groupName>default<')) {
    const message = `the specified group: "${id}" name: "default" cannot be deleted by a user`;
    return errorReply(call, { status: 400, code: 'CannotDelete', message });
  }
  const interfaces = await ask(call, forward, filtered('DescribeNetworkInterfaces', 'group-id', id));
  const naming = await Promise.all(
    ['ip-permission.group-id', 'egress.ip-permission.group-id'].map((name) =>
      ask(call, forward, filtered('DescribeSecurityGroups', name, id)),
    ),
  );
  if (interfaces.includes('<networkInterfaceId>') || naming.some((xml) => hasOthers(xml, id))) {
    const message = `resource ${id} has a dependent object`;
    return errorReply(call, { status: 400, code: 'DependencyViolation', message });
  }
  return forward();
}

/** Groups that are there, and then on the instance, too, where the interface is its first. @param {Call} call @param {Forward} forward @returns {Promise<Reply>} */
async function modify(call, forward) {
  const groups = listOf(call.parameters, 'SecurityGroupId');
  for (const id of groups) {
    const found = await ask(call, forward, filtered('DescribeSecurityGroups', 'group-id', id));
    if (found.includes('<groupName>')) continue;
    const message = `The security group '${id}' does not exist`;
    return errorReply(call, { status: 400, code: 'InvalidGroup.NotFound', message });
  }
  const reply = await forward();
  if (reply.status !== 200) return reply;
  const id = call.parameters.get('NetworkInterfaceId') ?? '';
  const now = await ask(call, forward, filtered('DescribeNetworkInterfaces', 'network-interface-id', id));
  const [, instance] = /<attachment>[^]*?<instanceId>([^<]+)</.exec(now) ?? [];
  if (instance === undefined || !now.includes('<deviceIndex>0<')) return reply;
  const own = Object.fromEntries(groups.map((group, index) => [`GroupId.${index + 1}`, group]));
  await ask(call, forward, { Action: 'ModifyInstanceAttribute', InstanceId: instance, ...own });
  return reply;
}

/** @returns {Rule} */
export function securityGroups() {
  return (call, forward) => {
    if (call.service !== 'ec2' || call.parameters.get('DryRun') === 'true') return undefined;
    if (call.action === 'DeleteSecurityGroup') return remove(call, forward);
    const isOfGroups = listOf(call.parameters, 'SecurityGroupId').length > 0;
    return call.action === 'ModifyNetworkInterfaceAttribute' && isOfGroups ? modify(call, forward) : undefined;
  };
}

// Launch templates as AWS documents them: pages, versions made of others, versions deleted. Moto cuts lists off, ignores `SourceVersion` and cannot delete a version.
import { listOf } from './call.mjs';
import { paged, itemsOf, readList } from './paging.mjs';
import { ec2Reply, errorReply } from './reply.mjs';

/** @typedef {import('./call.mjs').Call} Call */
/** @typedef {import('./reply.mjs').Reply} Reply */
/** @typedef {import('./proxy.mjs').Rule} Rule */
/** @typedef {(changed?: URLSearchParams) => Promise<Reply>} Forward */

/** moto takes 15 for granted. */
const ALL = '1000000';

/** @param {{ action: string, set: string }} what @returns {Rule} */
export function pagedTemplates({ action, set }) {
  const cut = paged({ action, set, least: 1, most: 200 });
  return (call, forward) => {
    if (call.action !== action || call.service !== 'ec2') return undefined;
    /** @param {URLSearchParams} [changed] */
    const whole = (changed = call.parameters) => {
      const parameters = new URLSearchParams([...changed].filter(([name]) => name !== 'NextToken'));
      parameters.set('MaxResults', ALL);
      return forward(parameters);
    };
    return cut(call, whole) ?? whole();
  };
}

/** @param {string} xml @param {string} element the first of its name */
const textOf = (xml, element) => new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1] ?? '';

/** The elements right inside of a text of XML: names, and what is in them. @param {string} xml @returns {[string, string][]} */
export function childrenOf(xml) {
  /** @type {[string, string][]} */
  const children = [];
  let at = 0;
  for (;;) {
    const open = /<(\w+)(\/?)>/g;
    open.lastIndex = at;
    const match = open.exec(xml);
    if (match === null) return children;
    const [tag, name = '', isEmpty] = match;
    const from = match.index + tag.length;
    if (isEmpty === '/') {
      children.push([name, '']);
      at = from;
      continue;
    }
    let depth = 1;
    let end = from;
    for (const inner of xml.slice(from).matchAll(new RegExp(`<(/?)${name}>`, 'g'))) {
      depth += inner[1] === '/' ? -1 : 1;
      end = from + inner.index;
      at = end + inner[0].length;
      if (depth === 0) break;
    }
    children.push([name, xml.slice(from, end)]);
  }
}

/** `imageId` is shown, `ImageId` asked for; `securityGroupIdSet` is `SecurityGroupId.1`. @param {string} name */
const capital = (name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** An answer's elements as the parameters of a request. @param {string} xml @param {string} prefix @returns {[string, string][]} */
export function toParameters(xml, prefix) {
  return childrenOf(xml).flatMap(([element, inner]) => {
    const items = element.endsWith('Set') ? itemsOf(inner) : undefined;
    if (items !== undefined) {
      const name = `${prefix}.${capital(element.slice(0, -'Set'.length))}`;
      return items.flatMap((item, index) =>
        leafOrMore(item.slice('<item>'.length, -'</item>'.length), `${name}.${index + 1}`),
      );
    }
    return leafOrMore(inner, `${prefix}.${capital(element)}`);
  });
}

/** @param {string} inner @param {string} name @returns {[string, string][]} */
function leafOrMore(inner, name) {
  if (inner.includes('<')) return toParameters(inner, name);
  return [
    [name, inner.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')],
  ];
}

const DATA = 'LaunchTemplateData';
/** `LaunchTemplateData.MetadataOptions` of `LaunchTemplateData.MetadataOptions.HttpTokens`. @param {string} name */
const topOf = (name) => name.split('.').slice(0, 2).join('.');

/** Versions made of others, and versions that are not there any more. @returns {Rule} */
export function launchTemplateVersions() {
  /** `account region template version` of what was deleted. @type {Set<string>} */
  const deleted = new Set();

  /** @param {Call} call @param {string} item */
  const keyOf = ({ account, region }, item) =>
    `${account} ${region} ${textOf(item, 'launchTemplateId')} ${textOf(item, 'versionNumber')}`;

  /** All versions of a template, the deleted ones apart. @param {Call} call @param {Forward} forward @param {string} id */
  async function versionsOf(call, forward, id) {
    const Version = call.parameters.get('Version') ?? '2016-11-15';
    const asked = { Action: 'DescribeLaunchTemplateVersions', Version, LaunchTemplateId: id, MaxResults: ALL };
    const reply = await forward(new URLSearchParams(asked));
    const { items } = readList(reply.body.toString('utf8'), 'launchTemplateVersionSet') ?? { items: [] };
    return { reply, items: items.filter((item) => !deleted.has(keyOf(call, item))) };
  }

  /** @param {Call} call @param {Forward} forward @returns {Promise<Reply>} */
  async function create(call, forward) {
    const { parameters } = call;
    const source = parameters.get('SourceVersion');
    const id = parameters.get('LaunchTemplateId') ?? '';
    if (source === null || parameters.get('DryRun') === 'true') return forward();
    const { reply, items } = await versionsOf(call, forward, id);
    if (reply.status !== 200) return reply;
    const found = items.find((item) => textOf(item, 'versionNumber') === source);
    if (found === undefined) {
      const message = `Could not find launch template version ${source}`;
      return errorReply(call, { status: 400, code: 'InvalidLaunchTemplateId.VersionNotFound', message });
    }
    const [, data = ''] =
      childrenOf(found.slice('<item>'.length)).find(([name]) => name === 'launchTemplateData') ?? [];
    const given = new Set([...parameters.keys()].map(topOf));
    const inherited = toParameters(data, DATA).filter(([name]) => !given.has(topOf(name)));
    // "Snapshots applied to the block device mapping are ignored": here the devices that have one.
    const snapshots = inherited.flatMap(([name]) =>
      name.endsWith('.Ebs.SnapshotId') ? [name.split('.').slice(0, 3).join('.')] : [],
    );
    const kept = inherited.filter(([name]) => !snapshots.some((device) => name.startsWith(`${device}.`)));
    return forward(new URLSearchParams([...parameters, ...kept]));
  }

  /** @param {Call} call @param {Forward} forward @returns {Promise<Reply>} */
  async function remove(call, forward) {
    const id = call.parameters.get('LaunchTemplateId') ?? '';
    const { reply, items } = await versionsOf(call, forward, id);
    if (reply.status !== 200) return reply;
    if (call.parameters.get('DryRun') === 'true') {
      const message = 'Request would have succeeded, but DryRun flag is set.';
      return errorReply(call, { status: 412, code: 'DryRunOperation', message });
    }
    const results = listOf(call.parameters, 'LaunchTemplateVersion').map((version) => {
      const found = items.find((item) => textOf(item, 'versionNumber') === version);
      const item = `<launchTemplateId>${id}</launchTemplateId><versionNumber>${version}</versionNumber>`;
      if (found !== undefined && textOf(found, 'defaultVersion') !== 'true') {
        deleted.add(keyOf(call, found));
        return { isDeleted: true, item: `<item>${item}</item>` };
      }
      const code = found === undefined ? 'launchTemplateVersionDoesNotExist' : 'unexpectedError';
      const error = `<responseError><code>${code}</code><message>Version ${version} cannot be deleted.</message></responseError>`;
      return { isDeleted: false, item: `<item>${item}${error}</item>` };
    });
    /** @param {boolean} which */
    const set = (which) => results.flatMap(({ isDeleted, item }) => (isDeleted === which ? [item] : [])).join('');
    return ec2Reply(
      call.action,
      `<successfullyDeletedLaunchTemplateVersionSet>${set(true)}</successfullyDeletedLaunchTemplateVersionSet>` +
        `<unsuccessfullyDeletedLaunchTemplateVersionSet>${set(false)}</unsuccessfullyDeletedLaunchTemplateVersionSet>`,
    );
  }

  /** Without what was deleted; the latest is the latest of those left. @param {Call} call @param {Forward} forward @returns {Promise<Reply>} */
  async function describe(call, forward) {
    const reply = await forward();
    const list = readList(reply.body.toString('utf8'), 'launchTemplateVersionSet');
    if (reply.status !== 200 || list === undefined) return reply;
    const isLatestAsked = listOf(call.parameters, 'LaunchTemplateVersion').includes('$Latest');
    /** @type {string[]} */
    const shown = [];
    for (const item of list.items) {
      if (!deleted.has(keyOf(call, item))) shown.push(item);
      else if (isLatestAsked) {
        const { items } = await versionsOf(call, forward, textOf(item, 'launchTemplateId'));
        shown.push(...items.slice(-1));
      }
    }
    return { ...reply, body: Buffer.from(list.before + shown.join('') + list.after) };
  }

  return (call, forward) => {
    if (call.service !== 'ec2') return undefined;
    if (call.action === 'CreateLaunchTemplateVersion') return create(call, forward);
    if (call.action === 'DeleteLaunchTemplateVersions') return remove(call, forward);
    return call.action === 'DescribeLaunchTemplateVersions' && deleted.size > 0 ? describe(call, forward) : undefined;
  };
}

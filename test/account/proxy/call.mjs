/**
 * A request to AWS, as far as a proxy can tell what it asks for.
 * @typedef {object} Call
 * @property {string} service `ec2`, `sts`, `monitoring`: as it is named where requests are signed
 * @property {string} action `DescribeInstances`
 * @property {string} region
 * @property {string} accessKeyId empty for a request that is not signed
 * @property {string} account whose credentials signed it
 * @property {Date | undefined} signedAt by the caller's clock
 * @property {'ec2' | 'query' | 'json' | 'cbor' | 'rest'} protocol
 * @property {URLSearchParams} parameters of the Query protocols; empty for the others
 * @property {string} method
 * @property {string} path with its query
 * @property {Record<string, string>} headers
 * @property {Buffer} body
 */

/** The account that moto takes every key for that it has not given out itself. */
export const OWN_ACCOUNT = '123456789012';

const CREDENTIAL = /Credential=([^/,\s]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request/;

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {Buffer} body
 * @param {(accessKeyId: string) => string | undefined} accountOf
 * @returns {Call}
 */
export function readCall(request, body, accountOf) {
  const headers = /** @type {Record<string, string>} */ (
    Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  );
  const [, accessKeyId = '', , region = '', signedFor = ''] = CREDENTIAL.exec(headers['authorization'] ?? '') ?? [];
  const path = request.url ?? '/';
  const what = readAction(headers, path, body);
  return {
    // AssumeRoleWithWebIdentity and the like are not signed.
    service: signedFor === '' && what.parameters.get('Version') === '2011-06-15' ? 'sts' : signedFor,
    region,
    accessKeyId,
    account: accountOf(accessKeyId) ?? OWN_ACCOUNT,
    signedAt: readDate(headers['x-amz-date']),
    method: request.method ?? 'GET',
    path,
    headers,
    body,
    ...what,
    protocol: what.protocol === 'query' && signedFor === 'ec2' ? 'ec2' : what.protocol,
  };
}

/** @param {Record<string, string>} headers @param {string} path @param {Buffer} body @returns {Pick<Call, 'action' | 'protocol' | 'parameters'>} */
function readAction(headers, path, body) {
  const none = new URLSearchParams();
  const target = headers['x-amz-target'];
  if (target !== undefined) return { action: target.split('.').pop() ?? '', protocol: 'json', parameters: none };
  const [, operation] = /\/service\/[^/]+\/operation\/(\w+)/.exec(path) ?? [];
  if (operation !== undefined) return { action: operation, protocol: 'cbor', parameters: none };
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true) {
    const parameters = new URLSearchParams(body.toString('utf8'));
    return { action: parameters.get('Action') ?? '', protocol: 'query', parameters };
  }
  return { action: path.split('?')[0] ?? '', protocol: 'rest', parameters: none };
}

/** `20261122T064000Z` @param {string | undefined} text */
function readDate(text) {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '');
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** The values of a list parameter: `InstanceId.1`, `InstanceId.2`. @param {URLSearchParams} parameters @param {string} name */
export function listOf(parameters, name) {
  return [...parameters].filter(([key]) => new RegExp(`^${name}\\.\\d+$`).test(key)).map(([, value]) => value);
}

/** The filters of an EC2 request by their names. @param {URLSearchParams} parameters @returns {Map<string, string[]>} */
export function filtersOf(parameters) {
  /** @type {Map<string, string[]>} */
  const filters = new Map();
  for (const [key, name] of parameters) {
    const [, number] = /^Filter\.(\d+)\.Name$/.exec(key) ?? [];
    if (number !== undefined) filters.set(name, listOf(parameters, `Filter\\.${number}\\.Value`));
  }
  return filters;
}

// Defaults of metadata options of an account, which moto knows nothing of.
import { ec2Reply, errorReply } from './reply.mjs';

/** @typedef {import('./call.mjs').Call} Call */
/** @typedef {import('./reply.mjs').Reply} Reply */
/** @typedef {import('./proxy.mjs').Rule} Rule */

/** Parameters, the elements that show them, and what they may be: API_ModifyInstanceMetadataDefaults. */
const OPTIONS = /** @type {const} */ ([
  ['HttpTokens', 'httpTokens', /^(optional|required|no-preference)$/],
  ['HttpPutResponseHopLimit', 'httpPutResponseHopLimit', /^(-1|[1-9]|[1-5]\d|6[0-4])$/],
  ['HttpEndpoint', 'httpEndpoint', /^(enabled|disabled|no-preference)$/],
  ['InstanceMetadataTags', 'instanceMetadataTags', /^(enabled|disabled|no-preference)$/],
  ['HttpTokensEnforced', 'httpTokensEnforced', /^(enabled|disabled|no-preference)$/],
]);

/** @param {Call} call @returns {Reply | undefined} */
function refusalOf(call) {
  for (const [parameter, , allowed] of OPTIONS) {
    const value = call.parameters.get(parameter);
    if (value === null || allowed.test(value)) continue;
    const message = `Invalid value '${value}' for ${parameter}`;
    return errorReply(call, { status: 400, code: 'InvalidParameterValue', message });
  }
  if (call.parameters.get('DryRun') !== 'true') return undefined;
  const message = 'Request would have succeeded, but DryRun flag is set.';
  return errorReply(call, { status: 412, code: 'DryRunOperation', message });
}

/** Defaults of each account and region. `no-preference`, and -1 for the hop limit, take one back. @returns {Rule} */
export function metadataDefaults() {
  /** @type {Map<string, Map<string, string>>} */
  const known = new Map();
  return (call) => {
    const place = `${call.account} ${call.region}`;
    if (call.action === 'GetInstanceMetadataDefaults') {
      const options = [...(known.get(place) ?? [])].map(([name, value]) => `<${name}>${value}</${name}>`).join('');
      return ec2Reply(call.action, `<accountLevel>${options}<managedBy>account</managedBy></accountLevel>`);
    }
    if (call.action !== 'ModifyInstanceMetadataDefaults') return undefined;
    const refusal = refusalOf(call);
    if (refusal !== undefined) return refusal;
    /** @type {Map<string, string>} */
    const options = known.get(place) ?? new Map();
    for (const [parameter, name] of OPTIONS) {
      const value = call.parameters.get(parameter);
      if (value === 'no-preference' || value === '-1') options.delete(name);
      else if (value !== null) options.set(name, value);
    }
    known.set(place, options);
    return ec2Reply(call.action, '<return>true</return>');
  };
}

// What a company has in its accounts, as the data of samples/account tell it and scripts/account/seed makes it.

/**
 * @typedef {object} Host
 * @property {string} name
 * @property {string} type
 * @property {'linux' | 'linux-arm' | 'ubuntu' | 'windows'} image
 * @property {'v1' | 'v2' | 'off'} imds `v1`: tokens are optional; `v2`: they are required; `off`: no metadata at all
 * @property {number} [hops]
 * @property {string} [role]
 * @property {string | undefined} [key]
 * @property {readonly string[]} groups
 * @property {'public' | 'private'} subnet
 * @property {string} [userData] a file of samples/account/user-data
 * @property {string} [group] its Auto Scaling group
 * @property {'running' | 'stopped' | 'terminated' | 'pending' | 'stopping' | 'shutting-down'} [state]
 * @property {number | undefined} [noToken] how many requests without a token CloudWatch saw in an hour, on the average; left out: it has no data
 * @property {number} [noTokenDays] for how many days there is data; 14 when left out
 * @property {number} [noTokenAt] the only hour of the day with such requests
 * @property {number} [rejected] how many were refused in an hour, on the average
 * @property {boolean} [elasticIp]
 * @property {number} [moreAddresses] secondary private addresses
 * @property {readonly { size: number, encrypted: boolean }[]} [volumes] besides the root volume
 */

/**
 * @typedef {object} Region
 * @property {string} name
 * @property {Record<string, readonly string[]>} groups rules by group: `tcp 22 0.0.0.0/0`, `all @other-group`
 * @property {Record<string, KeyKind>} keys
 * @property {readonly Host[]} instances
 * @property {Record<string, { type: string, imds: 'v1' | 'v2', userData?: string }>} [templates] those of a group's name started its instances
 * @property {Record<string, { template: string, version: '$Default' | '$Latest' | `${number}` }>} [scaling] Auto Scaling groups, and what they start instances from
 * @property {readonly { name: string, size: number, encrypted: boolean }[]} [looseVolumes]
 * @property {readonly { name: string, size: number, isPublic?: boolean }[]} [snapshots]
 * @property {boolean} [natGateway]
 * @property {boolean} [unusedElasticIp]
 */

/** @typedef {'rsa' | 'ed25519' | 'ppk' | 'imported-rsa' | 'imported-rsa-1024'} KeyKind */

/**
 * @typedef {object} Account
 * @property {string} id
 * @property {string} alias
 * @property {readonly Region[]} regions
 */

export {};

import { clientsOf } from './seed/clients.mjs';
import { makeImages, startHost } from './seed/instances.mjs';
import { makeKeyPairs } from './seed/keys.mjs';
import { makeNetwork, makeSecurityGroups } from './seed/network.mjs';
import { makeRoles } from './seed/roles.mjs';
import { tellMetadataUse } from './seed/metrics.mjs';
import { makeAutoScalingGroups } from './seed/scaling.mjs';
import { makeLaunchTemplates, makeStorage } from './seed/storage.mjs';

/**
 * An instance whose state moto cannot hold: it is running there.
 * @typedef {object} Passing
 * @property {string} id
 * @property {'pending' | 'stopping' | 'shutting-down'} state
 */

/**
 * Fills an emulated account.
 * @param {string} endpoint
 * @param {readonly import('./company.mjs').Account[]} accounts
 * @param {string} [proxy] who keeps the metrics; the emulator itself when left out
 * @returns {Promise<{ instances: number, passing: readonly Passing[] }>} how many instances there are now, and which are to be shown in passing states
 */
export async function seed(endpoint, accounts, proxy = endpoint) {
  /** @type {Passing[]} */
  const passing = [];
  let instances = 0;
  for (const account of accounts) {
    const home = await clientsOf(endpoint, account.id, 'us-east-1', proxy);
    await makeRoles(home.iam, account);
    home.close();
    for (const region of account.regions) {
      passing.push(...(await seedRegion(endpoint, account.id, region, proxy)));
      instances += region.instances.length;
    }
  }
  return { instances, passing };
}

/** @param {string} endpoint @param {string} account @param {import('./company.mjs').Region} region @param {string} proxy */
async function seedRegion(endpoint, account, region, proxy) {
  const { ec2, cloudWatch, credentials, close } = await clientsOf(endpoint, account, region.name, proxy);
  const { vpc, subnets } = await makeNetwork(ec2, region);
  const groups = await makeSecurityGroups(ec2, vpc, region.groups);
  await makeKeyPairs(ec2, region.keys);
  const images = await makeImages(ec2);
  const templates = await makeLaunchTemplates(ec2, region.templates);
  await makeAutoScalingGroups({ endpoint, credentials }, region, templates);
  const around = { ec2, region: region.name, account, subnets, groups, images, templates };
  /** @type {Passing[]} */
  const passing = [];
  /** @type {import('./seed/metrics.mjs').Told[]} */
  const use = [];
  for (const host of region.instances) {
    const id = await startHost(around, host);
    const { state } = host;
    if (state === 'pending' || state === 'stopping' || state === 'shutting-down') passing.push({ id, state });
    use.push({ id, host });
  }
  await makeStorage(ec2, region);
  await tellMetadataUse(cloudWatch, use);
  close();
  return passing;
}

/** @typedef {import('../../scripts/account/company.mjs').Region} Region */

/** @type {Region} */
const FRANKFURT = {
  name: 'eu-central-1',
  groups: {
    web: ['tcp 443 0.0.0.0/0', 'tcp 22 0.0.0.0/0'],
    internal: ['all 10.40.0.0/16'],
    'jan-test': ['tcp 8888 0.0.0.0/0'],
  },
  keys: { staging: 'ed25519', 'staging-2021': 'imported-rsa' },
  instances: [
    {
      name: 'staging-web-1',
      type: 't3.small',
      image: 'linux',
      imds: 'v1',
      role: 'web',
      key: 'staging',
      groups: ['web'],
      subnet: 'public',
      userData: 'web.sh',
      group: 'web-fleet',
      noToken: 60,
    },
    {
      name: 'staging-web-2',
      type: 't3.small',
      image: 'linux',
      imds: 'v2',
      role: 'web',
      key: 'staging',
      groups: ['web'],
      subnet: 'public',
      userData: 'web.sh',
      group: 'web-fleet',
      noToken: 0,
    },
    {
      name: 'staging-api',
      type: 't4g.small',
      image: 'linux-arm',
      imds: 'v2',
      hops: 2,
      role: 'api',
      groups: ['internal'],
      subnet: 'private',
      userData: 'api.sh',
    },
    {
      name: 'staging-db',
      type: 'm6g.large',
      image: 'linux-arm',
      imds: 'v2',
      groups: ['internal'],
      subnet: 'private',
      volumes: [{ size: 100, encrypted: false }],
    },
    {
      name: 'load-test',
      type: 'c6i.4xlarge',
      image: 'linux',
      imds: 'v1',
      key: 'staging-2021',
      groups: ['internal'],
      subnet: 'private',
      state: 'stopped',
    },
    {
      name: 'notebook-jan',
      type: 'g5.xlarge',
      image: 'ubuntu',
      imds: 'v1',
      key: 'staging-2021',
      groups: ['jan-test'],
      subnet: 'public',
      noToken: 22,
    },
    {
      name: 'sandbox',
      type: 't3.nano',
      image: 'linux',
      imds: 'v1',
      groups: ['internal'],
      subnet: 'private',
      state: 'terminated',
    },
  ],
  templates: { 'web-fleet': { type: 't3.small', imds: 'v2', userData: 'web.sh' } },
};

/** @type {Region} */
const VIRGINIA = {
  name: 'us-east-1',
  groups: { internal: ['all 10.50.0.0/16'] },
  keys: { staging: 'ed25519' },
  instances: [
    {
      name: 'dr-rehearsal',
      type: 't3.medium',
      image: 'linux',
      imds: 'v2',
      key: 'staging',
      groups: ['internal'],
      subnet: 'private',
      state: 'stopped',
    },
  ],
};

export const STAGING = { id: '555566667777', alias: 'tidewater-staging', regions: [FRANKFURT, VIRGINIA] };

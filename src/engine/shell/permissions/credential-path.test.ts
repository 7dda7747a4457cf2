import { describe, expect, it } from 'vitest';
import { credentialPath } from './credential-path';

describe('paths that hold credentials', () => {
  it.each([
    ['~/.aws', 'folder'],
    ['~/.aws/', 'folder'],
    ['~/.aws//', 'folder'],
    ['~/.aws/.', 'folder'],
    ['.aws', 'folder'],
    ['/home/ubuntu/.aws', 'folder'],
    ['/root/.aws', 'folder'],
    ['\u0000/.aws', 'folder'],
    ['~/.aws/credentials', 'files'],
    ['~/.aws/config', 'files'],
    ['~/.aws/sso/cache/x.json', 'files'],
    ['~/.aws/sso/cache', 'folder'],
    ['~/.aws/cli/cache/', 'folder'],
    ['~/.aws/amazonq', 'folder'],
    ['~/.aws/prod', 'unsure'],
    ['/home/\u0000/.aws/credentials', 'files'],
    ['~/.aws/*', 'any'],
    ['~/.ssh', 'folder'],
    ['~/.ssh/id_rsa', 'files'],
    ['~/.ssh/id_ed25519', 'files'],
    ['~/.ssh/deploy', 'unsure'],
    ['~/.ssh/deploy_key', 'files'],
    ['~/.ssh/config.d', 'folder'],
    ['~/.ssh/*', 'any'],
    ['/etc/keys/id_rsa', 'files'],
    ['id_ecdsa_sk', 'files'],
    ['key.pem', 'files'],
    ['~/my-key.pem', 'files'],
    ['/opt/keys/*.pem', 'files'],
    ['/etc/app/private_key.pem', 'files'],
    ['/etc/redis/privkey.pem', 'files'],
    ['/opt/pki/ca-key.pem', 'files'],
    ['/opt/server-cert.key.pem', 'files'],
  ])('%j: %s', (path, kind) => {
    expect(credentialPath(path)?.kind).toBe(kind);
  });
});

describe('paths that hold none', () => {
  it.each([
    '',
    '/',
    '~',
    '~/aws',
    '~/.awsrc',
    '~/.aws-sam',
    '~/x.aws',
    '/opt/aws/bin',
    '~/.ssh/authorized_keys',
    '~/.ssh/known_hosts',
    '~/.ssh/config',
    '~/.ssh/id_rsa.pub',
    '~/.ssh/id_*pub',
    '~/.ssh/rotate.sh',
    '~/.aws/get-credentials.sh',
    '~/.aws/login.py',
    '~/.aws/cli/alias',
    '/home/a/.ssh/settings.dat.gz',
    '~/.sshd',
    '/etc/ssh/sshd_config',
    '/etc/ssl/certs/server.pem',
    '/etc/pki/tls/certs/x.pem',
    '/opt/ca.pem',
    '/etc/openvpn/crl.pem',
    '/opt/ca-bundle.pem',
    '/opt/fullchain.pem',
    '/opt/server-cert.pem',
    '/opt/dhparams.pem',
    '/etc/redis/isrgrootx1.pem',
    '/opt/AmazonRootCA1.pem',
    '/opt/SFSRootCAG2.pem',
    '/opt/lets-encrypt-r3.pem',
    '/opt/pubkey.pem',
    '/opt/root-ca-public-key.pem',
    '/opt/public_key.pem',
    '/opt/.pem',
    '/opt/notes.pem.txt',
    '/opt/grid_rsa',
    '/opt/id_rsa.bak.pub',
  ])('%j', (path) => {
    expect(credentialPath(path)).toBeUndefined();
  });
});

describe('how a path is shown', () => {
  it.each([
    ['\u0000/.aws', '*/.aws'],
    ['~//.aws///credentials', '~/.aws/credentials'],
    ['~/.aws', '~/.aws'],
  ])('%j as %s', (path, shown) => {
    expect(credentialPath(path)?.shown).toBe(shown);
  });
});

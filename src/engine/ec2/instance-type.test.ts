import { describe, expect, it } from 'vitest';
import { architectureInName, architectureOfType } from './instance-type';

describe('the architecture of a type, by its documented name', () => {
  it.each([
    'a1.medium',
    't4g.micro',
    'm6g.large',
    'm6gd.metal',
    'm7g.medium',
    'm8g.48xlarge',
    'm8gb.large',
    'c6gn.16xlarge',
    'c7gn.xlarge',
    'c7gd.large',
    'r6g.large',
    'r8gd.large',
    'x2gd.medium',
    'x8g.xlarge',
    'im4gn.large',
    'is4gen.medium',
    'i4g.large',
    'i8g.large',
    'i8ge.large',
    'g5g.xlarge',
    'hpc7g.4xlarge',
    'mac2.metal',
    'mac2-m2.metal',
    'mac2-m1ultra.metal',
    'mac-m4.metal',
    'mac-m4pro.metal',
    'p6e-gb200.36xlarge',
    'T4G.Micro',
  ])('%s is arm64', (type) => {
    expect(architectureOfType(type)).toBe('arm64');
  });

  it.each([
    't2.micro',
    't3a.nano',
    'm1.small',
    'm5.large',
    'm5zn.metal',
    'm6idn.metal',
    'm7i-flex.large',
    'c7a.medium',
    'c8i-flex.large',
    'g3s.xlarge',
    'g4dn.xlarge',
    'g4ad.xlarge',
    'g5.xlarge',
    'g6.xlarge',
    'g6e.xlarge',
    'gr6.4xlarge',
    'p3dn.24xlarge',
    'p5en.48xlarge',
    'p6-b200.48xlarge',
    'inf2.xlarge',
    'trn1n.32xlarge',
    'hpc7a.96xlarge',
    'hpc6id.32xlarge',
    'u7i-12tb.224xlarge',
    'x2iedn.metal',
    'z1d.metal',
    'i3en.metal-2tb',
    'mac1.metal',
    'vt1.3xlarge',
    'f1.2xlarge',
    'd3en.xlarge',
  ])('%s is x86_64', (type) => {
    expect(architectureOfType(type)).toBe('x86_64');
  });

  it.each([
    '',
    'large',
    'm5',
    'm5.',
    '.large',
    'u-6tb1.metal',
    'db.t4g.micro',
    'cache.t3.micro',
    '${var.type}',
    't4g micro',
  ])('%j is none', (type) => {
    expect(architectureOfType(type)).toBeUndefined();
  });
});

describe('the architecture in a name', () => {
  it.each([
    ['al2023-ami-2023.*-x86_64', 'x86_64'],
    ['amzn2-ami-hvm-*-x86_64-gp2', 'x86_64'],
    ['ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*', 'x86_64'],
    ['/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64', 'arm64'],
    ['/aws/service/canonical/ubuntu/server/22.04/stable/current/arm64/hvm/ebs-gp2/ami-id', 'arm64'],
    ['https://awscli.amazonaws.com/awscli-exe-linux-aarch64.zip', 'arm64'],
    ['amazon-ssm-agent_linux_x64.rpm', 'x86_64'],
    ['x86_64', 'x86_64'],
    ['ami-0123456789abcdef0', undefined],
    ['al2023-ami-*', undefined],
    ['linux-x86', undefined],
    ['charm64', undefined],
    ['myamd64build', undefined],
    ['amd64-or-arm64', undefined],
  ])('%s: %s', (name, expected) => {
    expect(architectureInName(name)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import type { Resource } from '../../ec2/model';
import { either, reference, unknown } from '../../testing/data';
import { findings, judge, messages, offers } from '../../testing/judging';
import { image, instance, launchTemplate, type LaunchOptions } from '../../testing/resources';
import { architectureMismatch } from './rule';

const X86_IMAGE = 'al2023-ami-2023.*-x86_64';
const ARM_IMAGE = 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-*';
const X86_CLI = 'curl -sO https://awscli.amazonaws.com/awscli-exe-linux-x86_64.zip\n';
const ARM_CLI = 'curl -sO https://awscli.amazonaws.com/awscli-exe-linux-aarch64.zip\n';

const web = (options: LaunchOptions): readonly Resource[] => [instance('web', options)];

describe('architecture-mismatch: type and image', () => {
  it.each<[string, readonly Resource[], string]>([
    [
      'Graviton with an image for x86_64',
      web({ instanceType: 't4g.micro', imageNames: [X86_IMAGE] }),
      't4g.micro is arm64, but the image is for x86_64: the instance cannot start.',
    ],
    [
      'x86_64 with an image for arm64',
      web({ instanceType: 'm5.large', imageNames: [ARM_IMAGE] }),
      'm5.large is x86_64, but the image is for arm64: the instance cannot start.',
    ],
    [
      'an SSM parameter',
      web({
        instanceType: 'c7g.large',
        imageId: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      }),
      'c7g.large is arm64, but the image is for x86_64: the instance cannot start.',
    ],
    [
      'an image of the configuration',
      [
        ...web({ instanceType: 't3.micro', imageId: reference('golden', 'id') }),
        image('golden', { architecture: 'arm64' }),
      ],
      't3.micro is x86_64, but the image is for arm64: the instance cannot start.',
    ],
    [
      'a type by condition, of one architecture',
      web({ instanceType: either({ Big: 'm7g.large', 'not Big': 't4g.nano' }), imageNames: [X86_IMAGE] }),
      'm7g.large is arm64, but the image is for x86_64: the instance cannot start.',
    ],
    [
      'a type of the instance, an image of its launch template',
      [
        ...web({ instanceType: 't4g.micro', launchTemplate: reference('base') }),
        launchTemplate('base', { imageNames: [X86_IMAGE] }),
      ],
      't4g.micro is arm64, but the image is for x86_64: the instance cannot start.',
    ],
  ])('%s', (_, resources, message) => {
    expect(messages(architectureMismatch, resources)).toEqual([message]);
  });

  it('the type is underlined and the image shown', () => {
    const resources = web({ instanceType: 't4g.micro', imageNames: [X86_IMAGE] });
    expect(judge(architectureMismatch, resources)).toEqual(['web at t4g.micro']);
    expect(findings(architectureMismatch, resources)[0]?.related?.map(({ message }) => message)).toEqual([
      `${X86_IMAGE} is for x86_64.`,
    ]);
  });

  it.each<[string, readonly Resource[]]>([
    ['a type and an image that agree', web({ instanceType: 't4g.micro', imageNames: [ARM_IMAGE] })],
    ['a GPU type whose name has a g', web({ instanceType: 'g5.xlarge', imageNames: [X86_IMAGE] })],
    ['an image without a name', web({ instanceType: 't4g.micro', imageId: 'ami-0123456789abcdef0' })],
    ['an image that is not known', web({ instanceType: 't4g.micro', imageId: unknown() })],
    ['a type that is not known', web({ instanceType: unknown(), imageNames: [X86_IMAGE] })],
    [
      'a type that may be either',
      web({ instanceType: either({ Arm: 't4g.micro', 'not Arm': 't3.micro' }), imageNames: [X86_IMAGE] }),
    ],
    [
      'a type that may be left out',
      web({ instanceType: either({ Arm: 't4g.micro', 'not Arm': undefined }), imageNames: [X86_IMAGE] }),
    ],
    [
      'an image that may be either',
      web({ instanceType: 't4g.micro', imageNames: [either({ Arm: ARM_IMAGE, 'not Arm': X86_IMAGE })] }),
    ],
    ['names that disagree', web({ instanceType: 't4g.micro', imageNames: [ARM_IMAGE, X86_IMAGE] })],
    [
      'an image of its own in place of the template’s',
      [
        ...web({ instanceType: 't4g.micro', imageId: 'ami-0123456789abcdef0', launchTemplate: reference('base') }),
        launchTemplate('base', { imageNames: [X86_IMAGE] }),
      ],
    ],
    ['neither', web({})],
  ])('not %s', (_, resources) => {
    expect(judge(architectureMismatch, resources)).toEqual([]);
  });
});

describe('architecture-mismatch: what the user data fetches', () => {
  it.each([
    [
      'an x86_64 download on Graviton',
      { instanceType: 't4g.micro' },
      X86_CLI,
      'awscli-exe-linux-x86_64.zip is for x86_64, but this runs on t4g.micro (arm64).',
    ],
    [
      'an arm64 download on x86_64',
      { instanceType: 'm5.large' },
      ARM_CLI,
      'awscli-exe-linux-aarch64.zip is for arm64, but this runs on m5.large (x86_64).',
    ],
    [
      'by the image, where the type is not known',
      { instanceType: unknown(), imageNames: [ARM_IMAGE] },
      'dpkg -i /tmp/agent_1.2_amd64.deb\n',
      `agent_1.2_amd64.deb is for x86_64, but this runs on ${ARM_IMAGE} (arm64).`,
    ],
    [
      'a package',
      { instanceType: 'c7g.large' },
      'yum install -y https://example.com/agent-1.0.x86_64.rpm\n',
      'agent-1.0.x86_64.rpm is for x86_64, but this runs on c7g.large (arm64).',
    ],
  ])('%s', (_, options, script, message) => {
    const scripts = { web: script };
    expect(judge(architectureMismatch, web(options), { scripts })).toEqual(['web at its script']);
    expect(messages(architectureMismatch, web(options), { scripts })).toEqual([message]);
  });

  it.each([
    ['x86_64', X86_CLI, 'aarch64'],
    ['amd64', 'curl -sO https://example.com/tool-linux-amd64\n', 'arm64'],
    ['x86-64', 'curl -sO https://example.com/tool-x86-64.tar.gz\n', 'nothing'],
  ])('%s: another name is a suggestion', (_, script, newText) => {
    const made = offers(architectureMismatch, web({ instanceType: 't4g.micro' }), { scripts: { web: script } });
    expect(made).toEqual([`suggestion: Fetch the one for arm64 -> ${newText}`]);
  });

  it("the launch template's user data runs on the instance", () => {
    const resources = [
      ...web({ instanceType: 't4g.micro', launchTemplate: reference('base') }),
      launchTemplate('base', { hasUserData: true }),
    ];
    expect(judge(architectureMismatch, resources, { scripts: { base: X86_CLI } })).toEqual(['web at its script']);
  });

  it.each([
    ['the right one', ARM_CLI],
    ['one that is chosen on the machine', 'curl -sO "https://awscli.amazonaws.com/awscli-exe-linux-$(uname -m).zip"\n'],
    ['a choice by the machine', `if [ "$(uname -m)" = x86_64 ]; then ${X86_CLI.trim()}; else ${ARM_CLI.trim()}; fi\n`],
    ['one in a comment', `# ${X86_CLI}`],
    ['a word that is no file', 'echo x86_64\n'],
    ['an index for both', 'curl -sO https://example.com/amd64-arm64.txt\n'],
  ])('not %s', (_, script) => {
    expect(judge(architectureMismatch, web({ instanceType: 't4g.micro' }), { scripts: { web: script } })).toEqual([]);
  });

  it('not where nothing is known of the machine', () => {
    expect(judge(architectureMismatch, web({}), { scripts: { web: X86_CLI } })).toEqual([]);
  });
});

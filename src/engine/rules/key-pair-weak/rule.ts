import { possibilities, text } from '../../ec2/datum';
import type { ResourceGraph } from '../../ec2/graph';
import { launches } from '../../ec2/graph';
import type { KeyPair, LaunchSettings } from '../../ec2/model';
import { readPublicKey } from '../../ec2/public-key';
import type { ResourceContext, ResourceFinding, ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';

/** NIST SP 800-57 Part 1: shorter RSA keys protect nothing any more. */
const MIN_RSA_BITS = 2048;

function isWindows(launch: LaunchSettings, context: ResourceContext): boolean {
  const names = [launch.imageId, ...launch.imageNames].map((name) => text(name) ?? '');
  return (
    names.some((name) => /windows/i.test(name)) ||
    context.programsOf(launch.address).some(({ program }) => program.language === 'powershell')
  );
}

function windowsUser(pair: KeyPair, graph: ResourceGraph, context: ResourceContext): LaunchSettings | undefined {
  return launches(graph).find((launch) => graph.target(launch.keyName) === pair && isWindows(launch, context));
}

function findingOf(pair: KeyPair, context: ResourceContext): ResourceFinding | undefined {
  const common = { resource: pair.address, silenced: pair.silenced };
  const key = possibilities(pair.publicKey)
    .map(({ datum }) => ({ datum, read: readPublicKey(text(datum) ?? '') }))
    .find(({ read }) => read !== undefined);
  if (key?.datum && key.read) {
    const { type, bits } = key.read;
    const at = { ...common, range: key.datum.range };
    if (type === 'dsa') return { ...at, message: 'A DSA key: EC2 does not take it, and SSH servers refuse it.' };
    if (type === 'rsa' && bits !== undefined && bits < MIN_RSA_BITS) {
      return {
        ...at,
        message: `An RSA key of ${String(bits)} bits can be broken; ${String(MIN_RSA_BITS)} is the least to use.`,
      };
    }
  }
  const made = possibilities(pair.keyType).find(({ datum }) => text(datum)?.toLowerCase() === 'ed25519')?.datum;
  const isEd25519 = made !== undefined || key?.read?.type === 'ed25519';
  const user = isEd25519 ? windowsUser(pair, context.graph, context) : undefined;
  if (!user) return undefined;
  return {
    ...common,
    range: made?.range ?? key?.datum?.range ?? pair.head,
    message: 'Windows instances cannot use ED25519 key pairs: the administrator password cannot be decrypted.',
    related: [{ range: user.keyName?.range ?? user.head, message: `${user.address} runs Windows and uses it.` }],
  };
}

export const keyPairWeak: ResourceRule = {
  meta: {
    id: 'key-pair-weak',
    title: 'Weak or unusable key pair',
    description:
      'A key pair that can be broken (RSA below 2048 bits), that EC2 refuses (DSA), or that its Windows instance cannot use (ED25519).',
    severity: 'warning',
    fix: 'none',
    url: rulePage('key-pair-weak'),
  },
  check: (context) => context.graph.of('key-pair').flatMap((pair) => findingOf(pair, context) ?? []),
};

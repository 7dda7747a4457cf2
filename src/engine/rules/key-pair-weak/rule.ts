import { integer, possibilities, text } from '../../ec2/datum';
import type { ResourceGraph } from '../../ec2/graph';
import { launchChain, launches, nearest, type LaunchChain } from '../../ec2/graph';
import type { KeyPair, LaunchSettings } from '../../ec2/model';
import { readPublicKey } from '../../ec2/public-key';
import { programsIn, type ResourceContext, type ResourceFinding, type ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';

/** NIST SP 800-57 Part 1: shorter RSA keys protect nothing any more. */
const MIN_RSA_BITS = 2048;

function tooShort(bits: number | undefined): string {
  return `An RSA key of ${String(bits)} bits can be broken; ${String(MIN_RSA_BITS)} is the least to use.`;
}

function isWindows(chain: LaunchChain, context: ResourceContext): boolean {
  const names = chain.settings
    .flatMap(({ imageId, imageNames }) => [imageId, ...imageNames])
    .map((name) => text(name) ?? '');
  return (
    names.some((name) => /windows/i.test(name)) ||
    programsIn(chain, context).some(({ program }) => program.language === 'powershell')
  );
}

function windowsUser(pair: KeyPair, graph: ResourceGraph, context: ResourceContext): LaunchSettings | undefined {
  return launches(graph).find((launch) => {
    const chain = launchChain(launch, graph);
    return graph.target(nearest(chain.settings, 'keyName'), 'key-pair') === pair && isWindows(chain, context);
  });
}

function findingOf(pair: KeyPair, context: ResourceContext): ResourceFinding | undefined {
  const common = { resource: pair.address, silenced: pair.silenced };
  const keys = possibilities(pair.publicKey).flatMap(({ datum }) => {
    const read = readPublicKey(text(datum) ?? '');
    return datum && read ? [{ datum, ...read }] : [];
  });
  for (const { datum, type, bits } of keys) {
    const at = { ...common, range: datum.range };
    if (type === 'dsa') return { ...at, message: 'A DSA key: EC2 does not take it, and SSH servers refuse it.' };
    if (type === 'rsa' && bits !== undefined && bits < MIN_RSA_BITS) {
      return { ...at, message: tooShort(bits) };
    }
  }
  const short = possibilities(pair.keyBits).find(({ datum }) => (integer(datum) ?? MIN_RSA_BITS) < MIN_RSA_BITS)?.datum;
  if (short && text(pair.keyType)?.toLowerCase() === 'rsa')
    return { ...common, range: short.range, message: tooShort(integer(short)) };
  const made = possibilities(pair.keyType).find(({ datum }) => text(datum)?.toLowerCase() === 'ed25519')?.datum;
  const ed25519 = made ?? keys.find(({ type }) => type === 'ed25519')?.datum;
  const user = ed25519 && windowsUser(pair, context.graph, context);
  if (!user) return undefined;
  return {
    ...common,
    range: ed25519.range,
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

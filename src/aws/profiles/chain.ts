/** How profiles draw on each other: the chain from one to the one that has credentials of its own. */
import type { ProfileData, SharedConfig } from './files';
import { hasKeys, takesRole } from './kind';

export interface Link {
  readonly profile: string;
  readonly data: ProfileData;
}

export interface ProfileChain {
  /** From the profile asked for to the last that was found. */
  readonly links: readonly Link[];
  readonly end: 'credentials' | 'cycle' | 'missing';
  /** The name that leads nowhere, or back. */
  readonly leadsTo?: string;
}

/** Follows `source_profile` as the SDK does: a source with keys of its own ends the chain, even where it names a role too. */
export function profileChain(profile: string, { data }: SharedConfig): ProfileChain {
  const links: Link[] = [];
  const seen = new Set<string>();
  let name = profile;
  for (;;) {
    const own = data.get(name);
    if (!own) return { links, end: 'missing', leadsTo: name };
    // A profile may name itself as the source: it then takes on the role with its own keys.
    if (links.length > 0 && hasKeys(own))
      return { links: [...links, { profile: name, data: own }], end: 'credentials' };
    if (seen.has(name)) return { links, end: 'cycle', leadsTo: name };
    seen.add(name);
    links.push({ profile: name, data: own });
    const source = own['source_profile'];
    if (!takesRole(own) || source === undefined) return { links, end: 'credentials' };
    name = source;
  }
}

/**
 * The keys of an IAM user at the end of the chain that want a session with a code: plain keys with `mfa_serial`. Undefined where there are none; a role's own
 * `mfa_serial` is the SDK's to ask for.
 */
export function keysWithMfa(chain: ProfileChain): { readonly profile: string; readonly serial: string } | undefined {
  const last = chain.links.at(-1);
  if (chain.end !== 'credentials' || !last || !hasKeys(last.data) || last.data['aws_session_token'] !== undefined)
    return undefined;
  const serial = last.data['mfa_serial'];
  return serial === undefined ? undefined : { profile: last.profile, serial };
}

/** The first device whose code will be asked for. */
export function mfaSerialOf(chain: ProfileChain): string | undefined {
  const role = chain.links.find(({ data }) => takesRole(data) && data['mfa_serial'] !== undefined);
  return role?.data['mfa_serial'] ?? keysWithMfa(chain)?.serial;
}

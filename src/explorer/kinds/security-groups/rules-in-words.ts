/** Rules of a security group as people say them: "TCP 22 from anywhere (IPv4)". */
import type { PermissionRecord } from '../../../aws';
import { l10n } from '../../l10n';

export interface RuleInWords {
  readonly text: string;
  readonly description: string | undefined;
}

/** What is known of a group that a rule names. */
export interface KnownGroups {
  /** The account whose groups need not be told apart. */
  readonly account: string;
  readonly nameOf: (id: string) => string | undefined;
}

/** One for each source of a permission. @param direction which way its addresses lie */
export function rulesInWords(
  permission: PermissionRecord,
  direction: 'ingress' | 'egress',
  known: KnownGroups,
): readonly RuleInWords[] {
  const what = protocolInWords(permission);
  const rule = (peer: string, description: string | undefined): RuleInWords => ({
    text: direction === 'ingress' ? l10n.t('{0} from {1}', what, peer) : l10n.t('{0} to {1}', what, peer),
    description,
  });
  return [
    ...permission.ipv4.map(({ cidr, description }) => rule(peerInWords(cidr), description)),
    ...permission.ipv6.map(({ cidr, description }) => rule(peerInWords(cidr), description)),
    ...permission.prefixLists.map(({ id, description }) => rule(l10n.t('prefix list {0}', id), description)),
    ...permission.groups.map((group) => rule(groupInWords(group, known), group.description)),
  ];
}

function groupInWords(
  { id, account }: PermissionRecord['groups'][number],
  { account: own, nameOf }: KnownGroups,
): string {
  if (id === undefined) return l10n.t('a group');
  if (account !== undefined && account !== own) return l10n.t('{0} of account {1}', id, account);
  const name = nameOf(id);
  return name === undefined ? id : `${name} (${id})`;
}

function peerInWords(cidr: string): string {
  if (cidr === '0.0.0.0/0') return l10n.t('anywhere (IPv4)');
  return cidr === '::/0' ? l10n.t('anywhere (IPv6)') : cidr;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html; ICMP's ports are its type and code, -1 for all. */
export function protocolInWords({ protocol, fromPort, toPort }: PermissionRecord): string {
  if (protocol === '-1') return l10n.t('all traffic');
  const name = /^\d+$/.test(protocol) ? l10n.t('protocol {0}', protocol) : protocol.toUpperCase();
  if (protocol === 'icmp' || protocol === 'icmpv6') {
    if (fromPort === undefined || fromPort === -1) return name;
    return toPort === undefined || toPort === -1
      ? l10n.t('{0} type {1}', name, fromPort)
      : l10n.t('{0} type {1} code {2}', name, fromPort, toPort);
  }
  if (fromPort === undefined || toPort === undefined) return name;
  if (fromPort === 0 && toPort === 65_535) return l10n.t('{0}, all ports', name);
  return fromPort === toPort ? `${name} ${fromPort}` : `${name} ${fromPort}-${toPort}`;
}

/** For a row, which is read out as a whole: a group may have a thousand rules. */
const MOST_IN_ROW = 5;

/** The first rules, and how many more there are. */
export function briefly(rules: readonly RuleInWords[]): string {
  const more = rules.length - MOST_IN_ROW;
  const shown = rules.slice(0, MOST_IN_ROW).map(({ text }) => text);
  return [...shown, ...(more > 0 ? [l10n.t('and {0} more', more)] : [])].join('; ');
}

/** Protocols and ports of security group rules. EC2 API Reference, IpPermission. */

export type Protocol =
  | { readonly is: 'all' }
  | { readonly is: 'tcp' | 'udp'; readonly from: number; readonly to: number }
  /** ICMP, ESP and others, which have no ports. */
  | { readonly is: 'other'; readonly number: number };

/** IANA's protocol numbers of the names that EC2 takes. */
const NUMBERS: Readonly<Record<string, number>> = {
  icmp: 1,
  tcp: 6,
  udp: 17,
  icmpv6: 58,
  esp: 50,
  ah: 51,
  gre: 47,
  sctp: 132,
};

export const ALL_PORTS = { from: 0, to: 65535 } as const;

/**
 * What a rule lets through. `-1` and `all` are every protocol, whatever ports stand beside; for TCP and UDP missing ports, or -1, are all ports. Undefined
 * where the protocol is none, or the ports make no sense.
 */
export function protocolOf(name: string, from: number | undefined, to: number | undefined): Protocol | undefined {
  const written = name.trim().toLowerCase();
  if (written === '-1' || written === 'all') return { is: 'all' };
  const number = /^\d+$/.test(written) ? Number(written) : NUMBERS[written];
  if (number === undefined) return undefined;
  if (number !== 6 && number !== 17) return { is: 'other', number };
  const is = number === 6 ? 'tcp' : 'udp';
  const open = from === undefined || from === -1;
  const first = open ? ALL_PORTS.from : from;
  const last = to === undefined ? (open ? ALL_PORTS.to : first) : to === -1 ? ALL_PORTS.to : to;
  return first < 0 || last > ALL_PORTS.to || first > last ? undefined : { is, from: first, to: last };
}

export function coversAllPorts(protocol: Protocol): boolean {
  return protocol.is === 'all' || (protocol.is !== 'other' && protocol.from <= 1 && protocol.to >= ALL_PORTS.to);
}

/** The ports among `wanted` that the protocol lets through. */
export function portsWithin(protocol: Protocol, wanted: readonly number[]): readonly number[] {
  if (protocol.is === 'other') return [];
  if (protocol.is === 'all') return wanted;
  return wanted.filter((port) => protocol.from <= port && port <= protocol.to);
}

/** Management services by the port that they listen on. Those above RDP speak TCP only. */
export const SERVICES: Readonly<Record<number, string>> = {
  22: 'SSH',
  23: 'Telnet',
  2375: 'Docker',
  2376: 'Docker over TLS',
  3389: 'RDP',
  5985: 'WinRM',
  5986: 'WinRM over TLS',
};

/** "TCP 22", "TCP 8000-9000", "all traffic". */
export function describePorts(protocol: Protocol): string {
  if (protocol.is === 'all') return 'all traffic';
  if (protocol.is === 'other') return `protocol ${String(protocol.number)}`;
  const name = protocol.is.toUpperCase();
  if (protocol.from === protocol.to) return `${name} ${String(protocol.from)}`;
  return coversAllPorts(protocol) ? `all ${name} ports` : `${name} ${String(protocol.from)}-${String(protocol.to)}`;
}

/** What `aws ec2 authorize-security-group-ingress` lets in: the AWS CLI Command Reference, and the API's IpPermission. */
import { entry, items, type Datum } from '../../ec2/datum';
import type { Permission, Source } from '../../ec2/model';
import type { Range } from '../../text/range';
import type { Ec2Call } from './call';
import { readStructure } from './structure';
import type { Reader } from './written';

const NOTHING_SILENCED: ReadonlyMap<string, string> = new Map();

/** @param range the command's @param head its name */
export function permissionsOf(call: Ec2Call, reader: Reader, range: Range, head: Range): readonly Permission[] {
  const common = { range, head, when: [], silenced: NOTHING_SILENCED };
  const structured = (call.options.get('ip-permissions') ?? []).flatMap((argument): Datum[] => {
    const structure = readStructure(reader.textOf(argument));
    if (!structure) return [];
    const datum = reader.datum(argument, structure);
    return datum.kind === 'list' ? [...datum.items] : [datum];
  });
  const permissions = structured.map((permission): Permission => ({
    ...common,
    protocol: entry(permission, 'IpProtocol'),
    fromPort: entry(permission, 'FromPort'),
    toPort: entry(permission, 'ToPort'),
    sources: [
      ...blocks(permission, 'IpRanges', 'CidrIp', 'ipv4'),
      ...blocks(permission, 'Ipv6Ranges', 'CidrIpv6', 'ipv6'),
    ],
  }));
  const [protocol] = call.options.get('protocol') ?? [];
  const [cidr] = call.options.get('cidr') ?? [];
  if (!protocol || !cidr) return permissions;
  const datum = reader.scalar(cidr);
  return [
    ...permissions,
    {
      ...common,
      protocol: reader.scalar(protocol),
      ...ports(call, reader),
      sources: [{ is: 'ipv4', datum }],
    },
  ];
}

function blocks(permission: Datum, list: string, key: string, is: 'ipv4' | 'ipv6'): Source[] {
  return items(entry(permission, list)).items.flatMap(({ datum }) => {
    const block = entry(datum, key);
    return block ? [{ is, datum: block }] : [];
  });
}

/** `--port 22`, `20-25`, `-1` and `all`. */
function ports(call: Ec2Call, reader: Reader): Pick<Permission, 'fromPort' | 'toPort'> {
  const [port] = call.options.get('port') ?? [];
  if (!port) return { fromPort: undefined, toPort: undefined };
  const text = reader.textOf(port);
  if (text === 'all') {
    const all = reader.scalar(port, undefined, -1);
    return { fromPort: all, toPort: all };
  }
  const dash = text.indexOf('-', 1);
  return dash === -1
    ? { fromPort: reader.scalar(port), toPort: reader.scalar(port) }
    : {
        fromPort: reader.scalar(port, { start: 0, end: dash }),
        toPort: reader.scalar(port, { start: dash + 1, end: text.length }),
      };
}
